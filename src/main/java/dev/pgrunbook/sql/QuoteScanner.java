package dev.pgrunbook.sql;

/**
 * Finds where comments and quoted text end, after PostgreSQL's {@code scan.l}.
 *
 * <p>Every method takes the offset of the opening and returns the offset after the closing, or
 * {@link #UNTERMINATED}. Strings are read as with {@code standard_conforming_strings = on}.
 */
final class QuoteScanner {

  static final int UNTERMINATED = -1;

  private QuoteScanner() {}

  /** Skips a comment from its two dashes to the end of its line, which is not part of it. */
  static int lineComment(String text, int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
      i++;
    }
    return i;
  }

  /** Skips a comment from its slash and asterisk; such comments nest. */
  static int blockComment(String text, int start) {
    int depth = 0;
    int i = start;
    while (i < text.length() - 1) {
      if (text.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (text.startsWith("*/", i)) {
        depth--;
        i += 2;
        if (depth == 0) {
          return i;
        }
      } else {
        i++;
      }
    }
    return UNTERMINATED;
  }

  /** Skips a quoted identifier from its double quote. */
  static int quotedName(String text, int quote) {
    return quoted(text, quote, '"', false);
  }

  /**
   * Skips a string from its quote, with the parts that continue it on further lines.
   *
   * @param escapes whether a backslash takes the next character, as in {@code E''}; continuations
   *     keep it
   */
  static int string(String text, int quote, boolean escapes) {
    int end = quoted(text, quote, '\'', escapes);
    while (end != UNTERMINATED) {
      int next = continuation(text, end);
      if (next < 0) {
        return end;
      }
      end = quoted(text, next, '\'', escapes);
    }
    return UNTERMINATED;
  }

  private static int quoted(String text, int start, char quote, boolean escapes) {
    int i = start + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == quote) {
        if (i + 1 == text.length() || text.charAt(i + 1) != quote) {
          return i + 1;
        }
        i++;
      } else if (escapes && c == '\\') {
        i++;
      }
      i++;
    }
    return UNTERMINATED;
  }

  /**
   * Returns where a string goes on, or -1.
   *
   * <p>It does after white space that holds a line end; comments of one line may stand between.
   */
  private static int continuation(String text, int end) {
    boolean newLine = false;
    int i = end;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        newLine = true;
        i++;
      } else if (SqlCharacters.isSpace(c)) {
        i++;
      } else if (text.startsWith("--", i)) {
        i = lineComment(text, i);
      } else {
        return newLine && c == '\'' ? i : -1;
      }
    }
    return -1;
  }

  /** Returns the length of the {@code $tag$} that begins at a dollar sign, or 0. */
  static int dollarTag(String text, int start) {
    int i = start + 1;
    while (i < text.length() && text.charAt(i) != '$') {
      char c = text.charAt(i);
      boolean first = i == start + 1;
      if (first ? !SqlCharacters.startsName(c) : !SqlCharacters.continuesVariable(c)) {
        return 0;
      }
      i++;
    }
    return i < text.length() ? i + 1 - start : 0;
  }

  /** Skips a dollar-quoted string whose opening tag has the given length. */
  static int dollarQuoted(String text, int start, int tagLength) {
    String tag = text.substring(start, start + tagLength);
    int close = text.indexOf(tag, start + tagLength);
    return close < 0 ? UNTERMINATED : close + tagLength;
  }
}
