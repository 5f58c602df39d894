package dev.pgrunbook.render.report;

import dev.pgrunbook.journal.JournalAudit;
import dev.pgrunbook.journal.ProbeCurve;
import dev.pgrunbook.journal.RunEvent.ProbeFinished;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.render.FailureText;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as reports tell it. Bounded where a run is not: of many statements, failures and decisions
 * the first are kept one by one, and all of them as sums.
 *
 * @param started how it began
 * @param status how it stands
 * @param digest of the runbook it followed last
 * @param servers the version of each role's server, where it was asked
 * @param sittings the stretches of time in which a process carried it out, in order
 * @param steps every step and item that has begun or was skipped; those of one step in a row
 * @param decisions what people decided, in order; the first ones
 * @param decisionCount how many there were
 * @param waiting what nobody has answered yet, a sentence each
 * @param variables what it has kept
 * @param audit its record, verified
 * @param runbook what it followed; null when it cannot be loaded any more
 */
public record RunHistory(
    String run,
    RunStarted started,
    Status status,
    String digest,
    Map<String, String> servers,
    List<Sitting> sittings,
    List<StepHistory> steps,
    List<Decision> decisions,
    int decisionCount,
    List<String> waiting,
    Map<String, Value> variables,
    JournalAudit audit,
    @Nullable Runbook runbook) {

  public RunHistory {
    servers = Collections.unmodifiableMap(new LinkedHashMap<>(servers));
    sittings = List.copyOf(sittings);
    steps = List.copyOf(steps);
    decisions = List.copyOf(decisions);
    waiting = List.copyOf(waiting);
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /**
   * From the start of a process to its end.
   *
   * @param by who called it, with the machine
   * @param began {@code began}, {@code resumed} or {@code aborted}
   * @param end how it ended, in words
   */
  public record Sitting(Instant from, Instant to, String by, String began, String end) {}

  /**
   * A step or an item.
   *
   * @param label what the item is called; empty for a step without items
   * @param items how many items it has when it stands for a whole loop
   * @param spans when something of it happened
   * @param message why it was skipped or failed
   * @param facts what else is worth telling, a phrase each
   * @param statements the first ones that took effect
   * @param work sums of all of them
   * @param failures what the server refused; the first ones
   * @param probes how its probe ended, each time
   */
  public record StepHistory(
      StepAddress address,
      String label,
      StepState.Status status,
      @Nullable Integer items,
      @Nullable Instant began,
      @Nullable Instant ended,
      List<Span> spans,
      @Nullable String message,
      List<String> facts,
      List<StatementHistory> statements,
      Work work,
      List<Failure> failures,
      List<Probe> probes) {

    /** Returns whether it is told without being looked for. */
    public boolean isTrouble() {
      return status == StepState.Status.FAILED || status == StepState.Status.RUNNING;
    }

    /** Returns why it failed: with the place in the SQL where the server refused it. */
    public String failureText() {
      String why = message == null ? "" : message.strip();
      Failure last = failures.isEmpty() ? null : failures.get(failures.size() - 1);
      boolean server = last != null && why.startsWith(last.failed().error().message());
      return server && last != null ? last.text() : why;
    }

    /** Returns for how long something of it happened; null while nothing has. */
    public @Nullable Duration active() {
      if (spans.isEmpty() || status == StepState.Status.SKIPPED) {
        return null;
      }
      Duration sum = Duration.ZERO;
      for (Span span : spans) {
        sum = sum.plus(Duration.between(span.from(), span.to()));
      }
      return sum;
    }
  }

  /** What a step does in a stretch of time. */
  public enum Doing {
    WORK,
    /** Somebody was asked. */
    QUESTION,
    /** It ended with a failure. */
    FAILURE
  }

  /** A stretch of time of a step. */
  public record Span(Instant from, Instant to, Doing doing) {}

  /**
   * A statement that took effect, or only read.
   *
   * @param index among those of its step, from one
   * @param took how long it took, or its transaction with all of its statements
   * @param sql as far as it is known
   * @param command what the server called it
   * @param rows returned or changed; null when it tells none
   * @param transaction its id; null where nothing was written or no transaction was
   * @param outcome in a word
   */
  public record StatementHistory(
      int index,
      Instant at,
      Duration took,
      @Nullable String sql,
      String command,
      @Nullable Long rows,
      @Nullable String transaction,
      String outcome) {}

  /**
   * Sums.
   *
   * @param statements that took effect
   * @param rows they returned or changed
   * @param failures how many statements the server refused
   * @param retries how many of those were tried again
   * @param commands how many statements and rows there were of each command
   */
  public record Work(
      long statements, long rows, long failures, long retries, Map<String, Count> commands) {
    public Work {
      commands = Collections.unmodifiableMap(new LinkedHashMap<>(commands));
    }

    /** Returns whether there is nothing to tell. */
    public boolean isNothing() {
      return statements == 0 && failures == 0;
    }
  }

  /** Statements of a command, with their rows. */
  public record Count(long statements, long rows) {}

  /** What the server refused, and when. */
  public record Failure(Instant at, StatementFailed failed) {

    /** Returns what the server said, and the statement with the place it points at. */
    public String text() {
      return String.join("\n", new FailureText(Theme.PLAIN).lines(failed));
    }
  }

  /** How a probe ended, and what it has seen; null when that was not kept. */
  public record Probe(Instant at, ProbeFinished finished, @Nullable ProbeCurve curve) {}

  /**
   * What somebody decided.
   *
   * @param asked when it was asked, or null when that is not known
   * @param what a word such as {@code review} or {@code gate}
   * @param text what was asked; empty where the answer says all
   */
  public record Decision(
      StepAddress address,
      @Nullable Instant asked,
      Instant at,
      String what,
      String text,
      String answer,
      String by,
      @Nullable String comment) {}

  /** Returns when the run began. */
  public Instant from() {
    return sittings.get(0).from();
  }

  /** Returns when its last record was written. */
  public Instant to() {
    return sittings.get(sittings.size() - 1).to();
  }

  /** Returns how long processes carried it out, without the pauses between them. */
  public Duration active() {
    Duration sum = Duration.ZERO;
    for (Sitting sitting : sittings) {
      sum = sum.plus(Duration.between(sitting.from(), sitting.to()));
    }
    return sum;
  }

  /** Returns the sums over all steps. */
  public Work work() {
    long statements = 0;
    long rows = 0;
    long failures = 0;
    long retries = 0;
    for (StepHistory step : steps) {
      statements += step.work().statements();
      rows += step.work().rows();
      failures += step.work().failures();
      retries += step.work().retries();
    }
    return new Work(statements, rows, failures, retries, Map.of());
  }
}
