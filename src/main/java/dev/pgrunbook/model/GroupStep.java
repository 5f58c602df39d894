package dev.pgrunbook.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Steps that belong together. */
public record GroupStep(StepHeader header, List<Step> steps) implements Step {

  public GroupStep {
    Objects.requireNonNull(header);
    steps = List.copyOf(steps);
  }

  @Override
  public String kind() {
    return "steps";
  }

  @Override
  public List<Step> nestedSteps() {
    List<Step> nested = new ArrayList<>(steps);
    nested.addAll(header.onTimeout());
    return nested;
  }
}
