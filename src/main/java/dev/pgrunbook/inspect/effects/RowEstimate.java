package dev.pgrunbook.inspect.effects;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many rows the planner expects a statement to touch.
 *
 * <p>EXPLAIN without ANALYZE carries nothing out, but plans: functions that claim to be IMMUTABLE
 * or STABLE may be called with constants. Whoever asks has judged that those of the statement are
 * harmless. The question fails where the statement would for lack of a table or privilege.
 */
public final class RowEstimate {

  private RowEstimate() {}

  /** Returns whether a statement has rows to estimate. */
  public static boolean isOf(StatementAnalysis analysis) {
    return switch (analysis.command()) {
      case "UPDATE", "DELETE", "INSERT", "MERGE" -> true;
      default -> false;
    };
  }

  /** Returns the query that asks for the plan of a statement. */
  public static BoundSql question(BoundSql statement) {
    return new BoundSql(
        "EXPLAIN (FORMAT JSON, COSTS true) " + statement.text(), statement.values());
  }

  /** Returns the rows that a plan reads for its change; null when it does not tell. */
  public static @Nullable Long rows(Rows answer) {
    Value first = answer.first();
    if (first instanceof ListValue list
        && !list.items().isEmpty()
        && list.items().get(0) instanceof RowValue top
        && top.fields().get("Plan") instanceof RowValue plan) {
      return rows(plan.fields());
    }
    return null;
  }

  /** A ModifyTable node itself returns no rows; the ones below it are what it works on. */
  private static @Nullable Long rows(Map<String, Value> plan) {
    if (plan.get("Node Type") instanceof Value.TextValue type
        && type.value().equals("ModifyTable")
        && plan.get("Plans") instanceof ListValue below) {
      return below(below.items());
    }
    Value rows = plan.get("Plan Rows");
    return rows instanceof IntegerValue whole
        ? (Long) whole.value()
        : rows instanceof DoubleValue part ? (Long) Math.round(part.value()) : null;
  }

  private static @Nullable Long below(List<Value> plans) {
    for (Value plan : plans) {
      if (plan instanceof RowValue row
          && row.fields().get("Parent Relationship") instanceof Value.TextValue relation
          && relation.value().equals("Outer")) {
        return rows(row.fields());
      }
    }
    return null;
  }
}
