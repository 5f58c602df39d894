package dev.pgrunbook.plan;

import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.sql.SqlLiterals;
import dev.pgrunbook.sql.SqlScript;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.sql.TransactionRule;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of a generator's query: a statement and what comes with it.
 *
 * @param sql the statement, without a trailing semicolon
 * @param columns the further columns
 * @param name what the statement's own column is called
 */
public record GeneratedRow(String sql, RowValue columns, String name) {

  /** What more statements than this ask for is a statement of the server's own. */
  public static final int MAXIMUM = 100_000;

  /** Returns the whole row: the statement under its column's name, and the further columns. */
  public RowValue row() {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put(name, Value.text(sql));
    fields.putAll(columns.fields());
    return new RowValue(fields);
  }

  /**
   * Returns the statements of one round.
   *
   * @param stage which round it is, from one
   * @param secrets what no statement may hold
   * @throws UnfitValue when a row is no statement
   */
  public static List<GeneratedRow> all(
      GenerateStep step, int stage, ResultRows rows, Collection<SecretValue> secrets) {
    if (rows.truncated()) {
      throw new UnfitValue("the query generated more than " + MAXIMUM + " statements");
    }
    if (rows.columns().isEmpty()) {
      throw new UnfitValue("the query returned no column: the first must be a statement");
    }
    boolean last = stage == step.stages();
    List<GeneratedRow> statements = new ArrayList<>();
    for (List<Value> row : rows.rows()) {
      String place = "row " + (statements.size() + 1) + (last ? "" : " of stage " + stage);
      GeneratedRow statement = of(rows.columns(), row, place);
      refuseSecrets(statement.sql(), place, secrets);
      statements.add(statement);
    }
    return statements;
  }

  private static GeneratedRow of(List<String> names, List<Value> row, String place) {
    Map<String, Value> columns = new LinkedHashMap<>();
    for (int i = 1; i < row.size(); i++) {
      columns.put(names.get(i), row.get(i));
    }
    return new GeneratedRow(single(row.get(0), place), new RowValue(columns), names.get(0));
  }

  private static String single(Value value, String place) {
    if (value.isNull()) {
      throw new UnfitValue(place + " is NULL where a statement should be");
    }
    String text = value.display();
    if (text.isBlank()) {
      throw new UnfitValue(place + " is empty where a statement should be");
    }
    Validated<List<String>> split = SqlScript.split(SourceText.of("<" + place + ">", text));
    List<String> statements = split.orNull();
    if (statements == null) {
      throw new UnfitValue(
          place + " is no statement: " + split.diagnostics().get(0).message() + ": " + text);
    }
    if (statements.size() != 1) {
      throw new UnfitValue(
          place + " holds " + statements.size() + " statements, one is allowed: " + text);
    }
    return statements.get(0);
  }

  /** What is generated is shown, journaled and reported; a secret is none of these. */
  private static void refuseSecrets(String sql, String place, Collection<SecretValue> secrets) {
    for (SecretValue secret : secrets) {
      if (sql.contains(SqlLiterals.quote(secret.secret()))) {
        throw new UnfitValue(
            place
                + " holds a secret, which a review would show and the journal keep"
                + "\nhint: a step of kind `sql` takes a secret as :'name'");
      }
    }
  }

  /**
   * Refuses, before anybody reviews it, a statement that cannot run the way its step says.
   *
   * @param row its place, from one
   * @throws UnfitValue when it cannot
   */
  public static void check(GenerateStep step, int row, String sql, StatementAnalysis analysis) {
    TransactionRule rule = analysis.transactionRule();
    if (rule == TransactionRule.CONTROL) {
      throw new UnfitValue(
          "row " + row + " controls transactions, which is the step's business: " + sql);
    }
    if (rule == TransactionRule.BARRED && step.transaction() != TransactionMode.NONE) {
      throw new UnfitValue(
          "row "
              + row
              + " cannot run inside a transaction block: "
              + sql
              + "\nhint: the step needs `transaction: none`");
    }
  }
}
