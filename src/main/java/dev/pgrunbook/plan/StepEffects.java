package dev.pgrunbook.plan;

import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.sql.Advice;
import dev.pgrunbook.sql.AdviceCode.Level;
import dev.pgrunbook.sql.StatementContext;
import dev.pgrunbook.sql.StatementContext.Block;
import dev.pgrunbook.sql.StatementEffects;
import java.util.ArrayList;
import java.util.List;

/** What the statements of a step do, in the transactions in which the step runs them. */
public final class StepEffects {

  private StepEffects() {}

  /** Returns the effects of a step's finished statements, in order. */
  public static List<StatementEffects> of(Step step, List<String> statements) {
    return StatementEffects.ofAll(statements, context(step, statements.size()));
  }

  private static StatementContext context(Step step, int count) {
    TransactionMode mode = TransactionMode.EACH;
    if (step instanceof SqlStep sql) {
      mode = sql.transaction();
    } else if (step instanceof GenerateStep generate) {
      mode = generate.transaction();
    }
    Block block =
        switch (mode) {
          case NONE -> Block.NONE;
          case EACH -> Block.OWN;
          case SINGLE -> count > 1 ? Block.SHARED : Block.OWN;
        };
    return StatementContext.in(block)
        .withTimeouts(step.header().lockTimeout() != null, step.header().timeout() != null);
  }

  /** Returns advice as a plan's findings. */
  static List<Finding> findings(StatementEffects effects) {
    List<Finding> findings = new ArrayList<>();
    for (Advice advice : effects.advice()) {
      String code = advice.code().code();
      Finding finding =
          advice.code().level() == Level.WARNING
              ? Finding.warning(code, advice.sentence())
              : Finding.note(code, advice.sentence());
      findings.add(finding.withHint(advice.instead()));
    }
    return findings;
  }
}
