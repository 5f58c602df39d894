package dev.pgrunbook.render.report;

import dev.pgrunbook.journal.RunEvent.ProbeFinished;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StatementResult;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.render.report.RunHistory.Count;
import dev.pgrunbook.render.report.RunHistory.Doing;
import dev.pgrunbook.render.report.RunHistory.Failure;
import dev.pgrunbook.render.report.RunHistory.Span;
import dev.pgrunbook.render.report.RunHistory.StatementHistory;
import dev.pgrunbook.render.report.RunHistory.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is heard of one step or item, in order, and kept of it. */
final class StepLog {

  /** Whoever wants to read more of them one by one reads the journal. */
  static final int MOST_STATEMENTS = 200;

  static final int MOST_FAILURES = 20;
  private static final int MOST_SPANS = 500;

  /** Keeps a step of a loop of a hundred thousand items small. */
  private List<Span> spans = List.of();

  private List<StatementHistory> statements = List.of();
  private List<Failure> failures = List.of();
  private List<Ended> probes = List.of();
  private Map<String, Count> commands = Map.of();

  final StepAddress address;
  StepState.Status status = StepState.Status.PENDING;
  @Nullable Integer items;
  @Nullable Instant began;
  @Nullable Instant ended;
  @Nullable Instant since;
  @Nullable Instant last;
  @Nullable String message;
  @Nullable StatementPrepared prepared;
  private Doing doing = Doing.WORK;
  private long statementCount;
  private long rowCount;
  private long failureCount;
  private long retryCount;

  StepLog(StepAddress address) {
    this.address = address;
  }

  /** The end of a probe, and the digest of its curve. */
  record Ended(Instant at, ProbeFinished finished) {}

  void goesOn(Instant at) {
    if (since == null) {
      since = at;
      last = at;
      doing = Doing.WORK;
    }
    began = began == null ? at : began;
  }

  /** Something else happens from now on. */
  void turnsTo(Doing next, Instant at) {
    goesOn(at);
    stops(doing, at);
    since = at;
    last = at;
    doing = next;
  }

  /** Nothing of it happens any more. */
  void stops(Instant at) {
    stops(doing, at);
  }

  void stops(Doing what, Instant at) {
    Instant from = since;
    if (from == null) {
      return;
    }
    if (spans.isEmpty()) {
      spans = new ArrayList<>(2);
    }
    Span before = spans.isEmpty() ? null : spans.get(spans.size() - 1);
    if (before != null && spans.size() >= MOST_SPANS) {
      spans.set(spans.size() - 1, new Span(before.from(), at, what));
    } else if (from.isBefore(at) || spans.isEmpty() || what == Doing.FAILURE) {
      spans.add(new Span(from, at, what));
    }
    since = null;
  }

  void completed(
      List<Integer> indexes,
      List<StatementResult> outcomes,
      @Nullable String transaction,
      String outcome,
      Instant at) {
    Instant from = last == null ? at : last;
    for (int i = 0; i < indexes.size(); i++) {
      StatementResult result = i < outcomes.size() ? outcomes.get(i) : null;
      String command = result == null ? "" : result.command();
      Long rows = result == null ? null : result.rows();
      statementCount++;
      rowCount += rows == null ? 0 : rows;
      count(command, rows == null ? 0 : rows);
      if (statements.size() < MOST_STATEMENTS) {
        statements = growing(statements);
        statements.add(
            new StatementHistory(
                indexes.get(i),
                at,
                Duration.between(from, at),
                null,
                command,
                rows,
                transaction,
                outcome));
      }
    }
    last = at;
  }

  private void count(String command, long rows) {
    if (commands.isEmpty()) {
      commands = new LinkedHashMap<>(2);
    }
    Count before = commands.getOrDefault(command, new Count(0, 0));
    commands.put(command, new Count(before.statements() + 1, before.rows() + rows));
  }

  void refused(StatementFailed failed, Instant at) {
    failureCount++;
    retryCount += failed.willRetry() ? 1 : 0;
    last = at;
    if (failures.size() < MOST_FAILURES) {
      failures = growing(failures);
      failures.add(new Failure(at, failed));
    } else if (!failed.willRetry()) {
      failures.set(MOST_FAILURES - 1, new Failure(at, failed));
    }
  }

  void probed(ProbeFinished finished, Instant at) {
    probes = growing(probes);
    probes.add(new Ended(at, finished));
  }

  private static <T> List<T> growing(List<T> list) {
    return list.isEmpty() ? new ArrayList<>(2) : list;
  }

  List<Span> spans() {
    return spans;
  }

  List<StatementHistory> statements() {
    return statements;
  }

  List<Failure> failures() {
    return failures;
  }

  List<Ended> probes() {
    return probes;
  }

  Work work() {
    return new Work(statementCount, rowCount, failureCount, retryCount, commands);
  }
}
