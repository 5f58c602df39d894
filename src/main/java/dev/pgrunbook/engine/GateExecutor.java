package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.model.GateStep;

/** A human decision. */
final class GateExecutor implements StepExecutor<GateStep> {

  private final Gates gates;

  GateExecutor(Gates gates) {
    this.gates = gates;
  }

  @Override
  public void execute(GateStep step, StepRun run) {
    String type = step.type() == null ? null : Texts.fill(step.type(), run.scope());
    String text = Texts.fill(step.gate(), run.scope());
    gates.pass(run, GateKind.GATE, text, type, step.approvals());
  }
}
