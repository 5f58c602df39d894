package dev.pgrunbook.journal;

import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.OperatorNote;
import dev.pgrunbook.journal.RunEvent.OperatorSql;
import dev.pgrunbook.journal.RunEvent.ProbeFinished;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.RowsSaved;
import dev.pgrunbook.journal.RunEvent.StatementCommitted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementFinished;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StatementResult;
import dev.pgrunbook.journal.RunEvent.StatementStarted;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepSkipped;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.journal.RunState.Commit;
import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How each event of a step changes the state. */
final class EventFold {

  private final RunState run;

  EventFold(RunState run) {
    this.run = run;
  }

  void apply(JournalRecord entry, StepEvent event) {
    if (isAside(event)) {
      return;
    }
    StepState step = run.mutableStep(event.address());
    synchronized (step) {
      apply(entry, step, event);
    }
  }

  private void apply(JournalRecord entry, StepState step, StepEvent event) {
    if (event instanceof StepStarted started) {
      start(entry, step, started);
    } else if (event instanceof StepSkipped skipped) {
      skip(entry, step, skipped);
    } else if (event instanceof StepFinished || event instanceof StepFailed) {
      end(entry, step, event);
    } else if (event instanceof StatementStarted started) {
      // Announced again after its transaction has rolled back, it hangs in the air alone.
      step.started = started;
      step.prepared = null;
    } else if (event instanceof StatementPrepared prepared) {
      step.prepared = prepared;
    } else if (event instanceof StatementCommitted committed) {
      commit(entry, step, committed);
    } else if (event instanceof StatementFinished finished) {
      if (step.started != null) {
        run.actWithoutId(entry.seq());
      }
      complete(step, finished.statements(), finished.outcomes(), finished.saved());
    } else if (event instanceof StatementFailed failed) {
      fail(entry, step, failed);
    } else {
      applyAnswer(entry, step, event);
    }
  }

  /** What an operator does beside the steps changes none of them. */
  private boolean isAside(StepEvent event) {
    if (event instanceof VariableSet set && set.by() != null) {
      run.setByHand(set.variable(), set.value());
      return true;
    }
    return event instanceof OperatorSql || event instanceof OperatorNote;
  }

  private void applyAnswer(JournalRecord entry, StepState step, StepEvent event) {
    if (event instanceof RowsSaved saved) {
      run.save(saved.variable(), saved.address(), saved.value());
    } else if (event instanceof VariableSet set) {
      run.save(set.variable(), set.address(), set.value());
    } else if (event instanceof ReviewRequested requested) {
      step.reviewRequested = requested;
      step.reviewAnswered = null;
    } else if (event instanceof ReviewAnswered answered) {
      step.reviewAnswered = answered;
      step.reviewRejected = answered.answer() == RunEvent.Answer.REJECTED;
    } else if (event instanceof GateRequested requested) {
      step.gateRequested = requested;
    } else if (event instanceof GateAnswered answered) {
      step.gateAnswers.add(answered);
      run.answerGate(answered);
    } else if (event instanceof ProbeFinished probe) {
      step.probe = probe;
      step.timeoutSeq = probe.outcome().equals("timeout") ? entry.seq() : 0;
    } else if (event instanceof OperatorMarked mark) {
      run.actWithoutId(entry.seq());
      mark(entry, step, mark);
    } else {
      throw new AssertionError(event);
    }
  }

  /** A step that was done, or begins anew, forgets; one cut short or failed keeps what it did. */
  private void start(JournalRecord entry, StepState before, StepStarted event) {
    StepState step = before.isSettled() || event.anew() ? run.resetStep(event.address()) : before;
    step.status = Status.RUNNING;
    step.startedSeq = entry.seq();
    step.startedAt = entry.at();
    step.endedAt = null;
    step.message = null;
    step.until = event.until();
    step.probe = null;
    step.timeoutSeq = 0;
    step.reopened = false;
  }

  /** Statement 0, a query such as {@code verify}, tells nothing of what hangs in the air. */
  private static void fail(JournalRecord entry, StepState step, StatementFailed failed) {
    step.lastFailure = failed;
    if (failed.statement() > 0) {
      step.prepared = null;
      step.started = null;
    }
    boolean canceled = "query_canceled".equals(failed.error().condition());
    step.timeoutSeq = canceled && !failed.willRetry() ? entry.seq() : 0;
  }

  /** A skip is an execution of its own, unless it ends one that has begun. */
  private void skip(JournalRecord entry, StepState before, StepSkipped event) {
    StepState step = before.isSettled() ? run.resetStep(event.address()) : before;
    if (step.status != Status.RUNNING) {
      step.startedSeq = entry.seq();
      step.startedAt = entry.at();
    }
    step.endedAt = entry.at();
    step.endedSeq = entry.seq();
    step.status = Status.SKIPPED;
    step.message = event.reason();
  }

  private static void end(JournalRecord entry, StepState step, StepEvent event) {
    step.endedAt = entry.at();
    step.endedSeq = entry.seq();
    if (event instanceof StepFailed failed) {
      step.status = Status.FAILED;
      step.message = failed.message();
    } else {
      step.status = Status.DONE;
    }
  }

  /** What was announced before it was sent within a transaction hangs no more in the air. */
  private void commit(JournalRecord entry, StepState step, StatementCommitted committed) {
    StatementPrepared prepared = step.prepared;
    if (prepared != null) {
      run.commit(new Commit(prepared.transaction(), entry.seq()));
    }
    List<StatementResult> outcomes = prepared == null ? List.of() : prepared.outcomes();
    complete(step, committed.statements(), outcomes, prepared == null ? null : prepared.saved());
  }

  private static void complete(
      StepState step,
      List<Integer> statements,
      List<StatementResult> outcomes,
      @Nullable Value saved) {
    statements.forEach(step.completed::set);
    for (StatementResult outcome : outcomes) {
      Long rows = outcome.rows();
      step.committedRows += rows == null ? 0 : rows;
    }
    step.saved = saved == null ? step.saved : saved;
    step.prepared = null;
    step.started = null;
  }

  /**
   * Done completes what hangs in the air, or else the step; again forgets what hangs in the air,
   * and that the step has failed; of a settled step, all of it.
   */
  private void mark(JournalRecord entry, StepState before, OperatorMarked mark) {
    boolean undone = mark.mark() == Mark.AGAIN && before.isSettled();
    StepState step = undone ? run.resetStep(mark.address()) : before;
    StatementPrepared prepared = step.prepared;
    StatementStarted started = step.started;
    step.mark = mark;
    if (mark.mark() == Mark.AGAIN) {
      step.prepared = null;
      step.started = null;
      step.reopened = true;
    } else if (prepared != null) {
      complete(step, prepared.statements(), prepared.outcomes(), prepared.saved());
    } else if (started != null) {
      complete(step, List.of(started.statement()), List.of(), null);
    } else if (!step.isSettled()) {
      if (step.status == Status.PENDING) {
        step.startedSeq = entry.seq();
        step.startedAt = entry.at();
      }
      step.status = Status.DONE;
      step.endedAt = entry.at();
      step.endedSeq = entry.seq();
      step.message = null;
    }
  }
}
