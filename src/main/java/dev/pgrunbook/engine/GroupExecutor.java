package dev.pgrunbook.engine;

import dev.pgrunbook.model.GroupStep;

/** Steps that belong together. */
final class GroupExecutor implements StepExecutor<GroupStep> {

  private final StepRunner steps;

  GroupExecutor(StepRunner steps) {
    this.steps = steps;
  }

  @Override
  public void execute(GroupStep step, StepRun run) {
    steps.runGroup(step, run);
  }
}
