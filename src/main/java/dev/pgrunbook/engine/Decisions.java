package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunEvent.PauseReason;

/** What answers have in common. */
final class Decisions {

  private Decisions() {}

  /** Returns an answer, unless it is that the run stands still. */
  static Decision orPause(Decision decision) {
    if (decision instanceof Decision.Pause) {
      throw new RunPause(PauseReason.OPERATOR, "stopped by the operator");
    }
    return decision;
  }

  /** An answer that does not fit its request is a defect of whoever decides. */
  static IllegalStateException unfit(Request request, Decision decision) {
    return new IllegalStateException(
        decision.getClass().getSimpleName() + " answers no " + request.getClass().getSimpleName());
  }
}
