package dev.pgrunbook.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Regular expressions of RE2, as in CEL: time is linear in the text, whatever the pattern.
 *
 * <p>The only class that touches RE2/J, so that nothing of it is loaded before it is used.
 */
final class Patterns {

  private static final int LONGEST = 1_000;

  /** RE2/J writes a counted repetition out, and has no bound of its own for nested ones. */
  private static final long LARGEST = 100_000;

  private Patterns() {}

  /** Returns whether a pattern is found anywhere in a text. */
  static boolean found(String pattern, String text) {
    return compile(pattern).matcher(text).find();
  }

  /** Refuses what is no pattern. */
  static void check(String pattern) {
    compile(pattern);
  }

  private static Pattern compile(String pattern) {
    if (pattern.length() > LONGEST) {
      throw OperationException.of("the pattern is longer than " + LONGEST + " characters");
    }
    if (pattern.contains("\\Q")) {
      throw OperationException.of("a pattern cannot quote with \\Q", "write \\ before each sign");
    }
    if (largestSize(pattern) > LARGEST) {
      throw OperationException.of(
          "the pattern repeats too much", "counts in nested groups multiply; make them smaller");
    }
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException malformed) {
      throw OperationException.of(
          "the pattern is wrong: " + malformed.getDescription(),
          "patterns are written as RE2 has them, without back references and lookaround");
    }
  }

  /**
   * Returns a size that the written out pattern does not exceed.
   *
   * <p>Only the innermost count of a nest repeats a single character; every other one follows a
   * closing parenthesis.
   */
  private static long largestSize(String pattern) {
    long innermost = 1;
    long nested = 1;
    for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', open + 1)) {
      long count = count(pattern, open);
      innermost = Math.max(innermost, count);
      if (open > 0 && pattern.charAt(open - 1) == ')') {
        nested = Math.min(LARGEST + 1, nested * count);
      }
    }
    return Math.max(1, pattern.length()) * innermost * nested;
  }

  /** Returns the larger number in a pair of braces, or one. */
  private static long count(String pattern, int open) {
    long largest = 1;
    long number = 0;
    for (int at = open + 1; at < pattern.length() && pattern.charAt(at) != '}'; at++) {
      char c = pattern.charAt(at);
      number = c >= '0' && c <= '9' ? Math.min(LARGEST + 1, number * 10 + (c - '0')) : 0;
      largest = Math.max(largest, number);
    }
    return largest;
  }
}
