package dev.pgrunbook.journal;

import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says to a question of a run that is not at his own terminal.
 *
 * @param address the step or item that asks
 * @param digest of exactly what was shown to him
 * @param by who; a shared store says who it was, whatever stands here
 * @param answer yes or no
 * @param comment why, or null
 */
public record PostedAnswer(
    StepAddress address, String digest, String by, Answer answer, @Nullable String comment) {

  /** Returns the digest of what a step or item asks for, or null when it asks for nothing. */
  public static @Nullable String question(RunState state, StepAddress address) {
    if (!state.isWaiting(address)) {
      return null;
    }
    StepState step = state.step(address);
    ReviewRequested review = step.reviewRequested();
    GateRequested gate = step.gateRequested();
    if (step.isReviewWaiting() && review != null) {
      return review.digest();
    }
    return gate == null ? null : gate.digest();
  }

  /**
   * Returns the event by which a journal tells the answer; null when it is none to what the run
   * asks now, or makes no difference: a second approval by the same person, or one by whoever began
   * the run where it takes others.
   */
  public @Nullable StepEvent event(RunState state) {
    if (!digest.equals(question(state, address))) {
      return null;
    }
    StepState step = state.step(address);
    ReviewRequested review = step.reviewRequested();
    if (step.isReviewWaiting() && review != null) {
      return new ReviewAnswered(address, by, answer, comment, digest, review.attachment());
    }
    GateRequested gate = step.gateRequested();
    return gate == null || (answer == Answer.APPROVED && !counts(state, step, gate))
        ? null
        : new GateAnswered(address, gate.gate(), by, answer, comment, digest);
  }

  private boolean counts(RunState state, StepState step, GateRequested gate) {
    boolean others = gate.needed() > 1;
    boolean own = state.started() != null && by.equals(state.started().by());
    return !(others && own) && !state.approvals(step, gate).contains(by);
  }
}
