package dev.pgrunbook.plan;

import dev.pgrunbook.model.Save.SaveRows;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What variables will hold at a place of a run: a value, or something known when running. */
final class Variables {

  private final Map<String, Value> known = new HashMap<>();

  /** Variables that are known when running, with the step that saves each. */
  private final Map<String, String> unknown = new HashMap<>();

  /** Returns a variable's value; null before it was saved. */
  Value value(String name) {
    return known.getOrDefault(name, Value.none());
  }

  void put(String name, Value value) {
    unknown.remove(name);
    known.put(name, value);
  }

  /** Adds what an item of a loop saves to what the items before it saved. */
  void append(String name, Value value) {
    if (unknown.containsKey(name)) {
      return;
    }
    List<Value> all = new ArrayList<>();
    if (known.get(name) instanceof ListValue before) {
      all.addAll(before.items());
    }
    if (value instanceof ListValue more) {
      all.addAll(more.items());
    } else {
      all.add(value);
    }
    known.put(name, new ListValue(all));
  }

  /** Notes that whatever a step saves is known when running. */
  void forget(Step step) {
    Savers.savedBy(step).forEach(name -> unknown.put(name, step.id()));
  }

  /** Notes the same of all that steps and the steps inside them save. */
  void forgetAll(Collection<Step> steps) {
    for (Step step : steps) {
      forget(step);
      forgetAll(step.nestedSteps());
    }
  }

  /** Notes that a step saves nothing. */
  void putNulls(Step step, boolean item) {
    if (!(item && step.save() instanceof SaveRows)) {
      for (String name : Savers.savedBy(step)) {
        if (item) {
          append(name, Value.none());
        } else {
          put(name, Value.none());
        }
      }
    }
  }

  /** Returns why names have no value yet; null when all have. */
  @Nullable Deferred waitFor(Collection<String> names) {
    List<String> phrases = new ArrayList<>();
    Set<String> steps = new LinkedHashSet<>();
    for (String name : names) {
      String step = unknown.get(name);
      if (step != null) {
        phrases.add(name + ", which " + step + " saves");
        steps.add(step);
      }
    }
    return phrases.isEmpty()
        ? null
        : new Deferred("it needs " + String.join(", and ", phrases), List.copyOf(steps));
  }
}
