package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a person again for the secrets that manual steps had taken: no journal keeps them, and a
 * resumed run would bind their masks.
 */
final class AskedSecrets {

  private final RunContext context;

  AskedSecrets(RunContext context) {
    this.context = context;
  }

  /** Returns whether a variable is a secret of which only the mask is known. */
  static boolean isLost(Value value) {
    if (value instanceof ListValue list) {
      return list.items().stream().anyMatch(AskedSecrets::isLost);
    }
    return value instanceof SecretValue secret && secret.secret().equals(SecretValue.MASK);
  }

  /** Asks for what is lost of the manual steps that are done; one that is not asks by itself. */
  void askAgain() {
    Map<StepAddress, StepState> begun = new LinkedHashMap<>(context.state().steps());
    for (Step step : context.runbook().allSteps()) {
      if (step instanceof ManualStep manual && !lost(manual).isEmpty()) {
        begun.forEach(
            (address, state) -> {
              GateRequested asked = state.gateRequested();
              boolean done = address.step().equals(step.id()) && state.status() == Status.DONE;
              if (done && asked != null) {
                ask(manual, address, asked);
              }
            });
      }
    }
  }

  private Map<String, ParameterType> lost(ManualStep step) {
    Map<String, ParameterType> lost = new LinkedHashMap<>();
    step.ask()
        .forEach(
            (name, type) -> {
              if (isLost(context.state().variable(name))) {
                lost.put(name, type);
              }
            });
    return lost;
  }

  private void ask(ManualStep step, StepAddress address, GateRequested asked) {
    Map<String, ParameterType> secrets = new LinkedHashMap<>(step.ask());
    secrets.values().removeIf(type -> type.base() != ParameterType.Base.SECRET);
    Request request = new Request.Question(address, step, asked.text(), secrets);
    Decision decision = context.decide(request);
    if (decision instanceof Decision.Answer answer) {
      List<String> names = new ArrayList<>(secrets.keySet());
      names.forEach(
          name ->
              context.record(
                  new VariableSet(
                      address, name, answer.values().getOrDefault(name, Value.none()))));
      context.recordFinal(
          new GateAnswered(
              address,
              GateKind.MANUAL,
              answer.by(),
              Answer.APPROVED,
              "asked again, because no journal keeps " + String.join(", ", names),
              asked.digest()));
    } else if (decision instanceof Decision.Pause) {
      throw new RunPause(
          PauseReason.WAITING,
          address
              + " waits for a person: no journal keeps "
              + String.join(", ", secrets.keySet())
              + ", which it had been told");
    } else {
      throw Decisions.unfit(request, decision);
    }
  }
}
