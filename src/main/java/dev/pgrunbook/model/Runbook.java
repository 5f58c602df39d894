package dev.pgrunbook.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A whole procedure.
 *
 * @param name lower-case words and hyphens, {@code /} for folders
 * @param version semantic version of this runbook
 * @param requires the language versions it needs, such as {@code >=1.2}; null when any will do
 * @param title one line for people
 * @param description some paragraphs for people, or null
 * @param links further reading
 * @param parameters what has to be said before it runs, in order
 * @param targets the roles that databases play in it, in order
 * @param steps what it does, in order
 * @param onFailure what it does after a failed step, before {@code finallySteps}
 * @param finallySteps what it does whenever the run ends
 */
public record Runbook(
    String name,
    String version,
    @Nullable String requires,
    String title,
    @Nullable String description,
    List<Link> links,
    List<Parameter> parameters,
    List<TargetRole> targets,
    List<Step> steps,
    List<Step> onFailure,
    List<Step> finallySteps) {

  public Runbook {
    Objects.requireNonNull(name);
    Objects.requireNonNull(version);
    Objects.requireNonNull(title);
    links = List.copyOf(links);
    parameters = List.copyOf(parameters);
    targets = List.copyOf(targets);
    steps = List.copyOf(steps);
    onFailure = List.copyOf(onFailure);
    finallySteps = List.copyOf(finallySteps);
  }

  /** Returns a parameter by its name, or null. */
  public @Nullable Parameter parameter(String wanted) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(wanted)) {
        return parameter;
      }
    }
    return null;
  }

  /** Returns a role by its name, or null. */
  public @Nullable TargetRole target(String role) {
    for (TargetRole target : targets) {
      if (target.role().equals(role)) {
        return target;
      }
    }
    return null;
  }

  /** Returns every step, nested ones after the step that holds them, in the order of the file. */
  public List<Step> allSteps() {
    List<Step> all = new ArrayList<>();
    steps.forEach(step -> visit(step, all::add));
    onFailure.forEach(step -> visit(step, all::add));
    finallySteps.forEach(step -> visit(step, all::add));
    return all;
  }

  /** Returns a step by its id, wherever it is nested, or null. */
  public @Nullable Step step(String id) {
    for (Step step : allSteps()) {
      if (step.id().equals(id)) {
        return step;
      }
    }
    return null;
  }

  private static void visit(Step step, Consumer<Step> visitor) {
    visitor.accept(step);
    step.nestedSteps().forEach(nested -> visit(nested, visitor));
  }
}
