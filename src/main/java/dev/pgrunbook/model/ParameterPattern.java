package dev.pgrunbook.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A parameter's pattern: RE2, whose time is linear in the text, whatever the pattern. */
final class ParameterPattern {

  /** In characters; what a pattern can grow to when it is compiled is bounded with it. */
  private static final int LONGEST = 500;

  private ParameterPattern() {}

  /** Returns why a text is no pattern, or null when it is one. */
  static @Nullable String problem(String pattern) {
    if (pattern.length() > LONGEST) {
      return "the pattern is longer than " + LONGEST + " characters";
    }
    try {
      Pattern.compile(pattern);
      return null;
    } catch (PatternSyntaxException malformed) {
      return "the pattern is wrong: " + malformed.getDescription();
    }
  }

  /** Returns whether a whole text matches a sound pattern. */
  static boolean matches(String pattern, String text) {
    return Pattern.matches(pattern, text);
  }
}
