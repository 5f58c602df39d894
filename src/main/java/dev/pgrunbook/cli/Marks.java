package dev.pgrunbook.cli;

import dev.pgrunbook.cli.ResumeCommand.OperatorMark;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.source.Spelling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators say of steps, in the journal. */
final class Marks {

  private Marks() {}

  /** Records a mark; false when it fits no step that is in doubt or failed, which has been told. */
  static boolean apply(
      @Nullable OperatorMark mark, Journal journal, Runbook runbook, RunSetup setup) {
    if (mark == null) {
      return true;
    }
    StepAddress address = StepAddress.parse(mark.step());
    StepState state = address == null ? null : journal.state().steps().get(address);
    if (address == null || state == null) {
      List<String> ids = runbook.allSteps().stream().map(step -> step.id()).toList();
      setup
          .messages()
          .refuse(
              "no step " + mark.step() + " has begun in this run",
              Spelling.didYouMean(mark.step(), ids));
      return false;
    }
    boolean open = state.prepared() != null || state.started() != null;
    if (!open && state.status() != Status.FAILED) {
      setup
          .messages()
          .refuse(
              "step " + address + " is neither in doubt nor failed",
              "`" + setup.command("show " + journal.state().run()) + "` tells");
      return false;
    }
    journal.append(
        new OperatorMarked(address, mark.mark(), mark.reason(), setup.operator().user()));
    journal.flush();
    return true;
  }
}
