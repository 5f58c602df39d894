package dev.pgrunbook.engine;

import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.model.GateStep;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.QueryStep;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.WaitStep;
import dev.pgrunbook.plan.ExpandedStatement;
import java.util.List;

/** The executor of each kind of step. */
final class Executors {

  private final RunContext context;
  private final QueryExecutor query;
  private final SqlExecutor sql;
  private final GenerateExecutor generate;
  private final CheckExecutor check;
  private final GateExecutor gate;
  private final ProbeExecutor probe;
  private final ManualExecutor manual;
  private final WaitExecutor wait;
  private final GroupExecutor group;

  Executors(
      RunContext context,
      StepRunner steps,
      Sessions sessions,
      ReadOnlyQueries queries,
      Gates gates,
      StatementRunner statements) {
    this.context = context;
    query = new QueryExecutor(queries);
    sql = new SqlExecutor(gates, statements);
    generate = new GenerateExecutor(queries, gates, statements);
    check = new CheckExecutor(queries);
    gate = new GateExecutor(gates);
    probe = new ProbeExecutor(steps, sessions);
    manual = new ManualExecutor();
    wait = new WaitExecutor();
    group = new GroupExecutor(steps);
  }

  /** Does what is left to do of one execution of a step. */
  void execute(StepRun run) {
    Step step = run.step();
    if (step instanceof QueryStep s) {
      query.execute(s, run);
    } else if (step instanceof SqlStep s) {
      sql.execute(s, run);
    } else if (step instanceof GenerateStep s) {
      generate.execute(s, run);
    } else if (step instanceof CheckStep s) {
      check.execute(s, run);
    } else if (step instanceof GateStep s) {
      gate.execute(s, run);
    } else if (step instanceof ProbeStep s) {
      probe.execute(s, run);
    } else if (step instanceof ManualStep s) {
      manual.execute(s, run);
    } else if (step instanceof WaitStep s) {
      wait.execute(s, run);
    } else if (step instanceof GroupStep s) {
      group.execute(s, run);
    } else {
      throw new AssertionError(step);
    }
  }

  /** Returns the SQL that a step begins with, values in place, for whoever is asked before it. */
  List<ExpandedStatement> preview(StepRun run) {
    Step step = run.step();
    if (step instanceof QueryStep s) {
      return context.expander().expand(s.query(), run.scope());
    } else if (step instanceof SqlStep s) {
      return context.expander().expand(s.sql(), run.scope());
    } else if (step instanceof GenerateStep s) {
      return context.expander().expand(s.generate(), run.scope());
    } else if (step instanceof CheckStep s) {
      return context.expander().expand(s.check(), run.scope());
    }
    return List.of();
  }
}
