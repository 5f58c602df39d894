package dev.pgrunbook.journal;

import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.RunResumed;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.TransactionIdentity;
import dev.pgrunbook.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run: the fold of its records, and nothing else.
 *
 * <p>It grows as its journal does; whoever holds it sees every later append. Safe for several
 * threads: items that run side by side look at it while others' records are taken in.
 */
public final class RunState {

  private final Map<StepAddress, StepState> steps = new LinkedHashMap<>();
  private final Map<String, SavedVariable> variables = new LinkedHashMap<>();
  private final Set<String> approvedTargets = new HashSet<>();
  private final Map<String, Commit> lastCommits = new HashMap<>();
  private final EventFold fold = new EventFold(this);

  private @Nullable String run;
  private @Nullable RunStarted started;
  private String operator = "";
  private @Nullable String digest;
  private Map<String, String> sources = Map.of();
  private @Nullable Instant startedAt;
  private @Nullable Instant lastAt;
  private @Nullable Outcome outcome;
  private @Nullable RunPaused paused;
  private boolean aborting;
  private long lastSeq;
  private long lastFailureSeq;
  private long lastEffectWithoutId;

  /**
   * A transaction that is known to have been committed.
   *
   * @param seq the record that says so
   */
  public record Commit(TransactionIdentity transaction, long seq) {}

  /** Returns the state of a run of which nothing is known. */
  public static RunState empty() {
    return new RunState();
  }

  /**
   * Takes the next record in.
   *
   * @throws IllegalArgumentException when it is not the next one
   */
  public synchronized void apply(JournalRecord entry) {
    if (entry.seq() != lastSeq + 1) {
      throw new IllegalArgumentException("record " + entry.seq() + " after " + lastSeq);
    }
    lastSeq = entry.seq();
    lastAt = entry.at();
    RunEvent event = entry.event();
    if (event instanceof RunEvent.StepEvent stepEvent) {
      fold.apply(entry, stepEvent);
    } else if (event instanceof RunStarted start) {
      run = entry.run();
      started = start;
      operator = start.by();
      digest = start.digest();
      sources = start.sources();
      startedAt = entry.at();
    } else if (event instanceof RunPaused pause) {
      paused = pause;
    } else if (event instanceof RunResumed resume) {
      paused = null;
      outcome = null;
      operator = resume.by();
      // A run that is given up for good stays so when its end is cut short and resumed.
      aborting = aborting || resume.abort();
      digest = resume.digest();
      sources = resume.sources();
    } else if (event instanceof RunFinished finish) {
      outcome = finish.outcome();
      paused = null;
      lastFailureSeq = finish.outcome() == Outcome.FAILED ? entry.seq() : lastFailureSeq;
    } else {
      throw new AssertionError(event);
    }
  }

  /** Returns the run's id, or null before it has begun. */
  public synchronized @Nullable String run() {
    return run;
  }

  /** Returns how the run began, or null before. */
  public synchronized @Nullable RunStarted started() {
    return started;
  }

  /** Returns who began the run or went on with it last; empty before. */
  public synchronized String operator() {
    return operator;
  }

  /** Returns the digest of the runbook that the run follows now, or null before it has begun. */
  public synchronized @Nullable String digest() {
    return digest;
  }

  /** Returns the runbook's files that the run follows now: names with digests of attachments. */
  public synchronized Map<String, String> sources() {
    return sources;
  }

  /** Returns when the run began, or null before. */
  public synchronized @Nullable Instant startedAt() {
    return startedAt;
  }

  /** Returns when the last record was appended, or null before any. */
  public synchronized @Nullable Instant lastAt() {
    return lastAt;
  }

  /** Returns how the run ended last, or null while it has not, or goes on after that. */
  public synchronized @Nullable Outcome outcome() {
    return outcome;
  }

  /** Returns why the run stands still, or null when it does not, or died without a word. */
  public synchronized @Nullable RunPaused paused() {
    return paused;
  }

  /** Returns whether the run goes on only to end. */
  public synchronized boolean isAborting() {
    return aborting;
  }

