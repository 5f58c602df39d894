package dev.pgrunbook.cli;

import dev.pgrunbook.cli.terminal.Screen;
import dev.pgrunbook.journal.RunSummary;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.RunList;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists the runs of a store. */
final class RunsCommand extends StoreCommand {

  private static final int MOST_ON_A_TERMINAL = 30;

  @Override
  void declare(CommandSpec spec) {
    spec.addOption(RunFlags.flag("--all", "Other people's runs, too, and who carries them out."));
    spec.addOption(RunFlags.one("--limit", "N", "So many of the newest; 0 for all."));
    RunFlags.declareStore(spec);
  }

  @Override
  @Nullable String mistake(ParseResult arguments) {
    String limit = arguments.matchedOptionValue("--limit", "0");
    return limit.matches("[0-9]{1,6}") ? null : "--limit takes a number, not \"" + limit + "\"";
  }

  @Override
  ExitCode run(ParseResult arguments, RunSetup setup) {
    boolean all = arguments.hasMatchedOption("--all");
    List<RunSummary> runs = setup.store().list();
    List<RunSummary> wanted = all ? runs : runs.stream().filter(setup::isOwn).toList();
    int earlier = Math.max(0, wanted.size() - limit(arguments));
    List<RunSummary> shown = wanted.subList(earlier, wanted.size());
    Surroundings surroundings = setup.surroundings();
    try (Screen screen = Terminals.screen(surroundings)) {
      int columns = Terminals.isInteractive() ? screen.columns() : Integer.MAX_VALUE;
      Clock clock = Clock.system(ZoneId.systemDefault());
      new RunList(screen.theme(), screen.glyphs(), clock, all, columns)
          .lines(shown)
          .forEach(surroundings.out()::println);
    }
    if (earlier > 0) {
      String which = all ? "runs --all --limit 0" : "runs --limit 0";
      String count = Quantities.count(earlier, "earlier run");
      setup.messages().tell(count + ": `" + setup.command(which) + "`");
    }
    int others = runs.size() - wanted.size();
    if (others > 0) {
      String count = others == 1 ? "1 run of somebody else" : others + " runs of other people";
      setup.messages().tell(count + ": `" + setup.command("runs --all") + "`");
    }
    return ExitCode.DONE;
  }

  /** On a terminal the newest must not scroll away; a file or a pipe gets them all. */
  private static int limit(ParseResult arguments) {
    int usual = Terminals.isInteractive() ? MOST_ON_A_TERMINAL : 0;
    String given = arguments.matchedOptionValue("--limit", String.valueOf(usual));
    int limit = Integer.parseInt(given);
    return limit == 0 ? Integer.MAX_VALUE : limit;
  }
}
