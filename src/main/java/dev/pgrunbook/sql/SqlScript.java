package dev.pgrunbook.sql;

import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.sql.StatementSplitter.TokenRange;
import java.util.ArrayList;
import java.util.List;

/** Finished SQL, generated or edited: split, never expanded. */
public final class SqlScript {

  private SqlScript() {}

  /**
   * Returns the statements of a script, without their semicolons; none when there is nothing but
   * white space and comments.
   *
   * <p>A colon and <code>${…}</code> are left to the server. Errors are open quotes, comments and
   * parentheses, psql's backslash commands, a NUL, and COPY from or to the client.
   */
  public static Validated<List<String>> split(SourceText text) {
    LexedScript script = SqlLexer.plain(text);
    List<String> statements = new ArrayList<>();
    for (TokenRange range : StatementSplitter.split(script)) {
      StatementRules.check(script, range, List.of());
      int start = script.tokens().get(range.first()).start();
      int end = script.tokens().get(range.end() - 1).end();
      statements.add(text.text().substring(start, end));
    }
    return Validated.of(statements, script.diagnostics());
  }

  /** Returns whether a semicolon ends the last statement, so that nothing of it is missing. */
  public static boolean isComplete(String text) {
    return statements(text + "\nx") > statements(text);
  }

  private static int statements(String text) {
    return StatementSplitter.split(SqlLexer.plain(SourceText.of("<typed>", text))).size();
  }
}
