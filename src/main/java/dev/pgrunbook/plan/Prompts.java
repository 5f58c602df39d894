package dev.pgrunbook.plan;

import dev.pgrunbook.expression.EvaluationException;
import dev.pgrunbook.expression.Reference;
import dev.pgrunbook.expression.TextTemplate;
import dev.pgrunbook.model.GateStep;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.Step;
import org.jspecify.annotations.Nullable;

/** What a person is asked or told at a step. */
final class Prompts {

  private Prompts() {}

  /**
   * Returns the text with its values, or as it is written where those are not known yet; null when
   * a step asks nobody.
   */
  static @Nullable String of(Step step, RunScope scope, Variables variables) {
    TextTemplate text = template(step);
    if (text == null) {
      return null;
    }
    boolean known =
        variables.waitFor(text.references().stream().map(Reference::name).sorted().toList())
            == null;
    try {
      return known ? text.fill(scope).strip() : text.text().strip();
    } catch (EvaluationException unfit) {
      return text.text().strip();
    }
  }

  private static @Nullable TextTemplate template(Step step) {
    if (step instanceof GateStep gate) {
      return gate.gate();
    }
    return step instanceof ManualStep manual ? manual.manual() : step.header().confirm();
  }
}
