package dev.pgrunbook.model;

import dev.pgrunbook.value.Value;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a step once for each item of a list.
 *
 * @param name the variable that holds the item; a row when the list is saved rows
 * @param items where the items come from
 * @param parallel how many items run side by side; null for one after the other
 */
public record ForEach(String name, Items items, @Nullable Integer parallel) {

  public ForEach {
    Objects.requireNonNull(name);
    Objects.requireNonNull(items);
    parallel = Parallel.normal(parallel);
  }

  /** Where the items come from. */
  public sealed interface Items {}

  /** A list parameter or saved rows, by name. */
  public record NamedItems(String variable) implements Items {}

  /** A list that the file writes out. */
  public record LiteralItems(List<Value> values) implements Items {
    public LiteralItems {
      values = List.copyOf(values);
    }
  }
}
