package dev.pgrunbook.cli;

import dev.pgrunbook.journal.RunSummary;
import dev.pgrunbook.render.RunList;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists the runs of a store. */
final class RunsCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Usage.newSpec();
    RunFlags.declareStore(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    Messages messages = new Messages(surroundings);
    RunSetup setup =
        RunSetup.prepare(
            arguments.matchedOptionValue("--store", (String) null), surroundings, messages);
    if (setup == null) {
      return ExitCode.INVALID;
    }
    return StoreFailures.told(
        messages,
        () -> {
          List<RunSummary> runs = setup.store().list();
          new RunList(Terminals.theme(surroundings), ZoneId.systemDefault())
              .lines(runs)
              .forEach(surroundings.out()::println);
          return ExitCode.DONE;
        });
  }
}
