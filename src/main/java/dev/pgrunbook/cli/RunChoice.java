package dev.pgrunbook.cli;

import dev.pgrunbook.journal.RunSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Which run a command is about. */
final class RunChoice {

  private RunChoice() {}

  static PositionalParamSpec position(String arity) {
    return PositionalParamSpec.builder()
        .index("0")
        .arity(arity)
        .required(arity.equals("1"))
        .paramLabel("RUN")
        .type(String.class)
        .description("A run's id" + (arity.startsWith("0") ? "; else the last unfinished." : "."))
        .build();
  }

  /** Returns the run that was named, or the last unfinished; null when there is none: told. */
  static @Nullable String choose(ParseResult arguments, RunSetup setup) {
    String named = arguments.matchedPositionalValue(0, (String) null);
    if (named != null) {
      return named;
    }
    List<RunSummary> runs = setup.store().list();
    for (int i = runs.size() - 1; i >= 0; i--) {
      if (runs.get(i).status().isUnfinished() && setup.isOwn(runs.get(i))) {
        return runs.get(i).run();
      }
    }
    setup
        .messages()
        .refuse(
            "there is no unfinished run of yours in " + setup.storeName(),
            "`" + setup.command("runs") + "` lists the runs");
    return null;
  }
}
