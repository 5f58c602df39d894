package dev.pgrunbook.engine;

import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.Savers;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run's early end leaves open: in {@code onFailure} and {@code finally} a variable is null
 * whose step was not reached, where the plan shows the value of a run that gets to its end.
 */
final class EarlyEnd {

  private EarlyEnd() {}

  /**
   * Returns whether a step of these blocks uses variables of which none has been saved. What it
   * then runs is what the runbook writes, with null for each: the plan says so, and a run that is
   * held to the plan must be able to end.
   */
  static boolean leavesOpen(Step step, RunContext context) {
    if (!(step instanceof SqlStep sql) || !isLast(step, context.runbook())) {
      return false;
    }
    List<String> variables = new ArrayList<>(sql.sql().names());
    variables.retainAll(Savers.of(context.runbook().steps()).keySet());
    return !variables.isEmpty() && variables.stream().noneMatch(context.state()::hasVariable);
  }

  private static boolean isLast(Step step, Runbook runbook) {
    return holds(runbook.onFailure(), step.id()) || holds(runbook.finallySteps(), step.id());
  }

  private static boolean holds(List<Step> steps, String id) {
    return steps.stream().anyMatch(one -> one.id().equals(id) || holds(one.nestedSteps(), id));
  }
}
