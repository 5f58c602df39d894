package dev.pgrunbook.cli;

import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    CommandSpec spec = CommandSpec.create();
    spec.addPositional(RunChoice.position("1"));
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("1")
            .arity("1")
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
    return StoreFailures.told(messages, () -> answer(run, step, comment, setup));
  }

  private ExitCode answer(String run, String step, @Nullable String comment, RunSetup setup) {
    try (Journal journal = setup.store().open(run)) {
      List<StepAddress> waiting = waiting(journal, step);
      if (waiting.isEmpty()) {
        setup
            .messages()
            .refuse("step " + step + " of run " + run + " waits for no answer", hint(journal));
        return ExitCode.INVALID;
      }
      String by = setup.operator().user();
      for (StepAddress address : waiting) {
        StepState state = journal.state().step(address);
        GateRequested gate = state.gateRequested();
        if (!state.isReviewWaiting() && gate != null && gate.gate() == GateKind.MANUAL) {
          setup
              .messages()
              .refuse(
                  "step " + address + " asks for what only a person can tell it",
                  "`pgrunbook resume " + run + "` asks it on a terminal");
          return ExitCode.INVALID;
        }
        journal.append(event(address, state, by, comment));
      }
      journal.flush();
      setup
          .surroundings()
          .out()
          .println(answer.word() + ": " + step + ". `pgrunbook resume " + run + "` goes on.");
      return ExitCode.DONE;
    }
  }

  private RunEvent event(
      StepAddress address, StepState state, String by, @Nullable String comment) {
    ReviewRequested review = state.reviewRequested();
    if (state.isReviewWaiting() && review != null) {
      return new ReviewAnswered(address, by, answer, comment, review.digest(), review.attachment());
    }
    GateRequested gate = state.gateRequested();
    if (gate == null) {
      throw new IllegalStateException(address + " waits for nothing");
    }
    return new GateAnswered(address, gate.gate(), by, answer, comment, gate.digest());
  }

  /** A step without an item means every item of it that waits. */
  private static List<StepAddress> waiting(Journal journal, String step) {
    List<StepAddress> waiting = new ArrayList<>();
    for (Map.Entry<StepAddress, StepState> entry : journal.state().steps().entrySet()) {
      StepAddress address = entry.getKey();
      boolean named = address.step().equals(step) || address.toString().equals(step);
      if (named && entry.getValue().isWaiting()) {
        waiting.add(address);
      }
    }
    return waiting;
  }

  private static String hint(Journal journal) {
    List<String> waiting = new ArrayList<>();
    journal
        .state()
        .steps()
        .forEach(
            (address, state) -> {
              if (state.isWaiting()) {
                waiting.add(address.toString());
              }
            });
    return waiting.isEmpty()
        ? "nothing in this run waits for an answer"
        : "waiting: " + String.join(", ", waiting);
  }
}
