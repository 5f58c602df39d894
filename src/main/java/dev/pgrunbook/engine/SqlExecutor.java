package dev.pgrunbook.engine;

import dev.pgrunbook.model.Save;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.util.List;

/** Statements that the runbook writes out. */
final class SqlExecutor implements StepExecutor<SqlStep> {

  private final Gates gates;
  private final StatementRunner statements;

  SqlExecutor(Gates gates, StatementRunner statements) {
    this.gates = gates;
    this.statements = statements;
  }

  @Override
  public void execute(SqlStep step, StepRun run) {
    TargetDatabase target = run.context().target(step.target());
    List<ExpandedStatement> expanded = run.context().expander().expand(step.sql(), run.scope());
    if (expanded.stream().anyMatch(statement -> !statement.analysis().readOnly())) {
      gates.passProtected(run, target);
    }
    statements.run(
        run,
        expanded,
        new StatementRunner.Manner(
            target.role(),
            step.transaction(),
            step.isolation(),
            step.save() != null,
            () -> {},
            true));
    Save save = step.save();
    if (save != null) {
      Value rows = run.state().saved();
      SavedRows.save(run, save, rows == null ? new ListValue(List.of()) : rows);
    }
  }
}
