package dev.pgrunbook.plan;

import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.value.Value.RowValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a plan.
 *
 * @param purpose what it is for
 * @param target the role it is sent to
 * @param display its text with the values in place, secrets masked; with the names of values where
 *     those are not known yet
 * @param template the text that the runbook gives for it; of a generated one its own text
 * @param analysis what it does
 * @param columns the further columns of the row that it was generated in; empty otherwise
 * @param facts what the database says about what it touches
 * @param findings what a reviewer should know
 */
public record PlannedStatement(
    Purpose purpose,
    @Nullable String target,
    String display,
    String template,
    StatementAnalysis analysis,
    RowValue columns,
    StatementFacts facts,
    List<Finding> findings) {

  private static final RowValue NO_COLUMNS = new RowValue(Map.of());

  public PlannedStatement {
    Objects.requireNonNull(purpose);
    Objects.requireNonNull(display);
    Objects.requireNonNull(template);
    Objects.requireNonNull(analysis);
    Objects.requireNonNull(columns);
    Objects.requireNonNull(facts);
    findings = List.copyOf(findings);
  }

  /** Returns a statement that the runbook writes out. */
  static PlannedStatement written(
      Purpose purpose,
      @Nullable String target,
      String display,
      String template,
      StatementAnalysis analysis) {
    return new PlannedStatement(
        purpose, target, display, template, analysis, NO_COLUMNS, StatementFacts.NONE, List.of());
  }

  /** Returns a statement that was generated. */
  static PlannedStatement generated(
      @Nullable String target, GeneratedRow row, StatementAnalysis analysis) {
    return new PlannedStatement(
        Purpose.GENERATED,
        target,
        row.sql(),
        row.sql(),
        analysis,
        row.columns(),
        StatementFacts.NONE,
        List.of());
  }

  /** Returns the same statement with what a database says about it. */
  PlannedStatement with(StatementFacts known, List<Finding> found) {
    return new PlannedStatement(
        purpose, target, display, template, analysis, columns, known, found);
  }

  /** What a statement of a step is for. */
  public enum Purpose {
    /** Asked before the step: true skips it. */
    UNLESS("unless"),
    /** The query of a {@code query} step. */
    QUERY("query"),
    /** The query of a {@code check} step. */
    CHECK("check"),
    /** A source of a {@code probe}. */
    PROBE("probe"),
    /** The query that generates statements. */
    GENERATOR("generator"),
    /** A statement of a {@code sql} step. */
    SQL("sql"),
    /** A statement that was generated. */
    GENERATED("generated"),
    /** Asked after the step's commit. */
    VERIFY("verify"),
    /** What would revert the step, if an operator wanted that. */
    UNDO("undo");

    private final String word;

    Purpose(String word) {
      this.word = word;
    }

    /** Returns the word that machines read. */
    public String word() {
      return word;
    }

    /** Returns whether a run executes it in sessions that may write. */
    public boolean isExecuted() {
      return this == SQL || this == GENERATED;
    }

    /** Returns whether it is about the step rather than being what the step is for. */
    public boolean isCondition() {
      return this == UNLESS || this == VERIFY || this == UNDO;
    }
  }
}
