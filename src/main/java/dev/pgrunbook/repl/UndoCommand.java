package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.TargetDatabase;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.ExpandedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reverts a step that is done, once the operator has seen with what. */
final class UndoCommand {

  private final Standing standing;
  private final StepScreen screen;
  private final StatementScreen statements;
  private final RunQuestion question;

  UndoCommand(Standing standing, StepScreen screen, StatementScreen statements) {
    this.standing = standing;
    this.screen = screen;
    this.statements = statements;
    this.question = new RunQuestion(screen);
  }

  Reaction undo(String which) {
    Request request = standing.request();
    boolean fits = request instanceof Request.BeforeStep || request instanceof Request.AfterFailure;
    if (!fits) {
      return say(
          "undo is for when a step is about to run or has failed; here it takes "
              + GoingCommands.answers(request));
    }
    StepAddress address = which.isEmpty() ? last() : StepAddress.parse(which);
    if (address == null) {
      return say(
          which.isEmpty() ? "no step that is done says how to undo it" : "undo takes a step");
    }
    String obstacle = obstacle(address);
    return obstacle == null ? ask(address) : say(obstacle);
  }

  /** Returns the step or item with an {@code undo} that was done last, or null. */
  private @Nullable StepAddress last() {
    StepAddress last = null;
    long latest = 0;
    for (Map.Entry<StepAddress, StepState> known : standing.state().steps().entrySet()) {
      boolean later = known.getValue().startedSeq() > latest;
      if (later && obstacle(known.getKey()) == null) {
        last = known.getKey();
        latest = known.getValue().startedSeq();
      }
    }
    return last;
  }

  private @Nullable String obstacle(StepAddress address) {
    Step step = standing.plan().runbook().step(address.step());
    if (step == null) {
      return "there is no step \"" + address.step() + "\"; list shows them";
    } else if (step.undo() == null) {
      return address.step() + " does not say how to undo it: its `undo` is missing";
    }
    StepState state = standing.state().step(address);
    if (state.status() != StepState.Status.DONE) {
      return address + " is not done: it is " + state.status().name().toLowerCase(Locale.ROOT);
    }
    boolean loop = step.header().forEach() != null && standing.acts().undoing(address) == null;
    return loop ? "name the item, such as " + address.item(1) : null;
  }

  private Reaction ask(StepAddress address) {
    List<ExpandedStatement> undoing = standing.acts().undoing(address);
    Step step = standing.plan().runbook().step(address.step());
    String role = step == null ? null : Standing.executionTarget(step);
    if (undoing == null || step == null || role == null) {
      return say(address + " cannot be undone");
    }
    TargetDatabase target = standing.acts().target(role);
    List<String> lines = new ArrayList<>(screen.headline("UNDO", address, step));
    lines.addAll(statements.ofStep(step, role, undoing));
    lines.add("");
    String by = standing.acts().operator();
    return question.ask(lines, target, () -> Reaction.decide(new Decision.Undo(address, by)));
  }

  private Reaction say(String sentence) {
    return Reaction.say(screen.asides(sentence));
  }
}
