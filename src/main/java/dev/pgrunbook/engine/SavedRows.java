package dev.pgrunbook.engine;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.Rows.Column;
import dev.pgrunbook.journal.RunEvent.RowsSaved;
import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.model.Save;
import dev.pgrunbook.model.Save.SaveRows;
import dev.pgrunbook.plan.ResultRows;
import dev.pgrunbook.plan.SavedValues;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.ValueJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as variables. */
final class SavedRows {

  private SavedRows() {}

  /** Returns rows as plans know them. */
  static ResultRows toResult(Rows rows) {
    List<String> columns = rows.columns().stream().map(Column::name).toList();
    return new ResultRows(columns, rows.rows(), rows.truncated());
  }

  /** Returns rows as an array of objects; of columns with the same name the last one counts. */
  static ListValue toValue(Rows rows) {
    return toResult(rows).toValue();
  }

  static RowValue toRow(List<Column> columns, List<Value> row) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.put(columns.get(i).name(), row.get(i));
    }
    return new RowValue(fields);
  }

  /** Journals what a step saves of its rows; nothing when the step saves nothing. */
  static void save(StepRun run, @Nullable Save save, Value rows) {
    ListValue all = (ListValue) rows;
    int count = save instanceof SaveRows ? all.items().size() : 1;
    SavedValues.of(save, all)
        .forEach(
            (variable, value) -> {
              String digest = RunbookDigest.sha256(ValueJson.write(value));
              run.context().record(new RowsSaved(run.address(), variable, digest, count, value));
            });
  }
}
