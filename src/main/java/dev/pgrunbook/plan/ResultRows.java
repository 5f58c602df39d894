package dev.pgrunbook.plan;

import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a query.
 *
 * @param columns the names of the columns; they may repeat, and there may be none
 * @param rows each row's values, one a column
 * @param truncated whether there were more rows than asked for
 */
public record ResultRows(List<String> columns, List<List<Value>> rows, boolean truncated) {

  public ResultRows {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** Returns how many rows there are here. */
  public int size() {
    return rows.size();
  }

  /** Returns whether there is no row. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Returns the first row's first value, or null when there is no row or no column. */
  public @Nullable Value first() {
    return rows.isEmpty() || columns.isEmpty() ? null : rows.get(0).get(0);
  }

  /** Returns whether the first row's first value is true. */
  public boolean isTrue() {
    return Value.bool(true).equals(first());
  }

  /** Returns a row as an object; of columns with the same name the last one counts. */
  public RowValue row(int index) {
    return object(rows.get(index));
  }

  /** Returns a row of nulls. */
  public RowValue nulls() {
    return object(columns.stream().map(column -> Value.none()).toList());
  }

  /** Returns all rows as an array of objects. */
  public ListValue toValue() {
    List<Value> items = new ArrayList<>();
    rows.forEach(row -> items.add(object(row)));
    return new ListValue(items);
  }

  private RowValue object(List<Value> row) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.put(columns.get(i), row.get(i));
    }
    return new RowValue(fields);
  }
}
