package dev.pgrunbook.testing;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunControl;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides as a test says, and otherwise as {@code --yes} does: reviews and plain questions are
 * approved, and what only a person can answer pauses the run.
 */
final class PlayedOperator implements RunControl {

  private final RunRecorder recorder;
  private final Map<String, RunControl> answers = new ConcurrentHashMap<>();
  private final Map<String, RunControl> hands = new ConcurrentHashMap<>();
  private final Map<String, Runnable> interludes = new ConcurrentHashMap<>();

  /**
   * @param recorder is told what is asked
   */
  PlayedOperator(RunRecorder recorder) {
    this.recorder = recorder;
  }

  /** Has the questions of a step and its items answered so, but whether they may begin. */
  void answers(String step, RunControl control) {
    answers.put(step, control);
  }

  /** Has it decided so before a step or an item of it begins, and after it has failed. */
  void decides(String step, RunControl control) {
    hands.put(step, control);
  }

  /** Has something done right before a step, or each item of it, begins. */
  void does(String step, Runnable interlude) {
    interludes.put(step, interlude);
  }

  @Override
  public Decision decide(Request request) {
    String step = request.address().step();
    boolean asked =
        request instanceof Request.BeforeStep || request instanceof Request.AfterFailure;
    RunControl hand = asked ? hands.get(step) : null;
    if (hand != null) {
      return hand.decide(request);
    }
    if (request instanceof Request.BeforeStep) {
      Runnable interlude = interludes.get(step);
      if (interlude != null) {
        interlude.run();
      }
      return new Decision.Proceed();
    } else if (request instanceof Request.AfterFailure) {
      return new Decision.Fail();
    }
    recorder.asked(request);
    RunControl control = answers.get(step);
    return control == null ? usual(request) : control.decide(request);
  }

  private static Decision usual(Request request) {
    boolean plain = request instanceof Request.Gate gate && gate.type() == null;
    return plain || request instanceof Request.Review
        ? new Decision.Approve(RunbookRun.OPERATOR, "--yes", null)
        : new Decision.Pause();
  }
}
