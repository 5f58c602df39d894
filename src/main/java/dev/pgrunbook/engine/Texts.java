package dev.pgrunbook.engine;

import dev.pgrunbook.expression.EvaluationException;
import dev.pgrunbook.expression.Expression;
import dev.pgrunbook.expression.Scope;
import dev.pgrunbook.expression.TextTemplate;
import dev.pgrunbook.value.Value;

/** Texts and expressions of a runbook at run time, where a failure of theirs is the step's. */
final class Texts {

  private Texts() {}

  static String fill(TextTemplate template, Scope scope) {
    try {
      return template.fill(scope).strip();
    } catch (EvaluationException failure) {
      throw new StepFailure(String.valueOf(failure.getMessage()));
    }
  }

  static boolean isTrue(Expression expression, Scope scope) {
    try {
      return expression.isTrue(scope);
    } catch (EvaluationException failure) {
      throw new StepFailure(String.valueOf(failure.getMessage()));
    }
  }

  static Value evaluate(Expression expression, Scope scope) {
    try {
      return expression.evaluate(scope);
    } catch (EvaluationException failure) {
      throw new StepFailure(String.valueOf(failure.getMessage()));
    }
  }
}
