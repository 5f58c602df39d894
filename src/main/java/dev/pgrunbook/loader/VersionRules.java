package dev.pgrunbook.loader;

import dev.pgrunbook.syntax.ScalarNode;
import org.jspecify.annotations.Nullable;

/** Versions of runbooks, and of the language that they need. */
final class VersionRules {

  private VersionRules() {}

  /** Returns the runbook's own version; when it is none, the findings say so. */
  static String version(MappingReader reader) {
    ScalarNode scalar = reader.requiredScalar("version", "version: \"1.0.0\"");
    if (scalar == null) {
      return "";
    }
    if (!isSemantic(scalar.text())) {
      String message = "\"" + scalar.text() + "\" is not a semantic version";
      reader
          .findings()
          .add(
              RunbookRule.VERSION
                  .at(scalar.span(), message)
                  .withHint("write three numbers: \"1.0.0\""));
    }
    return scalar.text();
  }

  /** Returns whether this program's language is one that a file needs; reports it when not. */
  static boolean admits(MappingReader reader, String requires) {
    for (String condition : requires.strip().split("[ ,]+", -1)) {
      Boolean held = holds(condition);
      if (held == null) {
        String message =
            "\"" + requires + "\" does not say which versions of the language it means";
        report(reader, message, "write \">=1.0\", or \">=1.0 <2.0\"");
        return true;
      }
      if (!held) {
        String message =
            "this file needs version "
                + requires
                + " of the language, and this program speaks "
                + RunbookLoader.LANGUAGE_VERSION;
        report(reader, message, "run it with another version of the program");
        return false;
      }
    }
    return true;
  }

  private static void report(MappingReader reader, String message, String hint) {
    ScalarNode scalar = reader.scalar("requires");
    reader
        .findings()
        .add(
            RunbookRule.REQUIRES.at(scalar == null ? null : scalar.span(), message).withHint(hint));
  }

  private static @Nullable Boolean holds(String condition) {
    int digits = 0;
    while (digits < condition.length() && "<>=".indexOf(condition.charAt(digits)) >= 0) {
      digits++;
    }
    int[] wanted = numbers(condition.substring(digits));
    int[] spoken = numbers(RunbookLoader.LANGUAGE_VERSION);
    if (wanted == null || spoken == null) {
      return null;
    }
    int difference = compare(spoken, wanted);
    return switch (condition.substring(0, digits)) {
      case ">=" -> difference >= 0;
      case ">" -> difference > 0;
      case "<=" -> difference <= 0;
      case "<" -> difference < 0;
      case "=", "==", "" -> difference == 0;
      default -> null;
    };
  }

  private static int compare(int[] a, int[] b) {
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      int difference = Integer.compare(i < a.length ? a[i] : 0, i < b.length ? b[i] : 0);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static int @Nullable [] numbers(String version) {
    String[] parts = version.split("\\.", -1);
    int[] numbers = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (!isNumber(parts[i])) {
        return null;
      }
      numbers[i] = Integer.parseInt(parts[i]);
    }
    return parts.length > 3 ? null : numbers;
  }

  private static boolean isSemantic(String text) {
    int plus = text.indexOf('+');
    String core = plus < 0 ? text : text.substring(0, plus);
    int dash = core.indexOf('-');
    int[] numbers = numbers(dash < 0 ? core : core.substring(0, dash));
    return numbers != null
        && numbers.length == 3
        && (plus < 0 || isTagged(text.substring(plus + 1)))
        && (dash < 0 || isTagged(core.substring(dash + 1)));
  }

  private static boolean isNumber(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && text.length() < 10 && (text.length() == 1 || text.charAt(0) != '0');
  }

  /** Returns whether a text is made of the words that follow a version's numbers. */
  private static boolean isTagged(String text) {
    for (String word : text.split("\\.", -1)) {
      boolean plain =
          word.chars()
              .allMatch(
                  c ->
                      c >= '0' && c <= '9'
                          || c >= 'a' && c <= 'z'
                          || c >= 'A' && c <= 'Z'
                          || c == '-');
      if (word.isEmpty() || !plain) {
        return false;
      }
    }
    return true;
  }
}
