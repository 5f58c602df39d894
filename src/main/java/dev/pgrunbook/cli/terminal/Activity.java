package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementResult;
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
  void completed(int count, List<StatementResult> outcomes) {
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
