package dev.pgrunbook.loader;

import dev.pgrunbook.sql.RelationLock;
import dev.pgrunbook.sql.StatementAnalysis;

/**
 * What a statement certainly does.
 *
 * <p>A statement's analysis takes what it does not know for writing. To refuse a statement more is
 * needed: functions may read, and the server's read-only transaction is the judge of them.
 */
final class SqlEffects {

  private SqlEffects() {}

  /** Returns whether a statement is none that a read-only transaction answers with rows. */
  static boolean isNoQuery(StatementAnalysis analysis) {
    return switch (analysis.command()) {
      case "SHOW" -> false;
      case "SELECT", "EXPLAIN" -> !analysis.readOnly() && locksForWriting(analysis);
      default -> true;
    };
  }

  /** Returns whether a statement changes the database, as far as that is certain. */
  static boolean writes(StatementAnalysis analysis) {
    return switch (analysis.command()) {
      case "SHOW", "SET", "RESET", "DO", "CALL", "EXECUTE", "DISCARD", "LOCK TABLE" -> false;
      default -> isNoQuery(analysis);
    };
  }

  private static boolean locksForWriting(StatementAnalysis analysis) {
    for (RelationLock lock : analysis.locks()) {
      if (!lock.mode().equals("ACCESS SHARE")) {
        return true;
      }
    }
    return false;
  }

  /** Returns how much of a statement is white space and comments before its first word. */
  static int commentLength(String statement) {
    int at = 0;
    while (at < statement.length()) {
      if (Character.isWhitespace(statement.charAt(at))) {
        at++;
      } else if (statement.startsWith("--", at)) {
        int end = statement.indexOf('\n', at);
        at = end < 0 ? statement.length() : end;
      } else if (statement.startsWith("/*", at)) {
        at = afterComment(statement, at);
      } else {
        return at;
      }
    }
    return 0;
  }

  /** PostgreSQL's comments nest. */
  private static int afterComment(String statement, int start) {
    int depth = 0;
    int at = start;
    do {
      if (statement.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (statement.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < statement.length());
    return at;
  }
}
