package dev.pgrunbook.plan;

import dev.pgrunbook.model.Save;
import dev.pgrunbook.model.Save.SaveColumns;
import dev.pgrunbook.model.Save.SaveRows;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.ValueJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as the variables that a step saves them in. */
public final class SavedValues {

  /** More rows than this are no variable; a generator or a loop of the server's own fits better. */
  public static final int MAXIMUM = 100_000;

  private SavedValues() {}

  /**
   * Returns the variables that a step saves of its rows; none when it saves nothing.
   *
   * <p>Values are what the journal's JSON gives back, so that a variable's type is the same whether
   * or not a run was resumed: a {@code numeric} without fraction is an integer.
   *
   * @throws UnfitValue when the rows are not such as the step asks for
   */
  public static Map<String, Value> of(@Nullable Save save, ListValue rows) {
    Map<String, Value> saved = new LinkedHashMap<>();
    if (save instanceof SaveRows all) {
      saved.put(all.variable(), journaled(rows));
    } else if (save instanceof SaveColumns columns) {
      List<Value> items = rows.items();
      if (items.size() != 1) {
        throw new UnfitValue(
            "`save` takes columns of a single row, but there were " + items.size() + " rows");
      }
      Map<String, Value> fields = ((RowValue) items.get(0)).fields();
      columns
          .columns()
          .forEach((name, column) -> saved.put(name, journaled(field(fields, column))));
    }
    return saved;
  }

  private static Value field(Map<String, Value> fields, String column) {
    Value value = fields.get(column);
    if (value == null) {
      throw new UnfitValue(
          "`save` takes the column \""
              + column
              + "\", but the row has: "
              + String.join(", ", fields.keySet()));
    }
    return value;
  }

  private static Value journaled(Value value) {
    return ValueJson.parse(ValueJson.write(value));
  }
}
