package dev.pgrunbook.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a step keeps as variables for later steps. */
public sealed interface Save {

  /** Returns the variables that it sets. */
  Set<String> variables();

  /** All rows, as an array of objects. */
  record SaveRows(String variable) implements Save {
    @Override
    public Set<String> variables() {
      return Set.of(variable);
    }
  }

  /**
   * Single values of the single row.
   *
   * @param columns variables with the column that each takes
   */
  record SaveColumns(Map<String, String> columns) implements Save {
    public SaveColumns {
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    @Override
    public Set<String> variables() {
      return columns.keySet();
    }
  }
}
