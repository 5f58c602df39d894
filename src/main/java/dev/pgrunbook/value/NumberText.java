package dev.pgrunbook.value;

/** Numbers as runbooks write them. */
public final class NumberText {

  /** Digits of a number in a file; more are a text. */
  private static final int LONGEST_NUMBER = 100;

  private NumberText() {}

  /**
   * Returns whether a text is a decimal number as JSON writes it, without an exponent: 0777 and
   * 1_000 are none.
   */
  public static boolean isNumber(String text) {
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
