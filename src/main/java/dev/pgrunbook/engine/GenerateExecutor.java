package dev.pgrunbook.engine;

import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.plan.UnfitValue;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL that generates SQL: rounds, review, execution. What was approved is what runs. */
final class GenerateExecutor implements StepExecutor<GenerateStep> {

  private static final String PROGRAM = "pgrunbook";

  private final StatementGenerator generator;
  private final Gates gates;
  private final StatementRunner statements;

  GenerateExecutor(ReadOnlyQueries queries, Gates gates, StatementRunner statements) {
    this.generator = new StatementGenerator(queries);
    this.gates = gates;
    this.statements = statements;
  }

  @Override
  public void execute(GenerateStep step, StepRun run) {
    GeneratedStatements approved = approvedBefore(run);
    if (approved == null) {
      GeneratedStatements generated = shownBefore(run);
      approved = review(step, run, generated == null ? generator.generate(step, run) : generated);
    }
    TargetDatabase target = run.context().target(step.executionTarget());
    if (!approved.statements().isEmpty()) {
      gates.passProtected(run, target);
    }
    statements.run(
        run,
        expand(approved),
        new StatementRunner.Manner(
            target.role(),
            step.transaction(),
            null,
            false,
            new Pacing(step, run)::beforeEach,
            step.pause() == null && step.window() == null));
    if (step.save() != null) {
      List<Value> rows = new ArrayList<>();
      approved.statements().forEach(statement -> rows.add(statement.row()));
      SavedRows.save(run, step.save(), new ListValue(rows));
    }
  }

  static @Nullable GeneratedStatements approvedBefore(StepRun run) {
    ReviewAnswered answered = run.state().reviewAnswered();
    if (answered == null || answered.answer() == Answer.REJECTED) {
      return null;
    }
    return GeneratedStatements.fromJson(run.context().attachment(answered.attachment()));
  }

  private static @Nullable GeneratedStatements shownBefore(StepRun run) {
    ReviewRequested requested = run.state().reviewRequested();
    return requested == null
        ? null
        : GeneratedStatements.fromJson(run.context().attachment(requested.attachment()));
  }

  /** Even what needs no review is journaled, so that a resumed run executes the same statements. */
  private GeneratedStatements review(
      GenerateStep step, StepRun run, GeneratedStatements generated) {
    generator.check(step, generated);
    RunContext context = run.context();
    // Nobody is asked to review what may not run.
    context
        .guard()
        .check(run.address(), generated.statements().stream().map(Generated::sql).toList());
    String attachment = context.attach(generated.toJson());
    int count = generated.statements().size();
    context.recordFinal(new ReviewRequested(run.address(), generated.digest(), attachment, count));
    if (count == 0 || !needsReview(step, generated)) {
      String why = count == 0 ? "no statements" : "review: " + step.review().word();
      answer(run, PROGRAM, Answer.APPROVED, why, generated, attachment);
      return generated;
    }
    String target = context.target(step.executionTarget()).connection();
    Request request = new Request.Review(run.address(), step, target, generated);
    Decision decision = context.decide(request);
    if (decision instanceof Decision.Approve yes) {
      return approve(step, run, generated, yes);
    } else if (decision instanceof Decision.Reject no) {
      answer(run, no.by(), Answer.REJECTED, no.comment(), generated, attachment);
      throw new RunPause(PauseReason.REJECTED, run.address() + " was rejected by " + no.by());
    } else if (decision instanceof Decision.Pause) {
      throw new RunPause(PauseReason.WAITING, run.address() + " waits for a review");
    }
    throw Decisions.unfit(request, decision);
  }

  private GeneratedStatements approve(
      GenerateStep step, StepRun run, GeneratedStatements shown, Decision.Approve yes) {
    GeneratedStatements approved = yes.statements() == null ? shown : yes.statements();
    try {
      generator.check(step, approved);
    } catch (UnfitValue unfit) {
      // Somebody's slip while editing is no failure of the step: it is asked again.
      throw new RunPause(
          PauseReason.WAITING, run.address() + " waits for another review: " + unfit.sentence());
    }
    String attachment = run.context().attach(approved.toJson());
    answer(run, yes.by(), Answer.APPROVED, yes.comment(), approved, attachment);
    return approved;
  }

  private static void answer(
      StepRun run,
      String by,
      Answer answer,
      @Nullable String comment,
      GeneratedStatements statements,
      String attachment) {
    run.context()
        .recordFinal(
            new ReviewAnswered(
                run.address(), by, answer, comment, statements.digest(), attachment));
  }

  private static boolean needsReview(GenerateStep step, GeneratedStatements generated) {
    return switch (step.review()) {
      case REQUIRED -> true;
      case WHEN_DESTRUCTIVE ->
          generated.statements().stream().anyMatch(s -> s.analysis().destructive());
      case NONE -> false;
    };
  }

  private static List<ExpandedStatement> expand(GeneratedStatements approved) {
    List<ExpandedStatement> expanded = new ArrayList<>();
    for (Generated statement : approved.statements()) {
      expanded.add(
          new ExpandedStatement(
              expanded.size() + 1,
              BoundSql.of(statement.sql()),
              statement.sql(),
              statement.analysis()));
    }
    return expanded;
  }
}
