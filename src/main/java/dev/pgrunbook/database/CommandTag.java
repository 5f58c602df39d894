package dev.pgrunbook.database;

import java.util.Locale;

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

  /** Returns the first word of a statement, for answers whose tag is lost among fetches. */
  static String verb(String sql) {
    int end = 0;
    String text = sql.stripLeading();
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end).toUpperCase(Locale.ROOT);
  }
}
