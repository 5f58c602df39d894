package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.RowsSaved;
import dev.pgrunbook.journal.RunEvent.StatementCommitted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementFinished;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StatementResult;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A step or item that runs now: what has been heard of it. */
final class Activity {

  private static final Set<String> CHANGES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "COPY");

  /** How often the server is asked about a statement. */
  private static final Duration STATEMENT_PERIOD = Duration.ofSeconds(1);

  final StepAddress address;
  final Instant startedAt;
  final List<String> facts = new ArrayList<>();
  final List<String> details = new ArrayList<>();
  final ProbeRate rate = new ProbeRate();
  @Nullable Integer items;
  @Nullable ProbeSample sample;
  @Nullable Measure measure;
  @Nullable StatementProgress progress;
  @Nullable Instant movedAt;
  @Nullable Instant toldAt;
  Duration period = STATEMENT_PERIOD;
  @Nullable Instant waitsUntil;
  String waitsFor = "";
  List<String> blockers = List.of();
  List<String> blockersTold = List.of();
  @Nullable StatementFailed failure;
  @Nullable String retryTold;
  @Nullable Instant retryToldAt;
  int statements;
  int expected;
  int retries;
  long changed;
  boolean changes;

  Activity(StepAddress address, Instant startedAt) {
    this.address = address;
    this.startedAt = startedAt;
  }

  /** Returns whether it stands still by itself, until a moment. */
  boolean isWaiting(Instant now) {
    return waitsUntil != null && waitsUntil.isAfter(now);
  }

  /** Returns for how long a look at how far it is has been overdue; zero while it is not. */
  Duration unseen(Instant now) {
    Measure seen = measure;
    Duration age = seen == null ? Duration.ZERO : Duration.between(seen.at(), now);
    return age.compareTo(period.multipliedBy(2)) <= 0 ? Duration.ZERO : age;
  }

  /**
   * Takes in what a probe has seen.
   *
   * @param every how often it looks
   */
  void sampled(ProbeSample next, Duration every) {
    sample = next;
    measure = Measure.of(next);
    period = every;
    rate.sample(next.at(), next.done());
  }

  /** Takes in how far the server says the statement is; each phase counts anew. */
  void progressed(StatementProgress next, Instant at) {
    StatementProgress before = progress;
    boolean samePhase = before != null && isSamePhase(before, next);
    if (!samePhase) {
      rate.forget();
    }
    boolean still = samePhase && before != null && Objects.equals(before.done(), next.done());
    Instant moved = still && movedAt != null ? movedAt : at;
    movedAt = moved;
    Long done = next.done();
    rate.sample(at, done == null ? null : done.doubleValue());
    progress = next;
    measure = Measure.of(next, at, Duration.between(moved, at));
  }

  private static boolean isSamePhase(StatementProgress before, StatementProgress next) {
    return before.command().equals(next.command())
        && before.phase().equals(next.phase())
        && Objects.equals(before.relation(), next.relation())
        && before.unit().equals(next.unit());
  }

  /** Takes in that statements have taken effect. */
  private void completed(int count, List<StatementResult> outcomes) {
    statements += count;
    blockers = List.of();
    waitsUntil = null;
    progress = null;
    measure = null;
    rate.forget();
    for (StatementResult outcome : outcomes) {
      Long rows = outcome.rows();
      if (rows != null && CHANGES.contains(outcome.command())) {
        changes = true;
        changed += rows;
      }
    }
  }

  /** Takes in what is recorded of it while it runs, as far as that is worth telling at the end. */
  void heard(StepEvent event) {
    if (event instanceof StatementPrepared prepared) {
      completed(0, prepared.outcomes());
    } else if (event instanceof StatementCommitted committed) {
      completed(committed.statements().size(), List.of());
    } else if (event instanceof StatementFinished finished) {
      completed(finished.statements().size(), finished.outcomes());
    } else if (event instanceof ReviewRequested review) {
      expected = review.count();
    } else if (event instanceof ReviewAnswered review) {
      said(review.answer().word(), review.by(), review.comment());
    } else if (event instanceof GateAnswered gate) {
      said(gate.answer().word(), gate.by(), gate.comment());
    } else if (event instanceof RowsSaved saved) {
      String count = Quantities.count(saved.count(), "row");
      facts.add(DisplayText.line(saved.variable()) + ": " + count);
    } else if (event instanceof VariableSet set && !set.value().isNull()) {
      facts.add(DisplayText.line(set.variable() + " = " + set.value().display()));
    } else if (event instanceof OperatorMarked mark) {
      said("marked " + mark.mark().word(), mark.by(), mark.reason());
    }
  }

  private void said(String word, String by, @Nullable String comment) {
    String why = comment == null ? "" : " (" + comment + ")";
    facts.add(DisplayText.line(word + " by " + by + why));
  }

  /** Returns everything worth telling once it is done. */
  List<String> summary() {
    List<String> all = new ArrayList<>();
    if (statements > 0) {
      all.add(Quantities.count(statements, "statement"));
    }
    if (changes) {
      all.add(Quantities.count(changed, "row") + " changed");
    }
    ProbeSample last = sample;
    if (last != null && last.done() != null) {
      String unit = last.unit() == null ? "" : " " + DisplayText.line(last.unit());
      all.add(Quantities.count(Math.round(last.done())) + unit);
    }
    all.addAll(facts);
    if (retries > 0) {
      all.add(retries == 1 ? "1 retry" : retries + " retries");
    }
    return all;
  }
}
