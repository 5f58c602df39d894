package dev.pgrunbook.cli;

import dev.pgrunbook.cli.RunbookCatalog.Found;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists the runbooks that can be named. */
final class ListCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Usage.newSpec();
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    Messages messages = new Messages(surroundings);
    Validated<Workspace> workspace =
        Workspace.find(surroundings.directory(), surroundings.environment());
    messages.print(workspace.diagnostics());
    if (!(workspace instanceof Validated.Valid<Workspace> valid)) {
      return ExitCode.INVALID;
    }
    RunbookCatalog catalog = RunbookCatalog.of(surroundings.directory(), valid.value());
    List<String> names = new ArrayList<>(catalog.localNames());
    for (String builtIn : catalog.builtInNames()) {
      if (!names.contains(builtIn)) {
        names.add(builtIn);
      }
    }
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    for (String name : names) {
      Found found = catalog.find(name).orNull();
      String title =
          found == null
              ? "does not load; `pgrunbook lint " + name + "` says why"
              : found.loaded().runbook().version() + "  " + found.loaded().runbook().title();
      surroundings.out().println(name + " ".repeat(width - name.length() + 2) + title);
    }
    return ExitCode.DONE;
  }
}
