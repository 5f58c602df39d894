package dev.pgrunbook.engine;

import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.Plan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a run from wherever its journal says it stands.
 *
 * <p>Whoever calls it has begun or resumed the run in the journal. The journal is written before
 * anybody is told, and flushed before anything that it must outlive.
 */
public final class Engine {

  private final Map<String, TargetDatabase> targets;
  private final RunOptions options;

  /** Takes the database of each role that the runbook names. */
  public Engine(Map<String, TargetDatabase> targets, RunOptions options) {
    this.targets = Map.copyOf(targets);
    this.options = options;
  }

  /**
   * Runs what is left of a plan.
   *
   * @throws dev.pgrunbook.journal.JournalFailure when the store fails; the run stands where its
   *     journal ends
   */
  public RunResult run(Plan plan, Journal journal, RunControl control) {
    RunContext context = new RunContext(plan, journal, control, targets, options);
    try (StatementWatch locks = new StatementWatch()) {
      Outcome outcome = new Execution(context, new StepRunner(context, locks)).run();
      context.recordFinal(new RunFinished(outcome));
      return new RunResult.Ended(outcome);
    } catch (RunPause pause) {
      return pause(context, pause.reason(), pause.getMessage());
    } catch (DatabaseFailure failure) {
      // Whatever no step answers for: a session that cannot be set up, a question of our own.
      return pause(context, PauseReason.ENVIRONMENT, Failures.sentence(failure));
    }
  }

  private static RunResult pause(RunContext context, PauseReason reason, @Nullable String why) {
    context.recordFinal(new RunPaused(reason, why));
    return new RunResult.Paused(reason, why);
  }

  /** The steps, then what follows a failure, then what follows every end. */
  private record Execution(RunContext context, StepRunner steps) {

    Outcome run() {
      new AskedSecrets(context).askAgain();
      steps.finishUndoing();
      Runbook runbook = context.runbook();
      RunState state = context.state();
      long lastEnd = state.lastFailureSeq();
      boolean aborting = state.isAborting();
      boolean failed = !aborting && (hasFailed() || fails(runbook.steps(), 0));
      if (failed) {
        fails(runbook.onFailure(), lastEnd);
      }
      boolean untidy = fails(runbook.finallySteps(), lastEnd);
      if (failed || untidy) {
        return Outcome.FAILED;
      }
      return aborting ? Outcome.ABORTED : Outcome.DONE;
    }

    private boolean fails(List<Step> block, long since) {
      Boolean failed = null;
      while (failed == null) {
        // What is settled is not done again, as in a run that is resumed.
        failed = failsUnlessRewound(block, since);
      }
      return failed;
    }

    private @Nullable Boolean failsUnlessRewound(List<Step> block, long since) {
      try {
        steps.runAll(block, context.scope(), List.of(), since);
        return false;
      } catch (Rewind rewind) {
        return null;
      } catch (StepFailure failure) {
        return true;
      }
    }

    /** A process that died after a step failed left the run to be ended, not to be retried. */
    private boolean hasFailed() {
      for (Step step : context.runbook().steps()) {
        StepState state = context.state().step(StepAddress.of(step.id()));
        if (state.status() == Status.FAILED
            && !state.isReopened()
            && state.endedSeq() > context.state().lastFailureSeq()) {
          return true;
        }
      }
      return false;
    }
  }
}
