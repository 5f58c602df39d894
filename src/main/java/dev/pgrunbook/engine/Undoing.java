package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.StepHeader;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.plan.UnfitValue;
import dev.pgrunbook.sql.SqlTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reverts what a step or item has done, where it says how.
 *
 * <p>That is an execution of its own, under an address of its own, so that each statement has its
 * effect exactly once, whatever dies; then the step is not done.
 */
final class Undoing {

  private final RunContext context;
  private final InDoubtResolver inDoubt;
  private final SqlExecutor sql;

  Undoing(RunContext context, InDoubtResolver inDoubt, SqlExecutor sql) {
    this.context = context;
    this.inDoubt = inDoubt;
    this.sql = sql;
  }

  /** Returns the statements that would revert a step or item; null when it does not say any. */
  static @Nullable List<ExpandedStatement> statements(RunContext context, StepAddress address) {
    StepRun done = new StepFinder(context).find(address);
    SqlTemplate undo = done == null ? null : done.step().undo();
    return done == null || undo == null ? null : context.expander().expand(undo, done.scope());
  }

  /** Goes on with what was cut short. */
  void finishCutShort() {
    for (StepAddress address : new ArrayList<>(context.state().steps().keySet())) {
      boolean cutShort = context.state().step(address).status() == Status.RUNNING;
      if (address.isUndo() && cutShort) {
        undo(address.undone(), context.state().operator());
      }
    }
  }

  /** Reverts a step or item; a failure is the undoing's, and leaves the step done. */
  void undo(StepAddress address, String by) {
    StepRun done = new StepFinder(context).find(address);
    if (done == null || done.step().undo() == null) {
      throw new IllegalStateException(address + " cannot be undone");
    }
    SqlStep step = undoing(done.step(), done.step().undo());
    StepRun run = new StepRun(context, step, address.undo(), done.scope(), 0);
    try {
      if (run.state().status() == Status.RUNNING) {
        inDoubt.settle(run);
      } else {
        context.record(new StepStarted(run.address(), false, null, null));
      }
      sql.execute(step, run);
    } catch (StepFailure failure) {
      context.recordFinal(new StepFailed(run.address(), failure.sentence()));
      return;
    } catch (UnfitValue unfit) {
      context.recordFinal(new StepFailed(run.address(), unfit.sentence()));
      return;
    }
    // In this order: dying in between, the undoing is finished again, which changes nothing more.
    context.record(new OperatorMarked(address, Mark.AGAIN, "undone", by));
    context.recordFinal(new StepFinished(run.address()));
  }

  /** Returns what reverts a step, as a step: with its limits, without its conditions. */
  private static SqlStep undoing(Step step, SqlTemplate undo) {
    StepHeader header = step.header();
    String target = step instanceof GenerateStep other ? other.executionTarget() : step.target();
    TransactionMode transaction =
        step instanceof GenerateStep generate
            ? generate.transaction()
            : ((SqlStep) step).transaction();
    String id = StepAddress.of(Objects.requireNonNull(step.id())).undo().step();
    StepHeader own =
        new StepHeader(
            id,
            header.documentation(),
            target,
            null,
            null,
            null,
            null,
            null,
            header.timeout(),
            header.lockTimeout(),
            header.retry(),
            List.of());
    return new SqlStep(own, undo, transaction, null, null, null);
  }
}
