package dev.pgrunbook.repl;

import dev.pgrunbook.engine.OperatorActs.Outcome;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.sql.StatementAnalysis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions of this program's own to the catalogs of the current target. */
final class CatalogQuestions {

  private final Standing standing;
  private final StepScreen screen;
  private final ResultText results;

  CatalogQuestions(Look look, Standing standing, StepScreen screen) {
    this.standing = standing;
    this.screen = screen;
    this.results = new ResultText(look, standing);
  }

  /** Asks; null where there is no target to ask. */
  @Nullable Outcome ask(String sql, List<BoundValue> values) {
    String role = standing.role();
    if (role == null) {
      return null;
    }
    ExpandedStatement statement =
        new ExpandedStatement(1, new BoundSql(sql, values), sql, StatementAnalysis.of(sql));
    return standing
        .acts()
        .query(standing.request().address(), role, statement, standing.scope(), SqlCommands.ROWS);
  }

  /** Returns an answer in lines. The question is not the operator's: of an error, the sentence. */
  List<String> told(@Nullable Outcome outcome) {
    if (outcome == null) {
      return screen.asides("this runbook has no target to ask");
    }
    return outcome instanceof Outcome.Refused refused
        ? screen.asides(refused.failure().error().message())
        : results.of(outcome);
  }
}
