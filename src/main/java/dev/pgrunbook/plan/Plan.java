package dev.pgrunbook.plan;

import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What will run: a runbook with its arguments, expanded as far as that is known.
 *
 * @param runbook the runbook
 * @param arguments the value of every parameter
 * @param steps what its steps will do
 * @param onFailure what it will do after a failed step
 * @param finallySteps what it will do whenever it ends
 */
public record Plan(
    Runbook runbook,
    Map<String, Value> arguments,
    List<PlannedStep> steps,
    List<PlannedStep> onFailure,
    List<PlannedStep> finallySteps) {

  public Plan {
    Objects.requireNonNull(runbook);
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    steps = List.copyOf(steps);
    onFailure = List.copyOf(onFailure);
    finallySteps = List.copyOf(finallySteps);
  }
}
