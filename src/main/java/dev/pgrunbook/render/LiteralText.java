package dev.pgrunbook.render;

import dev.pgrunbook.syntax.ScalarNode;

/** Scalars that mean a value other than their text where any value may stand. */
final class LiteralText {

  /** Digits of a number in a file; more are a text. */
  private static final int LONGEST_NUMBER = 100;

  private LiteralText() {}

  /** Returns whether an unquoted scalar is true, false or a number, in either spelling. */
  static boolean isLiteral(ScalarNode scalar) {
    String text = scalar.text();
    return scalar.style() == ScalarNode.Style.PLAIN
        && (text.equals("true") || text.equals("false") || isNumber(text));
  }

  /** JSON's numbers without exponents, as the loader knows them. */
  private static boolean isNumber(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int whole = afterDigits(text, at);
    boolean leadingZero = text.startsWith("0", at) && whole > at + 1;
    if (whole == at || leadingZero || text.length() > LONGEST_NUMBER) {
      return false;
    }
    if (whole == text.length()) {
      return true;
    }
    int end = afterDigits(text, whole + 1);
    return text.charAt(whole) == '.' && end > whole + 1 && end == text.length();
  }

  private static int afterDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
