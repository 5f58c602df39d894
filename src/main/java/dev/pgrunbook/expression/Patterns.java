package dev.pgrunbook.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Regular expressions of RE2, as in CEL: time is linear in the text, whatever the pattern.
 *
 * <p>The only class that touches RE2/J, so that nothing of it is loaded before it is used.
 */
final class Patterns {

  /** In characters; what a pattern can grow to when it is compiled is bounded with it. */
  static final int LONGEST = 500;

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
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException malformed) {
      throw OperationException.of(
          "the pattern is wrong: " + malformed.getDescription(),
          "patterns are written as RE2 has them, without back references and lookaround");
    }
  }
}
