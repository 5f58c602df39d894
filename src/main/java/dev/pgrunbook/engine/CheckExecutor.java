package dev.pgrunbook.engine;

import dev.pgrunbook.expression.EvaluationException;
import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.plan.CheckVerdict;
import dev.pgrunbook.plan.Observation.Checked;
import dev.pgrunbook.plan.ResultRows;

/** An assertion on the rows of a query. */
final class CheckExecutor implements StepExecutor<CheckStep> {

  private final ReadOnlyQueries queries;

  CheckExecutor(ReadOnlyQueries queries) {
    this.queries = queries;
  }

  @Override
  public void execute(CheckStep step, StepRun run) {
    ResultRows rows =
        SavedRows.toResult(queries.rows(run, step.check(), CheckVerdict.ROWS_COUNTED));
    Checked verdict = verdict(step, run, rows);
    if (!verdict.passed()) {
      throw new StepFailure(verdict.message());
    }
  }

  private static Checked verdict(CheckStep step, StepRun run, ResultRows rows) {
    try {
      return CheckVerdict.of(step, rows, run.scope());
    } catch (EvaluationException failure) {
      throw new StepFailure(String.valueOf(failure.getMessage()));
    }
  }
}
