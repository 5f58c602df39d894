package dev.pgrunbook.engine;

import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.Step;
import java.util.List;
import java.util.Map;

/** Finds what was done and is to be gone through again, because something in it was undone. */
final class Reopening {

  private Reopening() {}

  /** Returns whether a loop or a group is done but for something in it that was undone. */
  static boolean isReopened(StepRun run) {
    boolean holds = run.header().forEach() != null || run.step() instanceof GroupStep;
    return holds && run.state().isSettled() && isOpenWithin(run);
  }

  private static boolean isOpenWithin(StepRun run) {
    StepAddress whole = run.address();
    List<Integer> around = whole.items();
    long ended = run.state().endedSeq();
    return run.context().state().steps().entrySet().stream()
        .filter(known -> isOpenAfter(known.getValue(), ended) && !known.getKey().equals(whole))
        .map(Map.Entry::getKey)
        .filter(address -> holds(run.step(), address.step()))
        .map(StepAddress::items)
        .anyMatch(
            items ->
                items.size() >= around.size() && items.subList(0, around.size()).equals(around));
  }

  private static boolean isOpenAfter(StepState state, long ended) {
    return !state.isSettled() && (state.isReopened() || state.startedSeq() > ended);
  }

  private static boolean holds(Step step, String id) {
    return step.id().equals(id) || step.nestedSteps().stream().anyMatch(one -> holds(one, id));
  }
}
