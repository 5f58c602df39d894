package dev.pgrunbook.engine;

import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.StepHeader;
import dev.pgrunbook.plan.RunScope;

/**
 * One execution of a step, or of one item of it.
 *
 * @param context the run
 * @param step the step
 * @param address the step or item
 * @param scope what names mean in it
 * @param since executions that began at this sequence number or before do not count
 */
record StepRun(RunContext context, Step step, StepAddress address, RunScope scope, long since) {

  StepHeader header() {
    return step.header();
  }

  /** Returns what is known of this execution. */
  StepState state() {
    StepState state = context.state().step(address);
    return counts(state) ? state : StepState.pending();
  }

  private boolean counts(StepState state) {
    return state.startedSeq() > since;
  }

  /** Returns whether an earlier execution is known that does not count. */
  boolean isAnew() {
    StepState state = context.state().step(address);
    return state.startedSeq() > 0 && !counts(state);
  }
}
