package dev.pgrunbook.database;

import java.util.Locale;
import org.postgresql.core.Parser;

/**
 * What the server calls a finished command.
 *
 * @param command such as {@code INSERT}
 * @param count how many rows; -1 when it does not say
 */
record CommandTag(String command, long count) {

  /** Reads {@code INSERT 0 5}, {@code UPDATE 5}, {@code CREATE TABLE}. */
  static CommandTag parse(String tag) {
    int space = tag.lastIndexOf(' ');
    String last = tag.substring(space + 1);
    if (space < 0 || !last.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return new CommandTag(tag, -1);
    }
    String command = tag.substring(0, space);
    // INSERT keeps a place for an oid, which no table has had since PostgreSQL 12.
    String plain = command.equals("INSERT 0") ? "INSERT" : command;
    return new CommandTag(plain, Long.parseLong(last));
  }

  /** Returns the first word of a statement in capitals, comments aside; empty when it has none. */
  static String verb(String sql) {
    char[] text = sql.toCharArray();
    int start = 0;
    while (start < text.length && !Character.isLetter(text[start])) {
      int end = start;
      if (text[start] == '-') {
        end = Parser.parseLineComment(text, start);
      } else if (text[start] == '/') {
        end = Parser.parseBlockComment(text, start);
      }
      start = end + 1;
    }
    int end = start;
    while (end < text.length && (Character.isLetterOrDigit(text[end]) || text[end] == '_')) {
      end++;
    }
    return sql.substring(Math.min(start, end), end).toUpperCase(Locale.ROOT);
  }
}
