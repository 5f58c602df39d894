package dev.pgrunbook.cli;

import dev.pgrunbook.journal.JournalTail;
import dev.pgrunbook.journal.PostedAnswer;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Answers what a run waits for, from any terminal that reaches its store. */
final class AnswerCommand extends StoreCommand {

  private final Answer answer;

  AnswerCommand(Answer answer) {
    this.answer = answer;
  }

  @Override
  void declare(CommandSpec spec) {
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
  }

  @Override
  String whenLocked() {
    return "it goes on, or asks in its own terminal; what it waits for there is answered there";
  }

  @Override
  ExitCode run(ParseResult arguments, RunSetup setup) {
    String run = arguments.matchedPositionalValue(0, "");
    String step = arguments.matchedPositionalValue(1, "");
    String comment = arguments.matchedOptionValue("--comment", (String) null);
    Answering answering = new Answering(run, step, comment, setup);
    setup.store().answer(run, answering::decide);
    return answering.tell();
  }

  /** One answer, to every item of a step that waits. */
  private final class Answering {

    private final String run;
    private final String step;
    private final @Nullable String comment;
    private final RunSetup setup;
    private final String by;
    private final List<String> given = new ArrayList<>();

    Answering(String run, String step, @Nullable String comment, RunSetup setup) {
      this.run = run;
      this.step = step;
      this.comment = comment;
      this.setup = setup;
      this.by = setup.operator().user();
    }

    /** Returns the answers; none when something is against them, which has been told. */
    List<PostedAnswer> decide(RunState state) {
      List<StepAddress> open = open(state);
      if (open.isEmpty()) {
        refuse("step " + step + " of run " + run + " waits for no answer", waiting(state));
        return List.of();
      }
      for (StepAddress address : open) {
        String objection = objection(state, address);
        if (objection != null) {
          String hint = "`" + setup.command("show " + run) + "` tells what it waits for";
          refuse("step " + address + " " + objection, hint);
          return List.of();
        }
      }
      List<PostedAnswer> answers = new ArrayList<>();
      for (StepAddress address : open) {
        String digest = PostedAnswer.question(state, address);
        if (digest != null) {
          answers.add(new PostedAnswer(address, digest, by, answer, comment));
          given.add(answer.word() + ": " + address + ". " + next(state, address));
        }
      }
      return answers;
    }

    private void refuse(String sentence, String hint) {
      setup.messages().refuse(sentence, hint);
    }

    private String next(RunState state, StepAddress address) {
      StepState asked = state.step(address);
      GateRequested gate = asked.gateRequested();
      int missing =
          gate == null || asked.isReviewWaiting()
              ? 0
              : gate.needed() - state.approvals(asked, gate).size() - 1;
      if (answer == Answer.APPROVED && missing > 0) {
        return missing + " more must approve it.";
      }
      return isLive()
          ? "The run takes note of it."
          : "`" + setup.command("resume " + run) + "` goes on.";
    }

    /** Only a shared store takes answers for a run that somebody has. */
    private boolean isLive() {
      if (!setup.isShared()) {
        return false;
      }
      try (JournalTail tail = setup.store().tail(run)) {
        return tail.isOwned();
      }
    }

    ExitCode tell() {
      given.forEach(setup.surroundings().out()::println);
      return given.isEmpty() ? ExitCode.INVALID : ExitCode.DONE;
    }

    /** Returns why this person cannot answer, or null. */
    private @Nullable String objection(RunState state, StepAddress address) {
      StepState asked = state.step(address);
      GateRequested gate = asked.gateRequested();
      if (asked.isReviewWaiting() || gate == null) {
        return null;
      } else if (gate.gate() == GateKind.MANUAL) {
        return "asks for what only a person at its terminal can tell: resume the run there";
      } else if (answer == Answer.REJECTED || gate.needed() == 1) {
        return null;
      } else if (state.started() != null && by.equals(state.started().by())) {
        return "needs the approval of people other than " + by + ", who began the run";
      }
      return state.approvals(asked, gate).contains(by)
          ? "has been approved by " + by + " already, and needs other people"
          : null;
    }

    /** A step without an item means every item of it that waits. */
    private List<StepAddress> open(RunState state) {
      List<StepAddress> open = new ArrayList<>();
      for (StepAddress address : state.steps().keySet()) {
        boolean named = address.step().equals(step) || address.toString().equals(step);
        if (named && state.isWaiting(address)) {
          open.add(address);
        }
      }
      return open;
    }

    private static String waiting(RunState state) {
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
}
