package dev.pgrunbook.repl;

import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where steps stand in their runbook, nested ones after the step that holds them. */
final class Places {

  /**
   * A step's place.
   *
   * @param block what the list is called that it is in; empty for the runbook's own steps
   * @param number from one
   * @param depth how many steps hold it
   */
  record Place(Step step, String block, int number, int of, int depth) {

    /** Returns it for people, such as {@code 2/7}. */
    String shortly() {
      return (block.isEmpty() ? "" : block + " ") + number + "/" + of;
    }
  }

  private record Nested(Step step, int depth) {}

  private final List<Place> all = new ArrayList<>();

  Places(Runbook runbook) {
    add("", runbook.steps());
    add("onFailure", runbook.onFailure());
    add("finally", runbook.finallySteps());
  }

  private void add(String block, List<Step> steps) {
    List<Nested> flat = new ArrayList<>();
    steps.forEach(step -> flatten(step, 0, flat));
    for (Nested nested : flat) {
      int number = flat.indexOf(nested) + 1;
      all.add(new Place(nested.step(), block, number, flat.size(), nested.depth()));
    }
  }

  private static void flatten(Step step, int depth, List<Nested> flat) {
    flat.add(new Nested(step, depth));
    step.nestedSteps().forEach(nested -> flatten(nested, depth + 1, flat));
  }

  List<Place> all() {
    return all;
  }

  /** Returns the place of a step by its id, or null. */
  @Nullable Place of(String id) {
    for (Place place : all) {
      if (place.step().id().equals(id)) {
        return place;
      }
    }
    return null;
  }

  /** Returns what comes after a step in its block, the steps of a group first, or null. */
  @Nullable Place after(Place place) {
    int deepest = place.step() instanceof GroupStep ? Integer.MAX_VALUE : place.depth();
    for (Place next : all.subList(all.indexOf(place) + 1, all.size())) {
      if (!next.block().equals(place.block())) {
        return null;
      }
      if (next.depth() <= deepest) {
        return next;
      }
    }
    return null;
  }

  List<String> ids() {
    return all.stream().map(place -> place.step().id()).toList();
  }
}
