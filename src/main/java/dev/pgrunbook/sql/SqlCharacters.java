package dev.pgrunbook.sql;

/** The character classes of PostgreSQL's lexer; all characters beyond ASCII are letters there. */
final class SqlCharacters {

  private SqlCharacters() {}

  /** Returns whether a character is white space: no-break spaces and their like are not. */
  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u000b';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Returns whether an unquoted identifier, a dollar-quote tag or a variable may begin with it. */
  static boolean startsName(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
  }

  /** Returns whether a variable's name, or a dollar-quote tag, may go on with it. */
  static boolean continuesVariable(char c) {
    return startsName(c) || isDigit(c);
  }

  /** Returns whether an unquoted identifier may go on with it. */
  static boolean continuesName(char c) {
    return continuesVariable(c) || c == '$';
  }

  /** Returns whether operators are made of it. */
  static boolean isOperator(char c) {
    return "~!@#^&|`?+-*/%<>=".indexOf(c) >= 0;
  }
}
