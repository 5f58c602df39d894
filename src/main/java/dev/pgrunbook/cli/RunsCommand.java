package dev.pgrunbook.cli;

import dev.pgrunbook.journal.RunSummary;
import dev.pgrunbook.render.RunList;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists the runs of a store. */
final class RunsCommand extends StoreCommand {

  @Override
  void declare(CommandSpec spec) {
    spec.addOption(RunFlags.flag("--all", "Other people's runs, too, and who carries them out."));
    RunFlags.declareStore(spec);
  }

  @Override
  ExitCode run(ParseResult arguments, RunSetup setup) {
    boolean all = arguments.hasMatchedOption("--all");
    List<RunSummary> runs = setup.store().list();
    List<RunSummary> shown = all ? runs : runs.stream().filter(setup::isOwn).toList();
    Surroundings surroundings = setup.surroundings();
    new RunList(Terminals.theme(surroundings), ZoneId.systemDefault(), all)
        .lines(shown)
        .forEach(surroundings.out()::println);
    int others = runs.size() - shown.size();
    if (others > 0) {
      String count = others == 1 ? "1 run of somebody else" : others + " runs of other people";
      setup.messages().tell(count + ": `" + setup.command("runs --all") + "`");
    }
    return ExitCode.DONE;
  }
}
