package dev.pgrunbook.sql;

import dev.pgrunbook.source.SourceText;
import org.jspecify.annotations.Nullable;

/** The rows that a change works on, as a query that changes nothing. */
public final class TouchedRows {

  private TouchedRows() {}

  /**
   * Returns a query of the rows that a finished UPDATE, DELETE or {@code INSERT … SELECT} works on;
   * null for other statements, and for those with a WITH clause.
   */
  public static @Nullable String query(String statement) {
    LexedScript script = SqlLexer.plain(SourceText.of("<statement>", statement));
    StatementTokens tokens = new StatementTokens(statement, script.tokens());
    if (!script.diagnostics().isEmpty() || tokens.size() == 0) {
      return null;
    }
    return switch (tokens.word(0)) {
      case "delete" -> tokens.isWord(1, "from") ? delete(tokens) : null;
      case "update" -> update(tokens);
      case "insert" -> insert(tokens);
      default -> null;
    };
  }

  private static int end(StatementTokens tokens) {
    int returning = tokens.find(0, "returning");
    return returning < 0 ? tokens.size() : returning;
  }

  private static @Nullable String delete(StatementTokens tokens) {
    int using = tokens.find(2, "using");
    int where = tokens.find(2, "where");
    int stop = end(tokens);
    int table = using >= 0 ? using : where >= 0 ? where : stop;
    String from = tokens.written(2, table);
    String others = using < 0 ? "" : ", " + tokens.written(using + 1, where < 0 ? stop : where);
    return select(tokens, from + others, where, stop);
  }

  private static @Nullable String update(StatementTokens tokens) {
    int set = tokens.find(1, "set");
    if (set < 2) {
      return null;
    }
    int from = tokens.find(set, "from");
    int where = tokens.find(set, "where");
    int stop = end(tokens);
    String others = from < 0 ? "" : ", " + tokens.written(from + 1, where < 0 ? stop : where);
    return select(tokens, tokens.written(1, set) + others, where, stop);
  }

  private static @Nullable String select(StatementTokens tokens, String from, int where, int stop) {
    if (where >= 0 && tokens.areWords(where + 1, "current", "of")) {
      return null;
    }
    return "SELECT FROM " + from + (where < 0 ? "" : " " + tokens.written(where, stop));
  }

  private static @Nullable String insert(StatementTokens tokens) {
    int query = tokens.find(1, "select");
    int conflict = tokens.find(1, "conflict");
    int stop = conflict < 0 ? end(tokens) : conflict - 1;
    return query < 0 || tokens.find(1, query, 0, "with") >= 0 ? null : tokens.written(query, stop);
  }
}
