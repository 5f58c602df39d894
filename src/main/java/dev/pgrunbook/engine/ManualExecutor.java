package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.value.Value;

/** Something that a person does elsewhere, and what they read there. */
final class ManualExecutor implements StepExecutor<ManualStep> {

  @Override
  public void execute(ManualStep step, StepRun run) {
    RunContext context = run.context();
    String text = Texts.fill(step.manual(), run.scope());
    String digest = RunbookDigest.sha256(text);
    if (isAnswered(step, run, digest)) {
      return;
    }
    if (!Gates.isAsked(run.state(), GateKind.MANUAL, digest)) {
      context.recordFinal(new GateRequested(run.address(), GateKind.MANUAL, text, digest, null));
    }
    Request request = new Request.Question(run.address(), step, text, step.ask());
    Decision decision = context.decide(request);
    if (decision instanceof Decision.Answer answer) {
      for (String name : step.ask().keySet()) {
        Value value = answer.values().getOrDefault(name, Value.none());
        context.record(new VariableSet(run.address(), name, value));
      }
      context.recordFinal(
          new GateAnswered(
              run.address(), GateKind.MANUAL, answer.by(), Answer.APPROVED, null, digest));
    } else if (decision instanceof Decision.Pause) {
      throw new RunPause(PauseReason.WAITING, run.address() + " waits for a person");
    } else {
      throw Decisions.unfit(request, decision);
    }
  }

  /** An approval from another terminal answers as long as nothing had to be read elsewhere. */
  private static boolean isAnswered(ManualStep step, StepRun run, String digest) {
    return run.state().gateAnswers(GateKind.MANUAL, digest).stream()
            .anyMatch(answer -> answer.answer() == Answer.APPROVED)
        && step.ask().keySet().stream().allMatch(name -> isKnown(name, run));
  }

  private static boolean isKnown(String name, StepRun run) {
    RunState state = run.context().state();
    return state.hasVariable(name) && !AskedSecrets.isLost(state.variable(name));
  }
}
