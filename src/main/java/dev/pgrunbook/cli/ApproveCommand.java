package dev.pgrunbook.cli;

import dev.pgrunbook.journal.RunEvent.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Says yes: to what a paused run waits for, or beforehand to a plan. */
final class ApproveCommand implements Command {

  static final String PLAN = "--plan";
  static final String STEP = "--step";
  static final String EXPIRES = "--expires";
  static final String NEW_KEY = "--new-key";

  private final AnswerCommand answer = new AnswerCommand(Answer.APPROVED);

  @Override
  public CommandSpec spec() {
    CommandSpec answering = answer.spec();
    CommandSpec spec = Usage.newSpec();
    for (PositionalParamSpec positional : answering.positionalParameters()) {
      spec.addPositional(positional.toBuilder().required(false).arity("0..1").build());
    }
    answering.options().forEach(spec::addOption);
    spec.addOption(RunFlags.one(PLAN, "FILE", "Approve a plan that `plan --out FILE` wrote."));
    spec.addOption(RunFlags.one(STEP, "STEP", "Only this step of the plan."));
    spec.addOption(RunFlags.one(EXPIRES, "DURATION", "How long it holds; else 7d."));
    spec.addOption(RunFlags.flag(NEW_KEY, "Make the key that your approvals are signed with."));
    return spec;
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    Messages messages = new Messages(surroundings);
    String mistake = mistake(arguments);
    if (mistake != null) {
      messages.refuse(mistake, "`pgrunbook help approve` lists what it takes");
      return ExitCode.INVALID;
    }
    if (arguments.hasMatchedOption(NEW_KEY)) {
      return new OperatorKey(surroundings, messages).create();
    }
    return arguments.hasMatchedOption(PLAN)
        ? new PlanApproving(surroundings, messages).approve(arguments)
        : answer.run(arguments, surroundings);
  }

  private static @Nullable String mistake(ParseResult arguments) {
    boolean plan = arguments.hasMatchedOption(PLAN);
    boolean key = arguments.hasMatchedOption(NEW_KEY);
    boolean run = arguments.hasMatchedPositional(0);
    if (plan && key || (plan || key) && run) {
      return "approve takes RUN and STEP, or --plan FILE, or --new-key: one of them";
    }
    if (!plan && !key && !arguments.hasMatchedPositional(1)) {
      return run ? "STEP is missing" : "approve takes RUN and STEP, or --plan FILE";
    }
    for (String option : List.of(STEP, EXPIRES)) {
      if (!plan && arguments.hasMatchedOption(option)) {
        return option + " belongs to --plan FILE";
      }
    }
    return null;
  }
}
