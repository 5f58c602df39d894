package dev.pgrunbook.cli;

import dev.pgrunbook.cli.RunbookCatalog.Found;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists the runbooks that can be named. */
final class ListCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create();
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    RunbookCatalog catalog = new RunbookCatalog(surroundings.directory());
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
              ? "(does not load: `pgrunbook lint runbooks` says why)"
              : found.loaded().runbook().version() + "  " + found.loaded().runbook().title();
      surroundings.out().println(name + " ".repeat(width - name.length() + 2) + title);
    }
    return ExitCode.DONE;
  }
}
