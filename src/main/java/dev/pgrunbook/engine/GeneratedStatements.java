package dev.pgrunbook.engine;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.ValueJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Statements that SQL has generated, in the order they would run.
 *
 * @param stages the rows of the rounds before the last, for people; empty when there was one round
 * @param statements the statements
 */
public record GeneratedStatements(List<Stage> stages, List<Generated> statements) {

  public GeneratedStatements {
    stages = List.copyOf(stages);
    statements = List.copyOf(statements);
  }

  /** One round: the statements it produced, which the next round ran. */
  public record Stage(List<String> statements) {
    public Stage {
      statements = List.copyOf(statements);
    }
  }

  /** One generated statement. */
  public static final class Generated {

    /** What the column is called where nobody says. */
    static final String STATEMENT = "statement";

    private final String sql;
    private final RowValue columns;
    private final String name;

    /** Kept once made: what may not run, what is reviewed and how it runs all ask for it. */
    private @Nullable StatementAnalysis analysis;

    /**
     * @param sql the statement, without a trailing semicolon
     * @param columns the further columns of its row, shown to the reviewer
     * @param name what the statement's own column is called
     */
    public Generated(String sql, RowValue columns, String name) {
      this.sql = sql;
      this.columns = columns;
      this.name = name;
    }

    /** Makes a statement that is no row of a query's, an edited one for instance. */
    public Generated(String sql, RowValue columns) {
      this(sql, columns, STATEMENT);
    }

    /** Returns the statement, without a trailing semicolon. */
    public String sql() {
      return sql;
    }

    /** Returns the further columns of its row. */
    public RowValue columns() {
      return columns;
    }

    /** Returns what the statement's own column is called. */
    public String name() {
      return name;
    }

    /** Returns the whole row: the statement under its column's name, and the further columns. */
    RowValue row() {
      Map<String, Value> fields = new LinkedHashMap<>();
      fields.put(name, Value.text(sql));
      fields.putAll(columns.fields());
      return new RowValue(fields);
    }

    /** Returns what the statement does. */
    public StatementAnalysis analysis() {
      StatementAnalysis known = analysis;
      if (known == null) {
        known = StatementAnalysis.of(sql);
        analysis = known;
      }
      return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Generated generated
          && sql.equals(generated.sql)
          && columns.equals(generated.columns)
          && name.equals(generated.name);
    }

    @Override
    public int hashCode() {
      return Objects.hash(sql, columns, name);
    }

    @Override
    public String toString() {
      return sql;
    }
  }

  /** Returns the SHA-256 of exactly the statements that would run, in order. */
  public String digest() {
    JsonArray all = new JsonArray();
    statements.forEach(statement -> all.add(statement.sql()));
    return RunbookDigest.sha256(all.toString());
  }

  /** Returns the same rounds with other statements: picked or edited ones. */
  public GeneratedStatements withStatements(List<Generated> others) {
    return new GeneratedStatements(stages, others);
  }

  /** Returns the JSON under which they are kept beside the journal. */
  public String toJson() {
    JsonArray rounds = new JsonArray();
    for (Stage stage : stages) {
      JsonArray round = new JsonArray();
      stage.statements().forEach(round::add);
      rounds.add(round);
    }
    JsonArray all = new JsonArray();
    for (Generated statement : statements) {
      JsonObject entry = new JsonObject();
      entry.addProperty("sql", statement.sql());
      entry.addProperty("name", statement.name());
      entry.add("columns", ValueJson.toJson(statement.columns()));
      all.add(entry);
    }
    JsonObject root = new JsonObject();
    root.add("stages", rounds);
    root.add("statements", all);
    return root.toString();
  }

  /** Returns what {@link #toJson} wrote. */
  public static GeneratedStatements fromJson(String json) {
    JsonObject root = ValueJson.parseTree(json).getAsJsonObject();
    List<Stage> stages = new ArrayList<>();
    for (JsonElement round : root.getAsJsonArray("stages")) {
      List<String> statements = new ArrayList<>();
      round.getAsJsonArray().forEach(statement -> statements.add(statement.getAsString()));
      stages.add(new Stage(statements));
    }
    List<Generated> all = new ArrayList<>();
    for (JsonElement entry : root.getAsJsonArray("statements")) {
      JsonObject statement = entry.getAsJsonObject();
      Value columns = ValueJson.fromJson(statement.get("columns"));
      all.add(
          new Generated(
              statement.get("sql").getAsString(),
              (RowValue) columns,
              statement.get("name").getAsString()));
    }
    return new GeneratedStatements(stages, all);
  }
}
