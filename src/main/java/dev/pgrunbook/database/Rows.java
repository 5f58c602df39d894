package dev.pgrunbook.database;

import dev.pgrunbook.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a query.
 *
 * @param columns the columns; names may repeat, and there may be none
 * @param rows each row's values, one a column
 * @param truncated whether there were more rows than asked for
 */
public record Rows(List<Column> columns, List<List<Value>> rows, boolean truncated) {

  public Rows {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * A column.
   *
   * @param name its name; not unique
   * @param type PostgreSQL's name of its type, such as {@code int8} or {@code text[]}
   */
  public record Column(String name, String type) {}

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
}
