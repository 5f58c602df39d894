package dev.pgrunbook.journal;

import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.ProbeFinished;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StatementStarted;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a step, or of one item of it, in one execution. Safe for several threads: each
 * of them looks at what others' records change.
 */
public final class StepState {

  /** Where a step stands. */
  public enum Status {
    PENDING,
    RUNNING,
    DONE,
    SKIPPED,
    FAILED
  }

  Status status = Status.PENDING;
  long startedSeq;
  @Nullable Instant startedAt;
  @Nullable Instant endedAt;
  @Nullable Instant until;
  @Nullable String message;
  long committedRows;
  long timeoutSeq;
  final BitSet completed = new BitSet();
  @Nullable StatementPrepared prepared;
  @Nullable StatementStarted started;
  @Nullable StatementFailed lastFailure;
  @Nullable ReviewRequested reviewRequested;
  @Nullable ReviewAnswered reviewAnswered;
  boolean reviewRejected;
  @Nullable GateRequested gateRequested;
  final List<GateAnswered> gateAnswers = new ArrayList<>();
  @Nullable ProbeFinished probe;
  @Nullable OperatorMarked mark;
  @Nullable Value saved;
  boolean reopened;
  long endedSeq;

  StepState() {}

  /** Returns the state of a step that has not begun. */
  public static StepState pending() {
    return new StepState();
  }

  /** Returns where the step stands. */
  public synchronized Status status() {
    return status;
  }

  /** Returns whether nothing is left to do: done or skipped. */
  public synchronized boolean isSettled() {
    return status == Status.DONE || status == Status.SKIPPED;
  }

  /** Returns the sequence number of the record that began this execution; 0 before. */
  public synchronized long startedSeq() {
    return startedSeq;
  }

  /**
   * Returns the sequence number of the record that told that this execution had timed out; 0 when
   * it has not. Its {@code onTimeout} steps began after it.
   */
  public synchronized long timeoutSeq() {
    return timeoutSeq;
  }

  /** Returns the sequence number of the record that ended this execution last; 0 before. */
  public synchronized long endedSeq() {
    return endedSeq;
  }

  /** Returns when this execution began, or null. */
  public synchronized @Nullable Instant startedAt() {
    return startedAt;
  }

  /** Returns how long this execution took, or null while it has not ended. */
  public synchronized @Nullable Duration elapsed() {
    return startedAt == null || endedAt == null ? null : Duration.between(startedAt, endedAt);
  }

  /** Returns when a {@code wait} ends, or null. */
  public synchronized @Nullable Instant until() {
    return until;
  }

  /** Returns why it was skipped or failed, or null. */
  public synchronized @Nullable String message() {
    return message;
  }

  /** Returns whether a statement, counted from one, is known to have taken effect. */
  public synchronized boolean isCompleted(int statement) {
    return completed.get(statement);
  }

  /** Returns how many statements are known to have taken effect. */
  public synchronized int completedStatements() {
    return completed.cardinality();
  }

  /** Returns how many rows those statements changed or returned. */
  public synchronized long committedRows() {
    return committedRows;
  }

  /** Returns whether any statement has begun to take effect. */
  public synchronized boolean hasProgress() {
    return !completed.isEmpty() || prepared != null || started != null;
  }

  /** Returns the transaction whose COMMIT was sent and never answered, or null. */
  public synchronized @Nullable StatementPrepared prepared() {
    return prepared;
  }

  /**
   * Returns the statement outside a transaction block that was sent and never answered, or null.
   */
  public synchronized @Nullable StatementStarted started() {
    return started;
  }

  /** Returns what the server refused last, or null. */
  public synchronized @Nullable StatementFailed lastFailure() {
    return lastFailure;
  }

  /** Returns the review that was asked for last, or null. */
  public synchronized @Nullable ReviewRequested reviewRequested() {
    return reviewRequested;
  }

  /** Returns the answer to that review, or null while it waits. */
  public synchronized @Nullable ReviewAnswered reviewAnswered() {
    return reviewAnswered;
  }

  /** Returns the question that was asked last, or null. */
  public synchronized @Nullable GateRequested gateRequested() {
    return gateRequested;
  }

  /** Returns every answer given to questions of this step, in order. */
  public synchronized List<GateAnswered> gateAnswers() {
    return List.copyOf(gateAnswers);
  }

  /** Returns the answers given to a kind of question about exactly this digest. */
  public synchronized List<GateAnswered> gateAnswers(GateKind kind, String digest) {
    return gateAnswers.stream()
        .filter(answer -> answer.gate() == kind && answer.digest().equals(digest))
        .toList();
  }

  /** Returns whether the last answer to its review, or to its gates, was no; asked anew or not. */
  public synchronized boolean isRejected() {
    boolean gateRejected =
        !gateAnswers.isEmpty()
            && gateAnswers.get(gateAnswers.size() - 1).answer() == RunEvent.Answer.REJECTED;
    return reviewRejected || gateRejected;
  }

  /**
   * Returns who has approved exactly a question. A rejection takes back the approvals before it;
   * where several are needed, whoever began the run is none of them.
   *
   * @param needed how many people must approve
   * @param operator who began the run
   */
  public synchronized Set<String> approvals(
      GateKind kind, String digest, int needed, String operator) {
    Set<String> people = new HashSet<>();
    for (GateAnswered answer : gateAnswers(kind, digest)) {
      if (answer.answer() == RunEvent.Answer.REJECTED) {
        people.clear();
      } else if (needed == 1 || !answer.by().equals(operator)) {
        people.add(answer.by());
      }
    }
    return people;
  }

  /** Returns whether its review has not been approved: it waits, or was rejected. */
  public synchronized boolean isReviewWaiting() {
    return status == Status.RUNNING
        && reviewRequested != null
        && (reviewAnswered == null || reviewAnswered.answer() == RunEvent.Answer.REJECTED);
  }

  /** Returns how its probe ended, or null. */
  public synchronized @Nullable ProbeFinished probe() {
    return probe;
  }

  /** Returns what an operator has said of it, or null. */
  public synchronized @Nullable OperatorMarked mark() {
    return mark;
  }

  /** Returns whether an operator has said, after it failed, that it is to be tried again. */
  public synchronized boolean isReopened() {
    return reopened;
  }

  /** Returns the rows that its committed statements left to be saved, or null. */
  public synchronized @Nullable Value saved() {
    return saved;
  }
}
