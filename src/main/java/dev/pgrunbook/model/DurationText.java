package dev.pgrunbook.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: {@code 500ms}, {@code 5s}, {@code 1h30m}, {@code 2d}. */
public final class DurationText {

  private static final List<String> UNITS = List.of("d", "h", "m", "s", "ms");

  private DurationText() {}

  /**
   * Returns the sum of numbers with units, each unit smaller than the one before, such as {@code
   * 1h30m}; null when the text is no such sum.
   */
  public static @Nullable Duration parse(String text) {
    Duration sum = null;
    long before = Long.MAX_VALUE;
    int at = 0;
    while (at < text.length()) {
      int digits = at;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
      int letters = at;
      while (at < text.length() && !isDigit(text.charAt(at))) {
        at++;
      }
      long unit = milliseconds(text.substring(letters, at));
      // Nine digits of days are beyond every limit, and far from an overflow.
      if (letters == digits || letters - digits > 9 || unit == 0 || unit >= before) {
        return null;
      }
      before = unit;
      long part = Long.parseLong(text.substring(digits, letters)) * unit;
      sum = (sum == null ? Duration.ZERO : sum).plusMillis(part);
    }
    return sum;
  }

  /** Returns a duration of whole milliseconds as {@link #parse} reads it. */
  public static String of(Duration duration) {
    long left = duration.toMillis();
    StringBuilder text = new StringBuilder();
    for (String unit : UNITS) {
      long count = left / milliseconds(unit);
      left -= count * milliseconds(unit);
      text.append(count == 0 ? "" : count + unit);
    }
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static long milliseconds(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> 0;
    };
  }
}
