package dev.pgrunbook.engine;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.engine.GeneratedStatements.Stage;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.SqlLiterals;
import dev.pgrunbook.sql.SqlScript;
import dev.pgrunbook.sql.TransactionRule;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The read-only rounds of a generator. */
final class StatementGenerator {

  /** What more statements than this ask for is a statement of the server's own. */
  private static final int STATEMENTS = 100_000;

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
    Rows rows = queries.rows(run, step.target(), sql, display, STATEMENTS);
    if (rows.truncated()) {
      throw new StepFailure("the query generated more than " + STATEMENTS + " statements");
    }
    if (rows.columns().isEmpty()) {
      throw new StepFailure("the query returned no column: the first must be a statement");
    }
    boolean last = stage == step.stages();
    List<Generated> statements = new ArrayList<>();
    for (List<Value> row : rows.rows()) {
      String place = "row " + (statements.size() + 1) + (last ? "" : " of stage " + stage);
      Generated statement = generated(rows, row, place);
      refuseSecrets(statement.sql(), place, run.context().secrets());
      statements.add(statement);
    }
    return statements;
  }

  private static Generated generated(Rows rows, List<Value> row, String place) {
    Map<String, Value> columns = new LinkedHashMap<>();
    for (int i = 1; i < row.size(); i++) {
      columns.put(rows.columns().get(i).name(), row.get(i));
    }
    String name = rows.columns().get(0).name();
    return new Generated(single(row.get(0), place), new RowValue(columns), name);
  }

  private static String single(Value value, String place) {
    if (value.isNull()) {
      throw new StepFailure(place + " is NULL where a statement should be");
    }
    String text = value.display();
    if (text.isBlank()) {
      throw new StepFailure(place + " is empty where a statement should be");
    }
    Validated<List<String>> split = SqlScript.split(SourceText.of("<" + place + ">", text));
    List<String> statements = split.orNull();
    if (statements == null) {
      throw new StepFailure(
          place + " is no statement: " + split.diagnostics().get(0).message() + ": " + text);
    }
    if (statements.size() != 1) {
      throw new StepFailure(
          place + " holds " + statements.size() + " statements, one is allowed: " + text);
    }
    return statements.get(0);
  }

  /** What is generated is shown, journaled and reported; a secret is none of these. */
  private static void refuseSecrets(String sql, String place, List<SecretValue> secrets) {
    for (SecretValue secret : secrets) {
      if (sql.contains(SqlLiterals.quote(secret.secret()))) {
        throw new StepFailure(
            place
                + " holds a secret, which a review would show and the journal keep"
                + "\nhint: a step of kind `sql` takes a secret as :'name'");
      }
    }
  }

  /** Refuses, before anybody reviews them, statements that cannot run the way the step says. */
  void check(GenerateStep step, GeneratedStatements generated) {
    int row = 0;
    for (Generated statement : generated.statements()) {
      row++;
      TransactionRule rule = statement.analysis().transactionRule();
      if (rule == TransactionRule.CONTROL) {
        throw new StepFailure(
            "row "
                + row
                + " controls transactions, which is the step's business: "
                + statement.sql());
      }
      if (rule == TransactionRule.BARRED && step.transaction() != TransactionMode.NONE) {
        throw new StepFailure(
            "row "
                + row
                + " cannot run inside a transaction block: "
                + statement.sql()
                + "\nhint: the step needs `transaction: none`");
      }
    }
  }
}
