package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepSkipped;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.model.Save.SaveRows;
import dev.pgrunbook.model.WaitStep;
import dev.pgrunbook.value.Value;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Records how steps of every kind begin and end. */
final class StepRecords {

  private final RunContext context;

  StepRecords(RunContext context) {
    this.context = context;
  }

  /**
   * Begins an execution of a step or item, unless one goes on.
   *
   * @param items how many a loop has; null of whatever is none
   */
  void start(StepRun run, @Nullable Integer items) {
    StepState state = run.state();
    if (state.status() != Status.RUNNING) {
      Instant until = run.step() instanceof WaitStep wait ? end(wait) : null;
      Instant kept = state.status() == Status.FAILED ? state.until() : null;
      context.record(
          new StepStarted(run.address(), run.isAnew(), items, kept == null ? until : kept));
    }
  }

  private Instant end(WaitStep wait) {
    return wait.end().after(context.now().atZone(context.clock().getZone())).toInstant();
  }

  void skip(StepRun run, String reason) {
    saveNull(run);
    context.record(new StepSkipped(run.address(), reason));
  }

  /** A skipped step saves null; a skipped item adds no rows to what the others save. */
  void saveNull(StepRun run) {
    if (run.step().save() instanceof SaveRows && !run.address().items().isEmpty()) {
      return;
    }
    if (run.step().save() != null) {
      for (String variable : run.step().save().variables()) {
        context.record(new VariableSet(run.address(), variable, Value.none()));
      }
    }
  }

  void finish(StepRun run) {
    context.record(new StepFinished(run.address()));
  }

  /**
   * A loop or group that was done, and in which something undone fails, is done no more: beginning
   * it again would forget what its other items have saved.
   */
  void fail(StepRun run, StepFailure failure) {
    if (run.state().status() != Status.RUNNING && !run.state().isSettled()) {
      start(run, null);
    }
    context.record(new StepFailed(run.address(), failure.sentence()));
  }

  void mark(StepRun run, Decision.Settle settle) {
    context.recordFinal(
        new OperatorMarked(run.address(), settle.mark(), settle.reason(), settle.by()));
  }
}
