package dev.pgrunbook.plan;

import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.plan.Observation.Checked;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether rows are what a check expects, and what it says when they are not. */
public final class CheckVerdict {

  /** How many rows are worth asking for: more are only counted. */
  public static final int ROWS_COUNTED = 10_000;

  private static final int ROWS_TOLD = 20;

  private CheckVerdict() {}

  /**
   * Returns the verdict.
   *
   * @throws dev.pgrunbook.expression.EvaluationException when the message cannot be filled
   */
  public static Checked of(CheckStep step, ResultRows rows, RunScope scope) {
    boolean passed = holds(step, rows);
    return new Checked(passed, passed ? "" : message(step, rows, scope), rows);
  }

  private static boolean holds(CheckStep step, ResultRows rows) {
    return switch (step.expect()) {
      case TRUE -> rows.size() == 1 && rows.isTrue();
      case EMPTY -> rows.isEmpty();
      case NON_EMPTY -> !rows.isEmpty();
    };
  }

  private static String message(CheckStep step, ResultRows rows, RunScope scope) {
    if (step.message() == null) {
      return plainMessage(step, rows);
    }
    LinkedHashSet<String> lines = new LinkedHashSet<>();
    int told = Math.min(rows.size(), ROWS_TOLD);
    for (int i = 0; i < told; i++) {
      lines.add(step.message().fill(scope.withColumns(rows.row(i).fields())).strip());
    }
    if (rows.isEmpty()) {
      lines.add(step.message().fill(scope.withColumns(rows.nulls().fields())).strip());
    }
    List<String> all = new ArrayList<>(lines);
    if (rows.size() > told) {
      String more = rows.truncated() ? "more than " : "";
      all.add("… and " + more + (rows.size() - told) + " further rows");
    }
    return String.join("\n", all);
  }

  private static String plainMessage(CheckStep step, ResultRows rows) {
    String count = rows.truncated() ? "more than " + rows.size() : String.valueOf(rows.size());
    return switch (step.expect()) {
      case TRUE ->
          rows.size() == 1
              ? "expected true, but the first column is " + first(rows.first())
              : "expected one row whose first column is true, but there were " + count + " rows";
      case EMPTY -> "expected no rows, but there were " + count;
      case NON_EMPTY -> "expected rows, but there were none";
    };
  }

  private static String first(@Nullable Value value) {
    return value == null || value.isNull() ? "null" : value.display();
  }
}