  /** Returns the sequence number of the last record; 0 before any. */
  public synchronized long lastSeq() {
    return lastSeq;
  }

  /**
   * Returns the sequence number of the last end of the run with a failure; 0 when there was none.
   * Executions of {@code onFailure} and {@code finally} that began before it are of an earlier end.
   */
  public synchronized long lastFailureSeq() {
    return lastFailureSeq;
  }

  /** Returns what is known of a step or item; one that has not begun is pending. */
  public synchronized StepState step(StepAddress address) {
    StepState state = steps.get(address);
    return state == null ? new StepState() : state;
  }

  /**
   * Returns whether a review or a gate of a step or item has not been approved by as many people as
   * it takes.
   */
  public synchronized boolean isWaiting(StepAddress address) {
    StepState step = step(address);
    GateRequested gate = step.gateRequested();
    if (step.isReviewWaiting()) {
      return true;
    }
    return step.status() == StepState.Status.RUNNING
        && gate != null
        && approvals(step, gate).size() < gate.needed();
  }

  /** Returns who has approved a question of a step or item, and counts. */
  public synchronized Set<String> approvals(StepState step, GateRequested gate) {
    String operator = started == null ? "" : started.by();
    return step.approvals(gate.gate(), gate.digest(), gate.needed(), operator);
  }

  /** Returns every step and item that has begun or was skipped by now, in the order it did. */
  public synchronized Map<StepAddress, StepState> steps() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(steps));
  }

  /** Returns whether a variable has been saved or set. */
  public synchronized boolean hasVariable(String name) {
    return variables.containsKey(name);
  }

  /**
   * Returns a variable's value: null before it was saved; what several items of a {@code forEach}
   * saved, in item order.
   */
  public synchronized Value variable(String name) {
    SavedVariable variable = variables.get(name);
    return variable == null ? Value.none() : variable.value();
  }

  /** Returns the names of the variables that have been saved or set. */
  public synchronized List<String> variables() {
    return new ArrayList<>(variables.keySet());
  }

  /** Returns what is known to have been committed last on a cluster, or null. */
  public synchronized @Nullable Commit lastCommit(String systemIdentifier) {
    return lastCommits.get(systemIdentifier);
  }

  /**
   * Returns the sequence number of the last record that stands for an effect, on any cluster,
   * without a transaction's id to ask the server about; 0 when there is none.
   */
  public synchronized long lastEffectWithoutId() {
    return lastEffectWithoutId;
  }

  /** Returns whether writes to a protected target have been allowed. */
  public synchronized boolean isTargetApproved(String targetDigest) {
    return approvedTargets.contains(targetDigest);
  }

  synchronized StepState mutableStep(StepAddress address) {
    return steps.computeIfAbsent(address, key -> new StepState());
  }

  /** Forgets what an earlier execution of a step or item did, and what it and its items saved. */
  synchronized StepState resetStep(StepAddress address) {
    StepState fresh = new StepState();
    steps.put(address, fresh);
    variables.values().forEach(variable -> variable.forget(address));
    variables.values().removeIf(SavedVariable::isEmpty);
    return fresh;
  }

  synchronized void save(String name, StepAddress address, Value value) {
    variables.computeIfAbsent(name, key -> new SavedVariable()).put(address, value);
  }

  /** What was set by hand belongs to no step, and holds whatever becomes of any. */
  synchronized void setByHand(String name, Value value) {
    variables.put(name, SavedVariable.byHand(value));
  }

  synchronized void commit(Commit commit) {
    String cluster = commit.transaction().systemIdentifier();
    if (cluster != null) {
      lastCommits.put(cluster, commit);
    }
  }

  synchronized void actWithoutId(long seq) {
    lastEffectWithoutId = seq;
  }

  synchronized void answerGate(GateAnswered answer) {
    if (answer.gate() == GateKind.PROTECTED && answer.answer() == RunEvent.Answer.APPROVED) {
      approvedTargets.add(answer.digest());
    }
  }
}
