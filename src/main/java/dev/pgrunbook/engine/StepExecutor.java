package dev.pgrunbook.engine;

import dev.pgrunbook.model.Step;

/**
 * Carries out one kind of step.
 *
 * @param <S> the kind
 */
interface StepExecutor<S extends Step> {

  /**
   * Does what is left to do of one execution.
   *
   * @throws StepFailure when it cannot be done
   * @throws RunPause when the run has to stand still
   */
  void execute(S step, StepRun run);
}
