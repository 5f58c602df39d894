package dev.pgrunbook.model;

import dev.pgrunbook.expression.TextTemplate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A human decision.
 *
 * @param header what every kind may say
 * @param gate the question
 * @param type the text that has to be typed to pass; null for yes or no
 * @param approvals how many people must approve; with 2 or more they are different people, none of
 *     them the one who started the run
 */
public record GateStep(
    StepHeader header, TextTemplate gate, @Nullable TextTemplate type, int approvals)
    implements Step {

  public GateStep {
    Objects.requireNonNull(header);
    Objects.requireNonNull(gate);
    if (approvals < 1) {
      throw new IllegalArgumentException("approvals " + approvals);
    }
  }

  @Override
  public String kind() {
    return "gate";
  }
}
