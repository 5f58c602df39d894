package dev.pgrunbook.cli;

import dev.pgrunbook.cli.terminal.Detail;
import dev.pgrunbook.cli.terminal.JsonLines;
import dev.pgrunbook.cli.terminal.RunDisplay;
import dev.pgrunbook.cli.terminal.Screen;
import dev.pgrunbook.cli.terminal.TerminalControl;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.engine.RunControl;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.plan.Plan;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries a prepared run out under the eyes of whoever called the program. */
final class RunLaunch {

  private final RunSetup setup;
  private final RunFlags flags;
  private final @Nullable Duration waitForBackend;
  private final boolean terminateBackend;

  RunLaunch(
      RunSetup setup, RunFlags flags, @Nullable Duration waitForBackend, boolean terminateBackend) {
    this.setup = setup;
    this.flags = flags;
    this.waitForBackend = waitForBackend;
    this.terminateBackend = terminateBackend;
  }

  /**
   * Appends the event that begins or resumes a run, and runs what is left.
   *
   * @param run the run's id
   */
  ExitCode launch(
      String run,
      Plan plan,
      Journal journal,
      Map<String, DatabaseSettings> targets,
      RunEvent opening) {
    PrintStream out = setup.surroundings().out();
    if (flags.jsonLines()) {
      RunListener lines = new JsonLines(out, run);
      return run(plan, journal, targets, opening, lines, BatchControl.unattended());
    }
    boolean interactive = Terminals.isInteractive();
    try (Screen screen = Terminals.screen(setup.surroundings());
        RunDisplay display =
            RunDisplay.of(
                screen, plan, Clock.system(ZoneId.systemDefault()), detail(), storeOption())) {
      RunControl person =
          interactive ? person(screen, targets.values()) : BatchControl.unattended();
      display.begin(journal.state());
      return run(plan, journal, targets, opening, display, person);
    }
  }

  private RunControl person(Screen screen, Iterable<DatabaseSettings> targets) {
    Set<String> guarded = new HashSet<>();
    targets.forEach(
        target -> {
          if (target.isProtected()) {
            guarded.add(target.name());
          }
        });
    return new TerminalControl(
        screen, setup.operator().user(), guarded, setup.surroundings().environment());
  }

  private Detail detail() {
    if (flags.quiet()) {
      return Detail.QUIET;
    }
    return flags.verbose() ? Detail.VERBOSE : Detail.NORMAL;
  }

  private String storeOption() {
    return flags.store() == null ? "" : "--store " + flags.store();
  }

  private ExitCode run(
      Plan plan,
      Journal journal,
      Map<String, DatabaseSettings> targets,
      RunEvent opening,
      RunListener listener,
      RunControl person) {
    JournalRecord first = journal.append(opening);
    journal.flush();
    listener.recorded(first);
    RunProcess process = new RunProcess(flags, setup.operator(), waitForBackend, terminateBackend);
    return process.run(plan, journal, targets, List.of(listener), person);
  }
}
