package dev.pgrunbook.engine;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.model.QueryStep;
import dev.pgrunbook.plan.SavedValues;

/** One read-only statement whose rows are shown, and perhaps saved. */
final class QueryExecutor implements StepExecutor<QueryStep> {

  private static final int ROWS_SHOWN = 1_000;

  private final ReadOnlyQueries queries;

  QueryExecutor(ReadOnlyQueries queries) {
    this.queries = queries;
  }

  @Override
  public void execute(QueryStep step, StepRun run) {
    int limit = step.save() == null ? ROWS_SHOWN : SavedValues.MAXIMUM;
    Rows rows = queries.rows(run, step.query(), limit);
    if (step.save() != null) {
      if (rows.truncated()) {
        throw new StepFailure("the query returned more than " + limit + " rows to save");
      }
      SavedRows.save(run, step.save(), SavedRows.toValue(rows));
    }
    run.context().tell(listener -> listener.rows(run.address(), step, rows));
  }
}
