package dev.pgrunbook.plan;

import dev.pgrunbook.plan.PlanOutline.Block;
import dev.pgrunbook.plan.PlanOutline.Item;
import dev.pgrunbook.plan.PlanOutline.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what a plan has for a step or an item of it, by the address that a run gives it. */
public final class PlanIndex {

  private record Key(String step, List<Integer> items) {}

  private final Map<Key, Item> items = new HashMap<>();

  /** Takes a plan in. */
  public PlanIndex(PlanOutline plan) {
    addAll(plan.steps(), List.of());
    addAll(plan.onFailure(), List.of());
    addAll(plan.finallySteps(), List.of());
  }

  private void addAll(List<Step> steps, List<Integer> outer) {
    for (Step step : steps) {
      int number = 0;
      for (Item item : step.items()) {
        number++;
        // The one item of a loop whose list is not known yet has no label: it stands for all.
        List<Integer> at = step.looped() && item.label() != null ? with(outer, number) : outer;
        items.put(new Key(step.id(), at), item);
        for (Block block : item.blocks()) {
          addAll(block.steps(), at);
        }
      }
    }
  }

  private static List<Integer> with(List<Integer> outer, int number) {
    List<Integer> all = new ArrayList<>(outer);
    all.add(number);
    return List.copyOf(all);
  }

  /**
   * Returns what the plan has for a step or item; null when it has nothing for it.
   *
   * @param at the places of the items of the loops around it, and of its own, from one
   */
  public @Nullable Item find(String step, List<Integer> at) {
    Item exact = items.get(new Key(step, List.copyOf(at)));
    for (int length = at.size() - 1; exact == null && length >= 0; length--) {
      Item whole = items.get(new Key(step, List.copyOf(at.subList(0, length))));
      exact = whole != null && whole.isDeferred() ? whole : null;
    }
    return exact;
  }
}
