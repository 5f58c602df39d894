package dev.pgrunbook.journal;

import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** A variable that one step has saved, or several items of a {@code forEach}, each its part. */
final class SavedVariable {

  private final TreeMap<List<Integer>, Value> parts = new TreeMap<>(ITEM_ORDER);

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

  void put(List<Integer> items, Value value) {
    parts.put(items, value);
  }

  Value value() {
    Value alone = parts.get(List.of());
    if (alone != null) {
      return alone;
    }
    List<Value> all = new ArrayList<>();
    for (Value part : parts.values()) {
      if (part instanceof ListValue list) {
        all.addAll(list.items());
      } else {
        all.add(part);
      }
    }
    return new ListValue(all);
  }
}
