package dev.pgrunbook.engine;

import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.ForEach;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.RunScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds a step or item by its address, with what names mean in it. */
final class StepFinder {

  private final RunContext context;

  StepFinder(RunContext context) {
    this.context = context;
  }

  /** Returns the step or item, or null when the runbook has none such now. */
  @Nullable StepRun find(StepAddress address) {
    List<Step> all = new ArrayList<>(context.runbook().steps());
    all.addAll(context.runbook().onFailure());
    all.addAll(context.runbook().finallySteps());
    return find(all, address, context.scope(), 0);
  }

  private @Nullable StepRun find(List<Step> steps, StepAddress address, RunScope outer, int depth) {
    for (Step step : steps) {
      StepRun found = find(step, address, outer, depth);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable StepRun find(Step step, StepAddress address, RunScope outer, int depth) {
    ForEach loop = step.header().forEach();
    RunScope scope = outer;
    int deeper = depth;
    if (loop != null) {
      List<RunScope> items = context.expander().items(loop, outer);
      if (depth >= address.items().size() || address.items().get(depth) > items.size()) {
        return null;
      }
      scope = items.get(address.items().get(depth) - 1);
      deeper++;
    }
    if (step.id().equals(address.step())) {
      return deeper == address.items().size()
          ? new StepRun(context, step, address, scope, 0)
          : null;
    }
    return find(step.nestedSteps(), address, scope, deeper);
  }
}
