package dev.pgrunbook.sql;

import dev.pgrunbook.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The functions and procedures that a statement calls by a name and a parenthesis. */
final class FunctionCalls {

  /** Key words that a parenthesis follows without being a call, or that call nothing of note. */
  private static final Set<String> NO_FUNCTIONS =
      Set.of(
          "cast",
          "coalesce",
          "conflict",
          "cube",
          "filter",
          "greatest",
          "group",
          "grouping",
          "insert",
          "interval",
          "least",
          "materialized",
          "nullif",
          "over",
          "recursive",
          "rollup",
          "row",
          "sets",
          "treat",
          "update",
          "xmlattributes",
          "xmlforest",
          "end",
          "null",
          "true",
          "false",
          "default");

  /** Words that a call may follow though they are no operators. */
  private static final Set<String> BEFORE_CALL =
      Set.of("call", "default", "zone", "escape", "overlaps");

  /**
   * A call.
   *
   * @param written the function's name as written
   * @param name the name without quotes, unquoted parts folded
   * @param open index of the parenthesis
   */
  record Call(String written, String name, int open) {}

  private FunctionCalls() {}

  /** Returns the calls in order of writing. */
  static List<Call> in(StatementTokens tokens) {
    List<Call> calls = new ArrayList<>();
    for (int open = 1; open < tokens.size(); open++) {
      if (tokens.is(open, '(')) {
        int start = nameStart(tokens, open);
        if (start < open && isCall(tokens, start, open)) {
          calls.add(new Call(tokens.written(start, open), tokens.folded(start, open), open));
        }
      }
    }
    return calls;
  }

  private static int nameStart(StatementTokens tokens, int open) {
    int start = isName(tokens, open - 1) ? open - 1 : open;
    while (start < open && tokens.is(start - 1, '.') && isName(tokens, start - 2)) {
      start -= 2;
    }
    return start;
  }

  private static boolean isName(StatementTokens tokens, int i) {
    return tokens.isKind(i, Kind.WORD)
        || tokens.isKind(i, Kind.QUOTED_NAME)
        || tokens.isKind(i, Kind.PLACEHOLDER) && tokens.written(i, i + 1).startsWith(":\"");
  }

  private static boolean isCall(StatementTokens tokens, int start, int open) {
    boolean bareWord = open - start == 1 && tokens.isKind(start, Kind.WORD);
    String word = tokens.word(start);
    if (bareWord && (NO_FUNCTIONS.contains(word) || !canNameFunction(tokens, start))) {
      return false;
    }
    int before = start - 1;
    if (tokens.isWord(before, "as") || tokens.isWord(before, "into")) {
      return false;
    }
    boolean cast = before >= 0 && tokens.written(before, start).startsWith("::");
    boolean alias = tokens.endsExpression(before) && !BEFORE_CALL.contains(tokens.word(before));
    return !cast && !alias && !namesQuery(tokens, open);
  }

  /** LEFT and RIGHT are functions, too, when a parenthesis follows. */
  private static boolean canNameFunction(StatementTokens tokens, int word) {
    return tokens.endsExpression(word)
        || tokens.isWord(word, "left")
        || tokens.isWord(word, "right");
  }

  /** In {@code WITH a (x) AS (SELECT …)} a name and a parenthesis are no call. */
  private static boolean namesQuery(StatementTokens tokens, int open) {
    int as = tokens.closing(open) + 1;
    if (!tokens.isWord(as, "as")) {
      return false;
    }
    int query = as + 1;
    while (tokens.isWord(query, "not") || tokens.isWord(query, "materialized")) {
      query++;
    }
    return tokens.is(query, '(')
        && switch (tokens.word(query + 1)) {
          case "select", "insert", "update", "delete", "merge", "values", "table", "with" -> true;
          default -> false;
        };
  }

  /**
   * Returns whether every function called is one of PostgreSQL's own that only reads.
   *
   * <p>A function of the same name in a schema that {@code search_path} puts before {@code
   * pg_catalog} is not thought of.
   */
  static boolean onlyRead(List<Call> calls) {
    if (calls.isEmpty()) {
      return true;
    }
    Set<String> reading = ReadingFunctions.names();
    for (Call call : calls) {
      String name = call.name().startsWith("pg_catalog.") ? call.name().substring(11) : call.name();
      if (!reading.contains(name)) {
        return false;
      }
    }
    return true;
  }
}
