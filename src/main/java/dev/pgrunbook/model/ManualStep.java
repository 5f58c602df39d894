package dev.pgrunbook.model;

import dev.pgrunbook.expression.TextTemplate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tells a person what to do elsewhere.
 *
 * @param header what every kind may say
 * @param manual what to do
 * @param ask variables taken from what the person reads there, with their types
 */
public record ManualStep(StepHeader header, TextTemplate manual, Map<String, ParameterType> ask)
    implements Step {

  public ManualStep {
    Objects.requireNonNull(header);
    Objects.requireNonNull(manual);
    ask = Collections.unmodifiableMap(new LinkedHashMap<>(ask));
  }

  @Override
  public String kind() {
    return "manual";
  }

  @Override
  public Set<String> variables() {
    Set<String> variables = new LinkedHashSet<>(ask.keySet());
    variables.addAll(Step.super.variables());
    return variables;
  }
}
