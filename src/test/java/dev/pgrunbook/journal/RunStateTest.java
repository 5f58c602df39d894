package dev.pgrunbook.journal;

import static dev.pgrunbook.journal.Stories.committed;
import static dev.pgrunbook.journal.Stories.failed;
import static dev.pgrunbook.journal.Stories.fold;
import static dev.pgrunbook.journal.Stories.prepared;
import static dev.pgrunbook.journal.Stories.runResumed;
import static dev.pgrunbook.journal.Stories.statementStarted;
import static dev.pgrunbook.journal.Stories.stepStarted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.ProbeFinished;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.RowsSaved;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.StatementFinished;
import dev.pgrunbook.journal.RunEvent.StatementResult;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepSkipped;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunStateTest {

  private static final StepAddress STEP = StepAddress.of("step");
  private static final Value ROWS = rows(1);

  private static Value rows(long... numbers) {
    List<Value> rows = new java.util.ArrayList<>();
    for (long number : numbers) {
      rows.add(new RowValue(Map.of("n", Value.integer(number))));
    }
    return new ListValue(rows);
  }

  private static RowsSaved saved(StepAddress address, Value value) {
    return new RowsSaved(address, "v", "d", 1, value);
  }

  private static StepStarted anew(StepAddress address) {
    return new StepStarted(address, true, null, null);
  }

  @Test
  void aRunBegins() {
    RunState state = fold();
    assertThat(state.run()).isEqualTo("r");
    assertThat(state.digest()).isEqualTo("d1");
    assertThat(state.startedAt()).isEqualTo(Stories.NOW);
    assertThat(state.sources()).containsOnlyKeys("runbook.yaml");
    assertThat(state.outcome()).isNull();
    assertThat(state.paused()).isNull();
  }

  @Test
  void recordsComeInOrder() {
    RunState state = fold();
    assertThatThrownBy(() -> state.apply(new JournalRecord(3, Stories.NOW, "r", stepStarted(STEP))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPauseEndsWithTheResumption() {
    RunPaused pause = new RunPaused(PauseReason.WAITING, "w");
    assertThat(fold(pause).paused()).isEqualTo(pause);
    RunState state = fold(pause, runResumed(false));
    assertThat(state.paused()).isNull();
    assertThat(state.digest()).isEqualTo("d2");
  }

  @Test
  void anAnswerDoesNotEndThePause() {
    RunState state =
        fold(
            new RunPaused(PauseReason.WAITING, "w"),
            new GateAnswered(STEP, GateKind.GATE, "b", Answer.APPROVED, null, "d"));
    assertThat(state.paused()).isNotNull();
  }

  @Test
  void aFailureIsRememberedWhenTheRunGoesOn() {
    RunState state = fold(new RunFinished(Outcome.FAILED));
    assertThat(state.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(state.lastFailureSeq()).isEqualTo(2);
    RunState resumed = fold(new RunFinished(Outcome.FAILED), runResumed(false));
    assertThat(resumed.outcome()).isNull();
    assertThat(resumed.lastFailureSeq()).isEqualTo(2);
    assertThat(fold(new RunFinished(Outcome.DONE)).lastFailureSeq()).isZero();
  }

  @Test
  void givingUpIsForGood() {
    assertThat(fold(runResumed(false)).isAborting()).isFalse();
    assertThat(fold(runResumed(true)).isAborting()).isTrue();
    assertThat(fold(runResumed(true), runResumed(false)).isAborting()).isTrue();
  }

  @Test
  void aStepBeginsAndEnds() {
    StepState running = fold(stepStarted(STEP)).step(STEP);
    assertThat(running.status()).isEqualTo(Status.RUNNING);
    assertThat(running.startedSeq()).isEqualTo(2);
    assertThat(running.elapsed()).isNull();
    StepState done = fold(stepStarted(STEP), new StepFinished(STEP)).step(STEP);
    assertThat(done.isSettled()).isTrue();
    assertThat(done.elapsed()).isZero();
    StepState failed = fold(stepStarted(STEP), new StepFailed(STEP, "why")).step(STEP);
    assertThat(failed.status()).isEqualTo(Status.FAILED);
    assertThat(failed.message()).isEqualTo("why");
    assertThat(fold().step(STEP).status()).isEqualTo(Status.PENDING);
  }

  @Test
  void aTransactionCountsOnceItIsKnownToBeCommitted() {
    StepState hanging = fold(stepStarted(STEP), prepared(STEP, ROWS, 1, 2)).step(STEP);
    assertThat(hanging.isCompleted(1)).isFalse();
    assertThat(hanging.prepared()).isNotNull();
    assertThat(hanging.saved()).isNull();
    assertThat(hanging.hasProgress()).isTrue();
    StepState done =
        fold(stepStarted(STEP), prepared(STEP, ROWS, 1, 2), committed(STEP, 1, 2)).step(STEP);
    assertThat(done.isCompleted(1)).isTrue();
    assertThat(done.isCompleted(2)).isTrue();
    assertThat(done.completedStatements()).isEqualTo(2);
    assertThat(done.committedRows()).isEqualTo(20);
    assertThat(done.prepared()).isNull();
    assertThat(done.saved()).isEqualTo(ROWS);
  }

  @Test
  void anAnnouncedStatementWithinACommittedTransactionHangsNoMore() {
    StepState step =
        fold(
                stepStarted(STEP),
                statementStarted(STEP, 1),
                prepared(STEP, null, 1),
                committed(STEP, 1))
            .step(STEP);
    assertThat(step.started()).isNull();
    assertThat(step.isCompleted(1)).isTrue();
  }

  @Test
  void aStatementAloneHangsUntilItHasFinished() {
    assertThat(fold(stepStarted(STEP), statementStarted(STEP, 1)).step(STEP).started()).isNotNull();
    StatementFinished finished =
        new StatementFinished(STEP, List.of(1), List.of(new StatementResult("VACUUM", null)), ROWS);
    StepState step = fold(stepStarted(STEP), statementStarted(STEP, 1), finished).step(STEP);
    assertThat(step.started()).isNull();
    assertThat(step.isCompleted(1)).isTrue();
    assertThat(step.committedRows()).isZero();
    assertThat(step.saved()).isEqualTo(ROWS);
  }

  @Test
  void aRefusalLeavesNothingInTheAir() {
    StepState step =
        fold(stepStarted(STEP), prepared(STEP, null, 1), failed(STEP, "lock_not_available", true))
            .step(STEP);
    assertThat(step.prepared()).isNull();
    assertThat(step.hasProgress()).isFalse();
    assertThat(step.lastFailure()).isNotNull();
    assertThat(step.timeoutSeq()).isZero();
  }

  @Test
  void aCancelledStatementIsATimeoutUnlessItIsTriedAgain() {
    assertThat(
            fold(stepStarted(STEP), failed(STEP, "query_canceled", false)).step(STEP).timeoutSeq())
        .isEqualTo(3);
    assertThat(
            fold(stepStarted(STEP), failed(STEP, "query_canceled", true)).step(STEP).timeoutSeq())
        .isZero();
  }

  @Test
  void aProbeThatTimedOutSaysWhen() {
    ProbeFinished timeout = new ProbeFinished(STEP, "timeout", 3, Map.of());
    assertThat(fold(stepStarted(STEP), timeout).step(STEP).timeoutSeq()).isEqualTo(3);
    ProbeFinished reached = new ProbeFinished(STEP, "reached", 3, Map.of());
    StepState step = fold(stepStarted(STEP), timeout, reached).step(STEP);
    assertThat(step.timeoutSeq()).isZero();
    assertThat(step.probe()).isEqualTo(reached);
  }

  @Test
  void aStepThatFailedGoesOnWithWhatItCommitted() {
    StepState step =
        fold(
                stepStarted(STEP),
                prepared(STEP, ROWS, 1),
                committed(STEP, 1),
                failed(STEP, "query_canceled", false),
                new StepFailed(STEP, "why"),
                new RunFinished(Outcome.FAILED),
                runResumed(false),
                stepStarted(STEP))
            .step(STEP);
    assertThat(step.status()).isEqualTo(Status.RUNNING);
    assertThat(step.isCompleted(1)).isTrue();
    assertThat(step.committedRows()).isEqualTo(10);
    assertThat(step.saved()).isEqualTo(ROWS);
    assertThat(step.startedSeq()).isEqualTo(9);
    assertThat(step.timeoutSeq()).isZero();
    assertThat(step.message()).isNull();
    assertThat(step.elapsed()).isNull();
  }

  @Test
  void aStepThatBeginsAnewForgets() {
    RunState state =
        fold(
            stepStarted(STEP),
            prepared(STEP, ROWS, 1),
            committed(STEP, 1),
            saved(STEP, ROWS),
            new StepFailed(STEP, "why"),
            anew(STEP));
    assertThat(state.step(STEP).hasProgress()).isFalse();
    assertThat(state.step(STEP).saved()).isNull();
    assertThat(state.hasVariable("v")).isFalse();
    assertThat(state.variables()).isEmpty();
  }

  @Test
  void aLoopThatBeginsAnewForgetsWhatItsItemsSaved() {
    RunState state =
        fold(
            new StepStarted(STEP, false, 2, null),
            saved(STEP.item(1), rows(1)),
            saved(STEP.item(2), rows(2)),
            new StepFinished(STEP),
            new StepStarted(STEP, true, 1, null),
            anew(STEP.item(1)),
            saved(STEP.item(1), rows(7)));
    assertThat(state.variable("v")).isEqualTo(rows(7));
  }

  @Test
  void anItemThatBeginsAnewLeavesTheOthersAlone() {
    RunState state =
        fold(
            saved(STEP.item(1), rows(1)),
            saved(STEP.item(10), rows(10)),
            saved(StepAddress.of("other").item(1), rows(5)),
            anew(STEP.item(10)));
    assertThat(state.variable("v")).isEqualTo(rows(5));
    RunState own =
        fold(saved(STEP.item(1), rows(1)), saved(STEP.item(10), rows(10)), anew(STEP.item(10)));
    assertThat(own.variable("v")).isEqualTo(rows(1));
  }

  @Test
  void itemsSaveInItemOrder() {
    RunState state =
        fold(
            saved(STEP.item(10), rows(10)),
            saved(STEP.item(2), rows(2, 3)),
            saved(STEP.item(1), Value.integer(1)),
            saved(STEP.item(2).item(1), rows(4)));
    ListValue all = (ListValue) state.variable("v");
    assertThat(all.items())
        .containsExactly(
            Value.integer(1),
            ((ListValue) rows(2)).items().get(0),
            ((ListValue) rows(3)).items().get(0),
            ((ListValue) rows(4)).items().get(0),
            ((ListValue) rows(10)).items().get(0));
  }

  @Test
  void aSkippedStepSavesNull() {
    RunState state =
        fold(new StepSkipped(STEP, "`when` is false"), new VariableSet(STEP, "v", Value.none()));
    assertThat(state.hasVariable("v")).isTrue();
    assertThat(state.variable("v")).isEqualTo(Value.none());
    assertThat(state.step(STEP).status()).isEqualTo(Status.SKIPPED);
    assertThat(state.step(STEP).startedSeq()).isEqualTo(2);
    assertThat(fold().hasVariable("v")).isFalse();
    assertThat(fold().variable("v")).isEqualTo(Value.none());
  }

  @Test
  void aSkipAfterAnEarlierExecutionIsAnExecutionOfItsOwn() {
    StepState settled =
        fold(
                stepStarted(STEP),
                prepared(STEP, null, 1),
                committed(STEP, 1),
                new StepFinished(STEP),
                new StepSkipped(STEP, "now not"))
            .step(STEP);
    assertThat(settled.startedSeq()).isEqualTo(6);
    assertThat(settled.hasProgress()).isFalse();
    StepState failed =
        fold(stepStarted(STEP), new StepFailed(STEP, "why"), new StepSkipped(STEP, "no"))
            .step(STEP);
    assertThat(failed.startedSeq()).isEqualTo(4);
    assertThat(failed.message()).isEqualTo("no");
    StepState cutShort = fold(stepStarted(STEP), new StepSkipped(STEP, "no")).step(STEP);
    assertThat(cutShort.startedSeq()).isEqualTo(2);
  }

  @Test
  void aMarkSettlesWhatHangs() {
    OperatorMarked done = new OperatorMarked(STEP, Mark.DONE, "seen", "anna");
    StepState transaction = fold(stepStarted(STEP), prepared(STEP, ROWS, 1), done).step(STEP);
    assertThat(transaction.isCompleted(1)).isTrue();
    assertThat(transaction.committedRows()).isEqualTo(10);
    assertThat(transaction.saved()).isEqualTo(ROWS);
    assertThat(transaction.prepared()).isNull();
    assertThat(transaction.mark()).isEqualTo(done);
    StepState alone = fold(stepStarted(STEP), statementStarted(STEP, 2), done).step(STEP);
    assertThat(alone.isCompleted(2)).isTrue();
    assertThat(alone.started()).isNull();
    StepState failed = fold(stepStarted(STEP), new StepFailed(STEP, "why"), done).step(STEP);
    assertThat(failed.status()).isEqualTo(Status.DONE);
    assertThat(failed.message()).isNull();
  }

  @Test
  void aMarkForgetsWhatHangs() {
    OperatorMarked again = new OperatorMarked(STEP, Mark.AGAIN, "seen", "anna");
    StepState step =
        fold(
                stepStarted(STEP),
                prepared(STEP, ROWS, 1),
                committed(STEP, 1),
                prepared(STEP, null, 2),
                again)
            .step(STEP);
    assertThat(step.isCompleted(1)).isTrue();
    assertThat(step.isCompleted(2)).isFalse();
    assertThat(step.prepared()).isNull();
    StepState alone = fold(stepStarted(STEP), statementStarted(STEP, 2), again).step(STEP);
    assertThat(alone.hasProgress()).isFalse();
  }

  @Test
  void aReviewIsAskedAndAnswered() {
    ReviewRequested asked = new ReviewRequested(STEP, "d", "a", 2);
    ReviewAnswered answered = new ReviewAnswered(STEP, "b", Answer.APPROVED, null, "d", "a");
    assertThat(fold(stepStarted(STEP), asked).isWaiting(STEP)).isTrue();
    RunState state = fold(stepStarted(STEP), asked, answered);
    StepState step = state.step(STEP);
    assertThat(state.isWaiting(STEP)).isFalse();
    assertThat(step.reviewAnswered()).isEqualTo(answered);
    assertThat(fold(stepStarted(STEP), asked, answered, asked).isWaiting(STEP)).isTrue();
  }

  @Test
  void anAnswerIsToTheDigestThatWasAsked() {
    GateRequested asked = new GateRequested(STEP, GateKind.GATE, "sure?", "d", null);
    GateAnswered other = new GateAnswered(STEP, GateKind.GATE, "b", Answer.APPROVED, null, "x");
    GateAnswered answer = new GateAnswered(STEP, GateKind.GATE, "b", Answer.APPROVED, null, "d");
    assertThat(fold(stepStarted(STEP), asked, other).isWaiting(STEP)).isTrue();
    RunState state = fold(stepStarted(STEP), asked, answer);
    StepState step = state.step(STEP);
    assertThat(state.isWaiting(STEP)).isFalse();
    assertThat(step.gateAnswers(GateKind.GATE, "d")).containsExactly(answer);
    assertThat(step.gateAnswers(GateKind.CONFIRM, "d")).isEmpty();
  }

  @Test
  void severalApprovalsAreOfSeveralPeopleSinceTheLastRejection() {
    GateRequested asked = new GateRequested(STEP, GateKind.GATE, "sure?", "d", 2);
    GateAnswered anna = new GateAnswered(STEP, GateKind.GATE, "dora", Answer.APPROVED, null, "d");
    GateAnswered berta = new GateAnswered(STEP, GateKind.GATE, "berta", Answer.APPROVED, null, "d");
    GateAnswered no = new GateAnswered(STEP, GateKind.GATE, "carl", Answer.REJECTED, null, "d");
    assertThat(fold(stepStarted(STEP), asked, anna, anna).isWaiting(STEP)).isTrue();
    assertThat(fold(stepStarted(STEP), asked, anna, berta).isWaiting(STEP)).isFalse();
    assertThat(fold(stepStarted(STEP), asked, anna, no, berta).isWaiting(STEP)).isTrue();
  }

  @Test
  void aRejectionStaysOneWhenItIsAskedAgain() {
    ReviewRequested asked = new ReviewRequested(STEP, "d", "a", 2);
    ReviewAnswered no = new ReviewAnswered(STEP, "b", Answer.REJECTED, null, "d", "a");
    ReviewAnswered yes = new ReviewAnswered(STEP, "b", Answer.APPROVED, null, "d", "a");
    assertThat(fold(stepStarted(STEP), asked, no, asked).step(STEP).isRejected()).isTrue();
    assertThat(fold(stepStarted(STEP), asked, no, asked, yes).step(STEP).isRejected()).isFalse();
  }

  @Test
  void aProtectedTargetIsApprovedOnce() {
    assertThat(fold(protectedAnswer(Answer.APPROVED)).isTargetApproved("d")).isTrue();
    assertThat(fold(protectedAnswer(Answer.REJECTED)).isTargetApproved("d")).isFalse();
    RunState gate = fold(new GateAnswered(STEP, GateKind.GATE, "b", Answer.APPROVED, null, "d"));
    assertThat(gate.isTargetApproved("d")).isFalse();
  }

  private static GateAnswered protectedAnswer(Answer answer) {
    return new GateAnswered(STEP, GateKind.PROTECTED, "b", answer, null, "d");
  }

  @Test
  void aWaitKeepsItsEnd() {
    Instant until = Instant.parse("2027-01-01T00:00:00Z");
    assertThat(fold(new StepStarted(STEP, false, null, until)).step(STEP).until()).isEqualTo(until);
  }
}
