package dev.pgrunbook.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Prints the overview, or what one command takes. */
final class HelpCommand implements Command {
  @Override
  public CommandSpec spec() {
    return Usage.newSpec()
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .paramLabel("COMMAND")
                .type(String.class)
                .description("The command to explain; without it, all are listed.")
                .build());
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    String word = arguments.matchedPositionalValue(0, "");
    if (word.isEmpty()) {
      surroundings.out().print(Usage.overview());
      return ExitCode.DONE;
    }
    CommandName name = CommandName.of(word);
    if (name == null) {
      return new Program(surroundings).run(List.of(word));
    }
    surroundings.out().print(Usage.of(Usage.commandLine(name, name.create())));
    return ExitCode.DONE;
  }
}
