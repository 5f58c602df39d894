package dev.pgrunbook.engine;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.plan.RunScope;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.RowValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** An assertion on the rows of a query. */
final class CheckExecutor implements StepExecutor<CheckStep> {

  private static final int ROWS_TOLD = 20;
  private static final int ROWS_COUNTED = 10_000;

  private final ReadOnlyQueries queries;

  CheckExecutor(ReadOnlyQueries queries) {
    this.queries = queries;
  }

  @Override
  public void execute(CheckStep step, StepRun run) {
    Rows rows = queries.rows(run, step.check(), ROWS_COUNTED);
    if (!holds(step, rows)) {
      throw new StepFailure(message(step, run, rows));
    }
  }

  private static boolean holds(CheckStep step, Rows rows) {
    return switch (step.expect()) {
      case TRUE -> rows.size() == 1 && Value.bool(true).equals(rows.first());
      case EMPTY -> rows.isEmpty();
      case NON_EMPTY -> !rows.isEmpty();
    };
  }

  private static String message(CheckStep step, StepRun run, Rows rows) {
    if (step.message() == null) {
      return plainMessage(step, rows);
    }
    LinkedHashSet<String> lines = new LinkedHashSet<>();
    int told = Math.min(rows.size(), ROWS_TOLD);
    for (int i = 0; i < told; i++) {
      RowValue row = SavedRows.toRow(rows.columns(), rows.rows().get(i));
      RunScope scope = run.scope().withColumns(row.fields());
      lines.add(Texts.fill(step.message(), scope));
    }
    if (rows.isEmpty()) {
      RowValue nulls = SavedRows.toRow(rows.columns(), nulls(rows));
      lines.add(Texts.fill(step.message(), run.scope().withColumns(nulls.fields())));
    }
    List<String> all = new ArrayList<>(lines);
    if (rows.size() > told) {
      String more = rows.truncated() ? "more than " : "";
      all.add("… and " + more + (rows.size() - told) + " further rows");
    }
    return String.join("\n", all);
  }

  private static List<Value> nulls(Rows rows) {
    return rows.columns().stream().map(column -> Value.none()).toList();
  }

  private static String plainMessage(CheckStep step, Rows rows) {
    String count = rows.truncated() ? "more than " + rows.size() : String.valueOf(rows.size());
    return switch (step.expect()) {
      case TRUE ->
          rows.size() == 1
              ? "expected true, but the first column is "
                  + (rows.first() == null || rows.first().isNull()
                      ? "null"
                      : rows.first().display())
              : "expected one row whose first column is true, but there were " + count + " rows";
      case EMPTY -> "expected no rows, but there were " + count;
      case NON_EMPTY -> "expected rows, but there were none";
    };
  }
}
