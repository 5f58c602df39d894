package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.plan.ExpandedStatement;
import java.util.List;

/** Asks whoever has the run in hand, before a step begins and after it has failed. */
final class StepQuestions {

  private final RunContext context;
  private final StepRecords steps;
  private final Undoing undoing;

  StepQuestions(RunContext context, StepRecords steps, Undoing undoing) {
    this.context = context;
    this.steps = steps;
    this.undoing = undoing;
  }

  /** Asks whether a step is to begin; it is settled when not. */
  boolean isLeftOut(StepRun run, List<ExpandedStatement> statements) {
    Request request = new Request.BeforeStep(run.address(), run.step(), statements, run.scope());
    Decision decision = Decisions.orPause(context.decide(request));
    if (decision instanceof Decision.Skip skip) {
      steps.skip(run, skip.reason());
      return true;
    } else if (decision instanceof Decision.Settle settle && settle.mark() == Mark.DONE) {
      steps.mark(run, settle);
      return true;
    } else if (decision instanceof Decision.Proceed) {
      return false;
    }
    throw aside(run, request, decision);
  }

  /** Asks what is to become of a failed step; it is settled unless it is tried again. */
  boolean isTriedAgain(StepRun run, StepFailure failure) {
    StatementFailed refused = run.state().lastFailure();
    boolean told = refused != null && failure.sentence().startsWith(refused.error().message());
    Request request =
        new Request.AfterFailure(
            run.address(), run.step(), failure.sentence(), told ? refused : null, run.scope());
    Decision decision = context.decide(request);
    if (decision instanceof Decision.Fail) {
      throw failure.accepted();
    } else if (decision instanceof Decision.Skip skip) {
      steps.skip(run, skip.reason());
      return false;
    } else if (decision instanceof Decision.Settle settle) {
      steps.mark(run, settle);
      return settle.mark() == Mark.AGAIN;
    } else if (decision instanceof Decision.Pause) {
      // Resumed, the run is to go on with this step, and not with what follows a failure.
      String by = context.state().operator();
      steps.mark(run, new Decision.Settle(Mark.AGAIN, "the run was paused after the failure", by));
      throw new RunPause(
          PauseReason.OPERATOR, run.address() + " has failed and waits for another try");
    }
    throw aside(run, request, decision);
  }

  /** Does what an operator wants beside the steps, after which they are walked again. */
  private RuntimeException aside(StepRun run, Request request, Decision decision) {
    if (decision instanceof Decision.SetVariable set) {
      context.recordFinal(new VariableSet(run.address(), set.name(), set.value(), set.by()));
      return new Rewind();
    } else if (decision instanceof Decision.Undo undo) {
      undoing.undo(undo.address(), undo.by());
      return new Rewind();
    }
    return Decisions.unfit(request, decision);
  }
}
