package dev.pgrunbook.plan;

import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.Step;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which steps save which variables. */
public final class Savers {

  private Savers() {}

  /** Returns every variable that steps and the steps inside them save, with the step's id. */
  public static Map<String, String> of(Collection<Step> steps) {
    Map<String, String> savers = new LinkedHashMap<>();
    for (Step step : steps) {
      savedBy(step).forEach(name -> savers.put(name, step.id()));
      savers.putAll(of(step.nestedSteps()));
    }
    return savers;
  }

  /** Returns the variables that a step itself saves. */
  static Set<String> savedBy(Step step) {
    Set<String> names = new LinkedHashSet<>();
    if (step.save() != null) {
      names.addAll(step.save().variables());
    }
    if (step instanceof ManualStep manual) {
      names.addAll(manual.ask().keySet());
    }
    return names;
  }
}
