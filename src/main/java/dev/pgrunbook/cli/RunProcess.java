package dev.pgrunbook.cli;

import dev.pgrunbook.cli.RunLaunch.Audience;
import dev.pgrunbook.cli.terminal.Interrupts;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.engine.Cancellation;
import dev.pgrunbook.engine.Engine;
import dev.pgrunbook.engine.RunControl;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.engine.RunOptions;
import dev.pgrunbook.engine.RunResult;
import dev.pgrunbook.engine.TargetDatabase;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.Parallel;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.PlanOutline;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries a run out in this process, from an open journal to an exit code. */
final class RunProcess {

  /** Long enough for a server to restart or a fail-over to end. */
  private static final Duration RECONNECT_FOR = Duration.ofSeconds(60);

  /** Whoever looks at locks uses a session of its own, and an operator beside the steps another. */
  private static final int SESSIONS_BESIDE = 2;

  private final RunFlags flags;
  private final Operator operator;
  private final StoreNews store;
  private final @Nullable Duration waitForBackend;
  private final boolean terminateBackend;

  RunProcess(
      RunFlags flags,
      Operator operator,
      StoreNews store,
      @Nullable Duration waitForBackend,
      boolean terminateBackend) {
    this.flags = flags;
    this.operator = operator;
    this.store = store;
    this.waitForBackend = waitForBackend;
    this.terminateBackend = terminateBackend;
  }

  /** Runs what is left of a plan. */
  ExitCode run(
      Plan plan,
      Journal journal,
      Map<String, TargetDatabase> targets,
      Audience audience,
      List<RunListener> listeners,
      @Nullable PlanOutline followed) {
    Cancellation cancellation = new Cancellation();
    store.stopWhen(cancellation::isRequested);
    try (Interrupts interrupts = interrupts(audience.stepping(), cancellation)) {
      RunOptions options =
          new RunOptions(
              Clock.system(ZoneId.systemDefault()),
              listeners,
              cancellation,
              RECONNECT_FOR,
              waitForBackend,
              terminateBackend,
              followed,
              audience.stepping() == Stepping.ALWAYS);
      RunControl person = audience.person().control(plan, journal, targets, options);
      RunControl control =
          new BatchControl(
              flags, rejected(journal), operator.user(), audience.transcript(), person);
      return code(new Engine(targets, options).run(plan, journal, control));
    }
  }

  /** In a session Ctrl-C stops what is going on, and not the run. */
  private static Interrupts interrupts(Stepping stepping, Cancellation cancellation) {
    Runnable halt = () -> Main.halt(ExitCode.INTERRUPTED);
    return stepping == Stepping.ALWAYS
        ? Interrupts.handle(cancellation::interrupt, cancellation::request, halt)
        : Interrupts.handle(cancellation::request, halt);
  }

  /** Returns the databases of a run; whoever asks closes them. Nothing is connected yet. */
  static Map<String, TargetDatabase> open(Map<String, DatabaseSettings> settings, Runbook runbook) {
    Map<String, TargetDatabase> targets = new LinkedHashMap<>();
    // As many as can be in use at once, so that nothing ever waits for one that waits for it.
    int sessions = Parallel.sessions(runbook) + SESSIONS_BESIDE;
    settings.forEach(
        (role, database) ->
            targets.put(
                role,
                new TargetDatabase(
                    role,
                    database.name(),
                    database.isProtected(),
                    Database.open(database, sessions))));
    return targets;
  }

  /** Returns what somebody has said no to. */
  static Set<StepAddress> rejected(Journal journal) {
    Set<StepAddress> rejected = new HashSet<>();
    journal
        .state()
        .steps()
        .forEach(
            (address, step) -> {
              if (step.isRejected()) {
                rejected.add(address);
              }
            });
    return rejected;
  }

  static ExitCode code(RunResult result) {
    if (result instanceof RunResult.Ended ended) {
      return switch (ended.outcome()) {
        case DONE, ABORTED -> ExitCode.DONE;
        case FAILED -> ExitCode.FAILED;
      };
    }
    return switch (((RunResult.Paused) result).reason()) {
      case WAITING, REJECTED, OPERATOR -> ExitCode.PAUSED;
      case IN_DOUBT -> ExitCode.IN_DOUBT;
      case ENVIRONMENT -> ExitCode.ENVIRONMENT;
      case DIFFERS -> ExitCode.DIFFERS;
    };
  }
}
