package dev.pgrunbook.loader;

import dev.pgrunbook.model.DurationText;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.ScalarNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads durations such as {@code 500ms}, {@code 5s}, {@code 1h30m}.
 *
 * @param least the shortest allowed
 * @param most the longest allowed
 */
record DurationLimits(Duration least, Duration most) {

  /** A pause that may be none. */
  static final DurationLimits PAUSE = new DurationLimits(Duration.ZERO, Duration.ofDays(366));

  /** A time that passes. */
  static final DurationLimits TIME = new DurationLimits(Duration.ofMillis(1), Duration.ofDays(366));

  /** PostgreSQL's timeouts are 32-bit numbers of milliseconds, and zero means none. */
  static final DurationLimits SERVER =
      new DurationLimits(Duration.ofMillis(1), Duration.ofMillis(Integer.MAX_VALUE));

  /** Polls more often than this load a server for nothing. */
  static final DurationLimits POLL = new DurationLimits(Duration.ofMillis(100), Duration.ofDays(1));

  private static final String HINT = "write a number with ms, s, m, h or d: 500ms, 5s, 1h30m, 2d";

  /**
   * Returns the duration that a text is.
   *
   * @param name what it is for, as a sentence names it
   */
  Validated<Duration> parse(ScalarNode scalar, String name) {
    String text = scalar.text().strip();
    Duration duration = DurationText.parse(text);
    if (duration == null) {
      return refuse(scalar, "\"" + text + "\" is not a duration", hint(text));
    }
    if (duration.compareTo(least) < 0) {
      return refuse(scalar, name + " must be at least " + spelled(least), null);
    }
    if (duration.compareTo(most) > 0) {
      return refuse(scalar, name + " must be at most " + spelled(most), null);
    }
    return Validated.of(duration);
  }

  private static Validated<Duration> refuse(
      ScalarNode scalar, String message, @Nullable String hint) {
    Diagnostic diagnostic = RunbookRule.DURATION.at(scalar.span(), message);
    return Validated.error(diagnostic.withHint(hint));
  }

  private static String hint(String text) {
    boolean bare = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return bare ? "say the unit: " + text + "s, " + text + "m, " + text + "h" : HINT;
  }

  private static String spelled(Duration duration) {
    long days = duration.toDays();
    if (days > 0) {
      return days + "d";
    }
    return duration.toSeconds() > 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
  }
}
