package dev.pgrunbook.expression;

/**
 * A quoted text with its escapes undone, by the rules of CEL.
 *
 * @param value the text meant
 * @param end the offset after the closing quote
 */
record StringLiteral(String value, int end) {

  private static final String ESCAPED = "abfnrtv\\?\"'`";
  private static final String MEANT = "\u0007\b\f\n\r\t\u000b\\?\"'`";

  /**
   * Reads a literal.
   *
   * @param start where the literal begins, its {@code r} included
   * @param quote where its quote stands
   * @param raw whether a backslash is an ordinary character
   */
  static StringLiteral read(String text, int start, int quote, boolean raw) {
    StringBuilder value = new StringBuilder();
    int at = quote + 1;
    while (at < text.length() && text.charAt(at) != text.charAt(quote)) {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        break;
      }
      if (c == '\\' && !raw) {
        at = escape(text, at, value);
      } else {
        value.append(c);
        at++;
      }
    }
    if (at >= text.length() || text.charAt(at) != text.charAt(quote)) {
      throw new SyntaxException(
          start,
          at,
          "this text is not closed",
          "it ends at the next " + text.charAt(quote) + " on the same line; \\n is a line end");
    }
    return new StringLiteral(value.toString(), at + 1);
  }

  /** Returns the offset after the escape that begins at a backslash. */
  private static int escape(String text, int backslash, StringBuilder value) {
    char letter = backslash + 1 < text.length() ? text.charAt(backslash + 1) : '\0';
    int simple = ESCAPED.indexOf(letter);
    if (simple >= 0) {
      value.append(MEANT.charAt(simple));
      return backslash + 2;
    }
    return switch (letter) {
      case 'x', 'X' -> codePoint(text, backslash, 2, 2, 16, value);
      case 'u' -> codePoint(text, backslash, 2, 4, 16, value);
      case 'U' -> codePoint(text, backslash, 2, 8, 16, value);
      case '0', '1', '2', '3' -> codePoint(text, backslash, 1, 3, 8, value);
      default -> throw unknown(text, backslash, 2);
    };
  }

  private static int codePoint(
      String text, int backslash, int prefix, int digits, int radix, StringBuilder value) {
    long point = 0;
    for (int i = 0; i < digits; i++) {
      int at = backslash + prefix + i;
      int digit = at < text.length() ? Character.digit(text.charAt(at), radix) : -1;
      if (digit < 0 || text.charAt(at) > 'f') {
        throw unknown(text, backslash, prefix + i + 1);
      }
      point = point * radix + digit;
    }
    if (point > Character.MAX_CODE_POINT || (point >= 0xD800 && point <= 0xDFFF)) {
      throw unknown(text, backslash, prefix + digits);
    }
    value.appendCodePoint((int) point);
    return backslash + prefix + digits;
  }

  private static SyntaxException unknown(String text, int backslash, int length) {
    int end = Math.min(backslash + length, text.length());
    return new SyntaxException(
        backslash,
        end,
        "\"" + text.substring(backslash, end) + "\" is no escape of a text",
        "write \\\\ for a backslash, or r'…' for a text without escapes");
  }
}
