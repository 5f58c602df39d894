package dev.pgrunbook.repl;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.StatementOutcome;
import dev.pgrunbook.engine.OperatorActs.Outcome;
import dev.pgrunbook.expression.EvaluationException;
import dev.pgrunbook.expression.Expression;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.plan.RunScope;
import dev.pgrunbook.plan.StepExpander;
import dev.pgrunbook.sql.SqlTemplate;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.RowValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What a probe asks, values in place, and what its answers mean. */
final class ProbeQuestion {

  private final ProbeStep probe;
  private final RunScope scope;
  private final Map<String, ExpandedStatement> statements = new LinkedHashMap<>();

  /**
   * @throws dev.pgrunbook.plan.UnfitValue when a value does not fit into the SQL
   */
  ProbeQuestion(ProbeStep probe, StepExpander expander, RunScope scope) {
    this.probe = probe;
    this.scope = scope;
    for (Map.Entry<String, SqlTemplate> source : probe.sources().entrySet()) {
      statements.put(source.getKey(), expander.expandOne(source.getValue(), scope));
    }
  }

  ProbeStep probe() {
    return probe;
  }

  /**
   * What was answered.
   *
   * @param rows of each source, as far as they were asked
   * @param trouble what one of them answered instead of rows; null when all have answered
   */
  record Answer(Map<String, Rows> rows, @Nullable Outcome trouble) {

    /** Returns what names mean: each column, and each role with its columns. */
    Map<String, Value> variables() {
      Map<String, Value> variables = new LinkedHashMap<>();
      rows.forEach(
          (role, all) -> {
            Map<String, Value> row = new LinkedHashMap<>();
            for (int i = 0; i < all.columns().size(); i++) {
              Value value = all.isEmpty() ? Value.none() : all.rows().get(0).get(i);
              row.put(all.columns().get(i).name(), value);
            }
            variables.putAll(row);
            variables.put(role, new RowValue(row));
          });
      return variables;
    }
  }

  /** Asks every source, until one does not answer. */
  Answer ask(BiFunction<String, ExpandedStatement, Outcome> database) {
    Map<String, Rows> rows = new LinkedHashMap<>();
    for (Map.Entry<String, ExpandedStatement> source : statements.entrySet()) {
      Outcome outcome = database.apply(source.getKey(), source.getValue());
      if (!(outcome instanceof Outcome.Answered answered)) {
        return new Answer(rows, outcome);
      }
      answered.statements().stream()
          .map(StatementOutcome::rows)
          .filter(Objects::nonNull)
          .forEach(one -> rows.put(source.getKey(), one));
    }
    return new Answer(rows, null);
  }

  /** How it stands with a probe. */
  enum Verdict {
    REACHED,
    NOT_YET,
    FAILS,
    UNKNOWN
  }

  /**
   * What the answers mean.
   *
   * @param sentence the same for people, with the condition
   */
  record Meaning(Verdict verdict, String sentence) {}

  /** Returns whether the probe would end with these answers. */
  Meaning meaning(Map<String, Value> variables) {
    RunScope seen = scope.withColumns(variables);
    Expression fail = probe.fail();
    try {
      if (fail != null && fail.isTrue(seen)) {
        return new Meaning(Verdict.FAILS, "`fail` is true: " + fail.text());
      }
      boolean reached = probe.until().isTrue(seen);
      return new Meaning(
          reached ? Verdict.REACHED : Verdict.NOT_YET,
          "`until` is " + reached + ": " + probe.until().text());
    } catch (EvaluationException unknown) {
      return new Meaning(Verdict.UNKNOWN, unknown.sentence());
    }
  }
}
