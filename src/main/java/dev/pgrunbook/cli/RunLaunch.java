package dev.pgrunbook.cli;

import dev.pgrunbook.cli.terminal.Detail;
import dev.pgrunbook.cli.terminal.Elsewhere;
import dev.pgrunbook.cli.terminal.JsonLines;
import dev.pgrunbook.cli.terminal.ReviewTranscript;
import dev.pgrunbook.cli.terminal.RunDisplay;
import dev.pgrunbook.cli.terminal.RunName;
import dev.pgrunbook.cli.terminal.Screen;
import dev.pgrunbook.cli.terminal.TerminalControl;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunControl;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.engine.TargetDatabase;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.JournalFailure;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.plan.Plan;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries a prepared run out under the eyes of whoever called the program. */
final class RunLaunch {

  private final RunSetup setup;
  private final RunFlags flags;
  private final @Nullable Duration waitForBackend;
  private final boolean terminateBackend;
  private final Stepping stepping;
  private @Nullable PlanFollowing following;

  RunLaunch(
      RunSetup setup,
      RunFlags flags,
      @Nullable Duration waitForBackend,
      boolean terminateBackend,
      Stepping stepping) {
    this.setup = setup;
    this.stepping = stepping;
    this.flags = flags;
    this.waitForBackend = waitForBackend;
    this.terminateBackend = terminateBackend;
  }

  /** Holds the run to a plan, or to none. */
  RunLaunch following(@Nullable PlanFollowing plan) {
    following = plan;
    return this;
  }

  /**
   * Appends the event that begins or resumes a run, and runs what is left.
   *
   * @param run the run's id
   * @param opening makes that event of the version of each role's server
   */
  ExitCode launch(
      String run,
      Plan plan,
      Journal journal,
      Map<String, DatabaseSettings> settings,
      Function<Map<String, String>, RunEvent> opening) {
    Map<String, TargetDatabase> targets = RunProcess.open(settings, plan.runbook());
    try {
      RunEvent event = opening.apply(ServerVersions.of(targets.values()));
      return launch(run, plan, journal, new Targets(settings, targets), event);
    } finally {
      targets.values().forEach(target -> target.database().close());
    }
  }

  /** The databases of a run, each by its role. */
  private record Targets(
      Map<String, DatabaseSettings> settings, Map<String, TargetDatabase> databases) {}

  private ExitCode launch(
      String run, Plan plan, Journal journal, Targets targets, RunEvent opening) {
    // Recorded before anything is shown: what the display begins with is told by this event.
    JournalRecord first = journal.append(opening);
    journal.flush();
    PrintStream out = setup.surroundings().out();
    if (flags.jsonLines()) {
      RunControl nobody = BatchControl.unattended(review -> {});
      Audience machine =
          new Audience(
              new JsonLines(out, run, Clock.systemUTC()),
              (planned, events, databases, options) -> nobody,
              review -> {},
              Stepping.NEVER);
      return runForMachines(run, plan, journal, targets, first, machine);
    }
    Set<String> guarded = guarded(targets.settings().values());
    Clock clock = Clock.system(ZoneId.systemDefault());
    try (Screen screen = Terminals.screen(setup.surroundings());
        RunDisplay display = RunDisplay.of(screen, plan, clock, detail(), setup.storeOption())) {
      Consumer<Request.Review> transcript = new ReviewTranscript(screen, guarded);
      setup.news().tellTo(display::notice);
      display.begin(journal.state());
      Attendant attendant = attendant(screen, guarded, transcript, run, journal);
      Audience audience = new Audience(display, attendant, transcript, stepping);
      try {
        return run(plan, journal, targets, first, audience);
      } catch (JournalFailure failure) {
        display.storeFailed(run, StoreFailures.sentence(failure));
        return ExitCode.ENVIRONMENT;
      }
    }
  }

  private ExitCode runForMachines(
      String run,
      Plan plan,
      Journal journal,
      Targets targets,
      JournalRecord first,
      Audience machine) {
    try {
      return run(plan, journal, targets, first, machine);
    } catch (JournalFailure failure) {
      String hint = "`" + setup.command("resume " + run) + "` goes on where its journal ends";
      setup.messages().refuse(StoreFailures.sentence(failure), hint);
      return ExitCode.ENVIRONMENT;
    }
  }

  private Attendant attendant(
      Screen screen,
      Set<String> guarded,
      Consumer<Request.Review> transcript,
      String run,
      Journal journal) {
    if (stepping != Stepping.NEVER) {
      Elsewhere elsewhere =
          setup.isShared() ? new PostedAnswers(setup.store(), run, journal) : null;
      return new SessionAttendant(setup, screen, guarded, stepping == Stepping.ALWAYS, elsewhere);
    }
    RunControl person =
        Terminals.isInteractive()
            ? person(screen, guarded, run, journal)
            : BatchControl.unattended(transcript);
    return (plan, events, databases, options) -> person;
  }

  /**
   * Who follows a run.
   *
   * @param listener is told what happens
   * @param person decides what the options do not
   * @param transcript shows statements that nobody is asked about
   * @param stepping when the person has the run in hand
   */
  record Audience(
      RunListener listener,
      Attendant person,
      Consumer<Request.Review> transcript,
      Stepping stepping) {

    private Audience with(Attendant other) {
      return new Audience(listener, other, transcript, stepping);
    }
  }

  private static Set<String> guarded(Iterable<DatabaseSettings> targets) {
    Set<String> guarded = new HashSet<>();
    targets.forEach(
        target -> {
          if (target.isProtected()) {
            guarded.add(target.name());
          }
        });
    return guarded;
  }

  private RunControl person(Screen screen, Set<String> guarded, String run, Journal journal) {
    return new TerminalControl(
        screen,
        setup.operator().user(),
        guarded,
        setup.surroundings().environment(),
        setup.isShared() ? new PostedAnswers(setup.store(), run, journal) : null,
        new RunName(run, setup.storeOption()));
  }

  private Detail detail() {
    if (flags.quiet()) {
      return Detail.QUIET;
    }
    return flags.verbose() ? Detail.VERBOSE : Detail.NORMAL;
  }

  private ExitCode run(
      Plan plan, Journal journal, Targets targets, JournalRecord first, Audience audience) {
    try (Followers followers = Followers.of(setup, flags, plan.runbook(), first.run())) {
      List<RunListener> listeners = new ArrayList<>(List.of(audience.listener()));
      listeners.addAll(followers.listeners());
      listeners.forEach(listener -> listener.recorded(first));
      return run(plan, journal, targets, listeners, audience);
    }
  }

  private ExitCode run(
      Plan plan, Journal journal, Targets targets, List<RunListener> listeners, Audience audience) {
    RunProcess process =
        new RunProcess(flags, setup.operator(), setup.news(), waitForBackend, terminateBackend);
    if (following == null) {
      return process.run(plan, journal, targets.databases(), audience, listeners, null);
    }
    PlanFollowing followed = following;
    Attendant approving =
        (planned, events, databases, options) ->
            followed.control(
                targets.settings(),
                RunProcess.rejected(events),
                audience.transcript(),
                audience.person().control(planned, events, databases, options));
    return process.run(
        plan,
        journal,
        targets.databases(),
        audience.with(approving),
        listeners,
        followed.outline());
  }
}
