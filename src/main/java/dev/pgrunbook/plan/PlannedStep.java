package dev.pgrunbook.plan;

import dev.pgrunbook.model.Step;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a step will do, as far as that is known before it runs.
 *
 * @param step the step
 * @param items what it does for each item, once for a step without a loop; empty when not known
 * @param deferred why it is known only when running, in a phrase; null when everything is known
 * @param nested what the steps that it holds will do
 */
public record PlannedStep(
    Step step, List<PlannedItem> items, @Nullable String deferred, List<PlannedStep> nested) {

  public PlannedStep {
    Objects.requireNonNull(step);
    items = List.copyOf(items);
    nested = List.copyOf(nested);
  }

  /**
   * What a step does for one item.
   *
   * @param label what the item is called; null for a step without a loop
   * @param skipped why it does nothing; null when it does something
   * @param statements the SQL it sends, values in place, in order, or the query it generates it
   *     with
   */
  public record PlannedItem(
      @Nullable String label, @Nullable String skipped, List<PlannedStatement> statements) {
    public PlannedItem {
      statements = List.copyOf(statements);
    }
  }

  /**
   * A statement.
   *
   * @param target the role it is sent to
   * @param statement the statement with its values
   */
  public record PlannedStatement(@Nullable String target, ExpandedStatement statement) {}
}
