package dev.pgrunbook.render;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * SQL in a page, its comments, quoted texts and capitalised words told apart. It only looks so: no
 * judgement about a statement is made here.
 */
final class SqlMarkup {

  private SqlMarkup() {}

  static void write(String sql, Markup page) {
    int at = 0;
    while (at < sql.length()) {
      int end = end(sql, at);
      String piece = sql.substring(at, end);
      String kind = kind(piece);
      if (kind == null) {
        page.text(piece);
      } else {
        page.element("span", piece, "class", kind);
      }
      at = end;
    }
  }

  private static @Nullable String kind(String piece) {
    char first = piece.charAt(0);
    if (piece.startsWith("--")) {
      return "c";
    } else if (first == '\'') {
      return "s";
    } else if (first == '"') {
      return "n";
    }
    boolean word = piece.length() > 1 && Character.isUpperCase(first);
    return word && piece.equals(piece.toUpperCase(Locale.ROOT)) ? "k" : null;
  }

  private static int end(String sql, int start) {
    char first = sql.charAt(start);
    if (sql.startsWith("--", start)) {
      int line = sql.indexOf('\n', start);
      return line < 0 ? sql.length() : line;
    } else if (first == '\'' || first == '"') {
      int close = sql.indexOf(first, start + 1);
      return close < 0 ? sql.length() : close + 1;
    } else if (isWord(first)) {
      int end = start + 1;
      while (end < sql.length() && isWord(sql.charAt(end))) {
        end++;
      }
      return end;
    }
    int end = start + 1;
    while (end < sql.length() && !begins(sql, end)) {
      end++;
    }
    return end;
  }

  private static boolean begins(String sql, int at) {
    char c = sql.charAt(at);
    return isWord(c) || c == '\'' || c == '"' || sql.startsWith("--", at);
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
