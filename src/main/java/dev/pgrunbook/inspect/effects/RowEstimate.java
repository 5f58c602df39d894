package dev.pgrunbook.inspect.effects;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import org.jspecify.annotations.Nullable;

/**
 * How many rows the planner expects a query to give.
 *
 * <p>EXPLAIN without ANALYZE runs nothing, but plans: functions that claim to be IMMUTABLE or
 * STABLE may be called with constants. Whoever asks has judged that those of the query are
 * harmless.
 */
public final class RowEstimate {

  private RowEstimate() {}

  /** Returns the question for the plan of a query, such as one of {@code TouchedRows}. */
  public static BoundSql question(String query) {
    return BoundSql.of("EXPLAIN (FORMAT JSON) " + query);
  }

  /** Returns the rows that a plan promises; null when the answer is none. */
  public static @Nullable Long rows(Rows answer) {
    Value first = answer.first();
    if (first instanceof ListValue list
        && !list.items().isEmpty()
        && list.items().get(0) instanceof RowValue top
        && top.fields().get("Plan") instanceof RowValue plan) {
      Value rows = plan.fields().get("Plan Rows");
      return rows instanceof IntegerValue whole
          ? (Long) whole.value()
          : rows instanceof DoubleValue part ? (Long) Math.round(part.value()) : null;
    }
    return null;
  }
}
