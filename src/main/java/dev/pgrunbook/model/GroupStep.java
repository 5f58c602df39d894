package dev.pgrunbook.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Steps that belong together.
 *
 * @param steps the steps, in the order of the file
 * @param parallel how many of them run side by side; null for one after the other
 */
public record GroupStep(StepHeader header, List<Step> steps, @Nullable Integer parallel)
    implements Step {

  public GroupStep {
    Objects.requireNonNull(header);
    steps = List.copyOf(steps);
    parallel = Parallel.normal(parallel);
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
