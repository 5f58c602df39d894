package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StatementStarted;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run leaves open where it stops: questions that nobody has answered, and statements that
 * nobody knows the end of.
 */
final class LooseEnds {

  private final Map<StepAddress, StepEvent> questions = new LinkedHashMap<>();
  private final Set<StepAddress> doubts = new LinkedHashSet<>();

  /** Takes in what earlier processes have left. */
  void recall(RunState state) {
    state
        .steps()
        .forEach(
            (address, step) -> {
              ReviewRequested review = step.isReviewWaiting() ? step.reviewRequested() : null;
              StepEvent question = review == null ? step.gateRequested() : review;
              if (question != null && state.isWaiting(address)) {
                questions.put(address, question);
              }
              if (step.prepared() != null || step.started() != null) {
                doubts.add(address);
              }
            });
  }

  void heard(StepEvent event) {
    StepAddress address = event.address();
    boolean asks = event instanceof ReviewRequested || event instanceof GateRequested;
    if (asks) {
      questions.put(address, event);
    } else if (event instanceof ReviewAnswered || event instanceof GateAnswered) {
      questions.remove(address);
    } else if (event instanceof StatementPrepared || event instanceof StatementStarted) {
      doubts.add(address);
    } else {
      // Whatever else is recorded of a step, its statement has been settled.
      doubts.remove(address);
    }
  }

  /** Returns the questions, the first that was asked first. */
  List<StepEvent> questions() {
    return List.copyOf(questions.values());
  }

  /** Returns the steps and items of which nobody knows whether their statement took effect. */
  List<StepAddress> doubts() {
    return new ArrayList<>(doubts);
  }
}
