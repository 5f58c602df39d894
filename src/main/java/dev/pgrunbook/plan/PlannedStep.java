package dev.pgrunbook.plan;

import dev.pgrunbook.model.Step;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a step will do, as far as that is known before it runs.
 *
 * @param number its place, such as {@code 3} or {@code 3.1}
 * @param step the step
 * @param onlyIf what has to happen for it to run, such as {@code fill takes too long}; null for a
 *     step that runs in its turn
 * @param resolution how far it is known as a whole; an item's own says more about that item
 * @param items what it does for each item, once for a step without a loop; empty when the items are
 *     not known
 */
public record PlannedStep(
    String number,
    Step step,
    @Nullable String onlyIf,
    Resolution resolution,
    List<PlannedItem> items) {

  public PlannedStep {
    Objects.requireNonNull(number);
    Objects.requireNonNull(step);
    Objects.requireNonNull(resolution);
    items = List.copyOf(items);
  }

  /** Returns every step inside this one, for all items, in order. */
  public List<PlannedStep> nested() {
    return items.stream()
        .flatMap(item -> item.blocks().stream())
        .flatMap(block -> block.steps().stream())
        .toList();
  }
}
