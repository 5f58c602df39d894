package dev.pgrunbook.engine;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.Rows.Column;
import dev.pgrunbook.journal.RunEvent.RowsSaved;
import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.model.Save;
import dev.pgrunbook.model.Save.SaveColumns;
import dev.pgrunbook.model.Save.SaveRows;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.ValueJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as variables. */
final class SavedRows {

  /** More rows than this are no variable; a generator or a loop of the server's own fits better. */
  static final int MAXIMUM = 100_000;

  private SavedRows() {}

  /** Returns rows as an array of objects; of columns with the same name the last one counts. */
  static ListValue toValue(Rows rows) {
    List<Value> items = new ArrayList<>();
    rows.rows().forEach(row -> items.add(toRow(rows.columns(), row)));
    return new ListValue(items);
  }

  static RowValue toRow(List<Column> columns, List<Value> row) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.put(columns.get(i).name(), row.get(i));
    }
    return new RowValue(fields);
  }

  /**
   * Journals what a step saves of its rows; null when the step saves nothing.
   *
   * <p>Values are what the journal's JSON gives back, so that a variable's type is the same whether
   * or not the run was resumed: a {@code numeric} without fraction is an integer.
   */
  static void save(StepRun run, @Nullable Save save, Value rows) {
    if (save == null) {
      return;
    }
    List<Value> items = ((ListValue) rows).items();
    if (save instanceof SaveRows all) {
      record(run, all.variable(), items.size(), rows);
      return;
    }
    if (items.size() != 1) {
      throw new StepFailure(
          "`save` takes columns of a single row, but there were " + items.size() + " rows");
    }
    Map<String, Value> fields = ((RowValue) items.get(0)).fields();
    for (Map.Entry<String, String> entry : ((SaveColumns) save).columns().entrySet()) {
      Value value = fields.get(entry.getValue());
      if (value == null) {
        throw new StepFailure(
            "`save` takes the column \""
                + entry.getValue()
                + "\", but the row has: "
                + String.join(", ", fields.keySet()));
      }
      record(run, entry.getKey(), 1, value);
    }
  }

  private static void record(StepRun run, String variable, int count, Value value) {
    String json = ValueJson.write(value);
    String digest = RunbookDigest.sha256(json);
    run.context()
        .record(new RowsSaved(run.address(), variable, digest, count, ValueJson.parse(json)));
  }
}
