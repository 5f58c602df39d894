package dev.pgrunbook.engine;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.engine.GeneratedStatements.Stage;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.plan.GeneratedRow;
import dev.pgrunbook.sql.BoundSql;
import java.util.ArrayList;
import java.util.List;

/** The read-only rounds of a generator. */
final class StatementGenerator {

  private final ReadOnlyQueries queries;

  StatementGenerator(ReadOnlyQueries queries) {
    this.queries = queries;
  }

  /** Runs every round and returns the statements of the last. */
  GeneratedStatements generate(GenerateStep step, StepRun run) {
    ExpandedStatement first = run.context().expander().expandOne(step.generate(), run.scope());
    List<Generated> statements = round(step, run, first.sql(), first.display(), 1);
    List<Stage> stages = new ArrayList<>();
    for (int stage = 2; stage <= step.stages(); stage++) {
      List<String> queriesOfStage = statements.stream().map(Generated::sql).toList();
      int shown = stage - 1;
      run.context().tell(listener -> listener.generated(run.address(), shown, queriesOfStage));
      stages.add(new Stage(queriesOfStage));
      List<Generated> next = new ArrayList<>();
      for (String sql : queriesOfStage) {
        next.addAll(round(step, run, BoundSql.of(sql), sql, stage));
      }
      statements = next;
    }
    return new GeneratedStatements(stages, statements);
  }

  private List<Generated> round(
      GenerateStep step, StepRun run, BoundSql sql, String display, int stage) {
    Rows rows = queries.rows(run, step.target(), sql, display, GeneratedRow.MAXIMUM);
    return GeneratedRow.all(step, stage, SavedRows.toResult(rows), run.context().secrets()).stream()
        .map(row -> new Generated(row.sql(), row.columns(), row.name()))
        .toList();
  }

  /** Refuses, before anybody reviews them, statements that cannot run the way the step says. */
  void check(GenerateStep step, GeneratedStatements generated) {
    int row = 0;
    for (Generated statement : generated.statements()) {
      row++;
      GeneratedRow.check(step, row, statement.sql(), statement.analysis());
    }
  }
}
