package dev.pgrunbook.sql;

import dev.pgrunbook.source.SourceText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a statement is a query and nothing else, as far as its text tells. What the functions,
 * operators and views do that it names is another question.
 */
public final class PlainQuery {

  private PlainQuery() {}

  /**
   * Returns why a statement is no plain query, in a phrase such as {@code it locks the rows it
   * reads}; null when it is one.
   */
  public static @Nullable String objection(String statement) {
    LexedScript script = SqlLexer.plain(SourceText.of("<statement>", statement));
    if (!script.diagnostics().isEmpty() || StatementSplitter.split(script).size() != 1) {
      return "it is not one statement";
    }
    List<Token> tokens =
        script.tokens().stream().filter(token -> !token.is(statement, ';')).toList();
    return objection(new StatementTokens(statement, tokens));
  }

  private static @Nullable String objection(StatementTokens tokens) {
    if (tokens.size() == 0) {
      return "it is empty";
    }
    Command command = Command.read(tokens);
    return switch (command.tag()) {
      case "SHOW" -> null;
      case "EXPLAIN" -> objectionToExplained(tokens);
      case "SELECT" -> objectionToSelect(tokens);
      default -> command.tag() + " is no query";
    };
  }

  private static @Nullable String objectionToExplained(StatementTokens tokens) {
    int next = 1;
    int end = tokens.is(1, '(') ? tokens.closing(1) : tokens.size();
    for (int i = 1; i < end; i++) {
      if (tokens.isWord(i, "analyze") || tokens.isWord(i, "analyse")) {
        return "EXPLAIN ANALYZE carries the statement out";
      }
    }
    if (tokens.is(1, '(')) {
      next = end + 1;
    }
    while (tokens.isWord(next, "verbose")) {
      next++;
    }
    return objection(tokens.from(next));
  }

  private static @Nullable String objectionToSelect(StatementTokens tokens) {
    List<DataChange> changes = DataChange.in(tokens);
    if (!changes.isEmpty()) {
      return "it changes " + changes.get(0).relation();
    }
    if (QueryLocks.locksRows(tokens)) {
      return "it locks the rows it reads";
    }
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.isWord(i, "into")) {
        return "it creates a table";
      }
    }
    return null;
  }
}
