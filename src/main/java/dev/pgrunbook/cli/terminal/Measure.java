package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far something is, whoever says so: a probe of the runbook, or the server about a statement.
 *
 * @param label what it is about; empty for nothing in particular
 * @param at when this was seen
 * @param done null while not known
 * @param total null while not known
 * @param unit what they count, or null
 * @param stalled for how long nothing had moved by then
 * @param facts what else is known, a name and a text each
 */
record Measure(
    String label,
    Instant at,
    @Nullable Double done,
    @Nullable Double total,
    @Nullable String unit,
    Duration stalled,
    List<Fact> facts) {

  Measure {
    facts = List.copyOf(facts);
  }

  /** Something that is known, by its name. */
  record Fact(String name, String text) {}

  static Measure of(ProbeSample sample) {
    List<Fact> facts = new ArrayList<>();
    for (Map.Entry<String, Value> column : sample.values().entrySet()) {
      Double number = column.getValue().number();
      boolean isAmount =
          number != null && (number.equals(sample.done()) || number.equals(sample.total()));
      if (!column.getValue().isNull() && !isAmount) {
        facts.add(fact(column.getKey(), column.getValue(), number));
      }
    }
    return new Measure(
        sample.label(),
        sample.at(),
        sample.done(),
        sample.total(),
        sample.unit(),
        sample.stalled(),
        facts);
  }

  /** A number whose name ends with what it counts is told in that, and the name without. */
  private static Fact fact(String name, Value value, @Nullable Double number) {
    String text = number == null ? value.display() : Quantities.measured(number, name);
    boolean counts = number != null && (name.endsWith("_bytes") || name.endsWith("_seconds"));
    return new Fact(counts ? name.substring(0, name.lastIndexOf('_')) : name, text);
  }

  /**
   * Returns what the server says of a statement.
   *
   * @param stalled for how long its counter has stood still
   */
  static Measure of(StatementProgress progress, Instant at, Duration stalled) {
    List<Fact> facts = new ArrayList<>();
    if (!progress.phase().isEmpty()) {
      facts.add(new Fact("", progress.phase()));
    }
    String relation = progress.relation() == null ? "" : " " + progress.relation();
    Long done = progress.done();
    Long total = progress.total();
    return new Measure(
        progress.command() + relation,
        at,
        done == null ? null : done.doubleValue(),
        total == null ? null : total.doubleValue(),
        progress.unit(),
        stalled,
        facts);
  }
}
