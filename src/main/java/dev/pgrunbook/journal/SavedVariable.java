package dev.pgrunbook.journal;

import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** A variable that a step has saved, or several items of a {@code forEach}, each its part. */
final class SavedVariable {

  private static final Comparator<List<Integer>> ITEM_ORDER =
      (a, b) -> {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
          int order = Integer.compare(a.get(i), b.get(i));
          if (order != 0) {
            return order;
          }
        }
        return Integer.compare(a.size(), b.size());
      };

  private record Part(String step, Value value) {}

  private final TreeMap<List<Integer>, Part> parts = new TreeMap<>(ITEM_ORDER);

  /**
   * Returns a variable that somebody has set; the next step or item that saves it replaces that.
   */
  static SavedVariable byHand(Value value) {
    SavedVariable variable = new SavedVariable();
    variable.parts.put(List.of(), new Part("", value));
    return variable;
  }

  void put(StepAddress address, Value value) {
    Part alone = parts.get(List.of());
    if (alone != null && alone.step().isEmpty()) {
      parts.clear();
    }
    parts.put(address.items(), new Part(address.step(), value));
  }

  /** Drops what a step or item, with its own items, has saved. */
  void forget(StepAddress address) {
    List<Integer> items = address.items();
    parts
        .entrySet()
        .removeIf(
            part ->
                part.getValue().step().equals(address.step())
                    && part.getKey().size() >= items.size()
                    && part.getKey().subList(0, items.size()).equals(items));
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  Value value() {
    Part alone = parts.get(List.of());
    if (alone != null) {
      return alone.value();
    }
    List<Value> all = new ArrayList<>();
    for (Part part : parts.values()) {
      if (part.value() instanceof ListValue list) {
        all.addAll(list.items());
      } else {
        all.add(part.value());
      }
    }
    return new ListValue(all);
  }
}
