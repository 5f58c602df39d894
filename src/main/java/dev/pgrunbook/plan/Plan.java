package dev.pgrunbook.plan;

import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What will run: a runbook with its arguments, expanded as far as that is known.
 *
 * @param runbook the runbook
 * @param arguments the value of every parameter
 * @param connected whether databases were asked
 * @param targets the databases, in the order of the runbook's roles
 * @param steps what its steps will do
 * @param onFailure what it will do after a failed step
 * @param finallySteps what it will do whenever it ends
 */
public record Plan(
    Runbook runbook,
    Map<String, Value> arguments,
    boolean connected,
    List<PlannedTarget> targets,
    List<PlannedStep> steps,
    List<PlannedStep> onFailure,
    List<PlannedStep> finallySteps) {

  public Plan {
    Objects.requireNonNull(runbook);
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    targets = List.copyOf(targets);
    steps = List.copyOf(steps);
    onFailure = List.copyOf(onFailure);
    finallySteps = List.copyOf(finallySteps);
  }

  /**
   * A finding with its place.
   *
   * @param step the step it is about
   * @param item the item's label, or null
   * @param statement the place of the statement among those of the item, from one, or null
   * @param finding what was found
   */
  public record Located(
      PlannedStep step, @Nullable String item, @Nullable Integer statement, Finding finding) {}

  /** Returns every step, nested ones after the step that holds them, in the order of the file. */
  public List<PlannedStep> allSteps() {
    List<PlannedStep> all = new ArrayList<>();
    for (List<PlannedStep> block : List.of(steps, onFailure, finallySteps)) {
      block.forEach(step -> visit(step, all));
    }
    return all;
  }

  private static void visit(PlannedStep step, List<PlannedStep> all) {
    all.add(step);
    step.nested().forEach(nested -> visit(nested, all));
  }

  /** Returns every finding, in the order of the steps. */
  public List<Located> findings() {
    List<Located> all = new ArrayList<>();
    for (PlannedStep step : allSteps()) {
      for (PlannedItem item : step.items()) {
        item.findings().forEach(f -> all.add(new Located(step, item.label(), null, f)));
        for (int i = 0; i < item.statements().size(); i++) {
          int place = i + 1;
          item.statements()
              .get(i)
              .findings()
              .forEach(f -> all.add(new Located(step, item.label(), place, f)));
        }
      }
    }
    return all;
  }

  /** Returns the digest of what it does; see {@link PlanDigest}. */
  public String digest() {
    return PlanDigest.of(this);
  }

  /** Returns whether a finding says that the run would fail. */
  public boolean hasErrors() {
    return findings().stream().anyMatch(located -> located.finding().isError());
  }
}
