package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.plan.PlanDifference;
import dev.pgrunbook.plan.PlanIndex;
import dev.pgrunbook.plan.PlanOutline;
import dev.pgrunbook.plan.PlanOutline.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a run to the plan that it follows: what differs stops the run before it runs.
 *
 * <p>What the plan has as known when running is not held to anything here: people saw that, and its
 * review or gate asks. Less may run than was planned, where {@code unless} says that it is done.
 */
final class PlanGuard {

  private final @Nullable PlanIndex plan;

  /** Takes the plan, or null for a run that follows none. */
  PlanGuard(@Nullable PlanOutline plan) {
    this.plan = plan == null ? null : new PlanIndex(plan);
  }

  /**
   * Returns when statements may run.
   *
   * @param statements all of a step or item, as people read them
   */
  void check(StepAddress address, List<String> statements) {
    if (plan == null || statements.isEmpty()) {
      return;
    }
    Item item = plan.find(address.step(), address.items());
    if (item != null && item.isDeferred()) {
      return;
    }
    List<String> planned = item == null || item.isSkipped() ? List.of() : item.executed();
    List<String> difference = PlanDifference.ofStatements(planned, statements);
    if (!difference.isEmpty()) {
      throw new RunPause(
          PauseReason.DIFFERS,
          address
              + " differs from the plan; nothing of it was run\n"
              + String.join("\n", difference));
    }
  }
}
