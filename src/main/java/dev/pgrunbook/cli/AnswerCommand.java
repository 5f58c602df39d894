package dev.pgrunbook.cli;

import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Answers what a paused run waits for, from any terminal that reaches its store. */
final class AnswerCommand implements Command {

  private final Answer answer;

  AnswerCommand(Answer answer) {
    this.answer = answer;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Usage.newSpec();
    spec.addPositional(RunChoice.position("1"));
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("1")
            .arity("1")
            .required(true)
            .paramLabel("STEP")
            .type(String.class)
            .description("The step that waits; STEP[2] for its second item.")
            .build());
    RunFlags.declareStore(spec);
    spec.addOption(RunFlags.one("--comment", "TEXT", "Why; kept in the journal."));
    return spec;
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    Messages messages = new Messages(surroundings);
    RunSetup setup =
        RunSetup.prepare(
            arguments.matchedOptionValue("--store", (String) null), surroundings, messages);
    if (setup == null) {
      return ExitCode.INVALID;
    }
    String run = arguments.matchedPositionalValue(0, "");
    String step = arguments.matchedPositionalValue(1, "");
    String comment = arguments.matchedOptionValue("--comment", (String) null);
    return StoreFailures.told(
        messages,
        "it goes on, or asks in its own terminal; what it waits for there is answered there",
        () -> answer(run, step, comment, setup));
  }

  private ExitCode answer(String run, String step, @Nullable String comment, RunSetup setup) {
    try (Journal journal = setup.store().open(run)) {
      RunState state = journal.state();
      List<StepAddress> open = open(state, step);
      if (open.isEmpty()) {
        String sentence = "step " + step + " of run " + run + " waits for no answer";
        setup.messages().refuse(sentence, hint(state));
        return ExitCode.INVALID;
      }
      String by = setup.operator().user();
      for (StepAddress address : open) {
        String objection = objection(state, address, by);
        if (objection != null) {
          setup.messages().refuse("step " + address + " " + objection, hint(run));
          return ExitCode.INVALID;
        }
      }
      open.forEach(address -> journal.append(event(address, state.step(address), by, comment)));
      journal.flush();
      open.forEach(address -> tell(run, address, state, setup));
      return ExitCode.DONE;
    }
  }

  private void tell(String run, StepAddress address, RunState state, RunSetup setup) {
    StepState step = state.step(address);
    GateRequested gate = step.gateRequested();
    int missing =
        gate == null || step.isReviewWaiting()
            ? 0
            : gate.needed() - state.approvals(step, gate).size();
    String next =
        answer == Answer.APPROVED && missing > 0
            ? missing + " more must approve it."
            : "`pgrunbook resume " + run + "` goes on.";
    setup.surroundings().out().println(answer.word() + ": " + address + ". " + next);
  }

  private static String hint(String run) {
    return "`pgrunbook show " + run + "` tells what it waits for";
  }

  /** Returns why somebody cannot answer, or null. */
  private @Nullable String objection(RunState state, StepAddress address, String by) {
    StepState step = state.step(address);
    GateRequested gate = step.gateRequested();
    if (step.isReviewWaiting() || gate == null) {
      return null;
    } else if (gate.gate() == GateKind.MANUAL) {
      return "asks for what only a person at its terminal can tell: resume the run there";
    } else if (answer == Answer.REJECTED || gate.needed() == 1) {
      return null;
    } else if (state.started() != null && by.equals(state.started().by())) {
      return "needs the approval of people other than " + by + ", who began the run";
    }
    return state.approvals(step, gate).contains(by)
        ? "has been approved by " + by + " already, and needs other people"
        : null;
  }

  private RunEvent event(
      StepAddress address, StepState state, String by, @Nullable String comment) {
    ReviewRequested review = state.reviewRequested();
    if (review != null && state.isReviewWaiting()) {
      return new ReviewAnswered(address, by, answer, comment, review.digest(), review.attachment());
    }
    GateRequested gate = state.gateRequested();
    if (gate == null) {
      throw new IllegalStateException(address + " waits for nothing");
    }
    return new GateAnswered(address, gate.gate(), by, answer, comment, gate.digest());
  }

  /** A step without an item means every item of it that waits. */
  private static List<StepAddress> open(RunState state, String step) {
    List<StepAddress> open = new ArrayList<>();
    for (StepAddress address : state.steps().keySet()) {
      boolean named = address.step().equals(step) || address.toString().equals(step);
      if (named && state.isWaiting(address)) {
        open.add(address);
      }
    }
    return open;
  }

  private static String hint(RunState state) {
    List<String> waiting = new ArrayList<>();
    for (StepAddress address : state.steps().keySet()) {
      if (state.isWaiting(address)) {
        waiting.add(address.toString());
      }
    }
    return waiting.isEmpty()
        ? "nothing in this run waits for an answer"
        : "this waits: " + String.join(", ", waiting);
  }
}
