package dev.pgrunbook.model;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Intervals as PostgreSQL reads them: {@code 1 day 02:30}, {@code 90 minutes ago}, {@code P1DT2H}.
 *
 * <p>A number without a unit, seconds to PostgreSQL, is refused: nobody can tell what it meant.
 */
final class IntervalText {

  private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MINUTE = SECOND.multiply(BigDecimal.valueOf(60));
  private static final BigDecimal HOUR = MINUTE.multiply(BigDecimal.valueOf(60));
  private static final BigDecimal DAY = HOUR.multiply(BigDecimal.valueOf(24));
  private static final BigDecimal MONTH = DAY.multiply(BigDecimal.valueOf(30));
  private static final BigDecimal YEAR = MONTH.multiply(BigDecimal.valueOf(12));

  private static final int LONGEST = 200;

  private final String text;
  private int at;

  private IntervalText(String text) {
    this.text = text;
  }

  /**
   * Returns an interval's length in microseconds as PostgreSQL compares intervals, with months of
   * 30 days and days of 24 hours; null when the text is none.
   */
  static @Nullable BigDecimal microseconds(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.isEmpty() || lower.length() > LONGEST) {
      return null;
    }
    IntervalText reader = new IntervalText(lower);
    return lower.startsWith("p") ? reader.standard() : reader.words();
  }

  private @Nullable BigDecimal words() {
    BigDecimal sum = null;
    for (skipSpaces(); at < text.length(); skipSpaces()) {
      if (sum != null && text.startsWith("ago", at) && at + 3 == text.length()) {
        return sum.negate();
      }
      BigDecimal part = part();
      if (part == null) {
        return null;
      }
      sum = sum == null ? part : sum.add(part);
    }
    return sum;
  }

  private @Nullable BigDecimal part() {
    boolean negative = text.charAt(at) == '-';
    if (negative || text.charAt(at) == '+') {
      at++;
    }
    BigDecimal number = number();
    if (number == null) {
      return null;
    }
    BigDecimal part;
    if (at < text.length() && text.charAt(at) == ':') {
      part = clock(number);
    } else {
      skipSpaces();
      BigDecimal unit = unit(letters());
      part = unit == null ? null : number.multiply(unit);
    }
    return part == null || !negative ? part : part.negate();
  }

  /** Reads the rest of {@code 02:30} or {@code 02:30:15.5}. */
  private @Nullable BigDecimal clock(BigDecimal hours) {
    at++;
    BigDecimal minutes = number();
    if (minutes == null) {
      return null;
    }
    BigDecimal sum = hours.multiply(HOUR).add(minutes.multiply(MINUTE));
    if (at < text.length() && text.charAt(at) == ':') {
      at++;
      BigDecimal seconds = number();
      return seconds == null ? null : sum.add(seconds.multiply(SECOND));
    }
    return sum;
  }

  /** Reads ISO 8601's form with designators. */
  private @Nullable BigDecimal standard() {
    BigDecimal sum = null;
    boolean time = false;
    for (at = 1; at < text.length(); ) {
      if (text.charAt(at) == 't' && !time) {
        time = true;
        at++;
      }
      boolean negative = at < text.length() && text.charAt(at) == '-';
      at += negative ? 1 : 0;
      BigDecimal number = number();
      BigDecimal unit = at < text.length() ? designated(text.charAt(at++), time) : null;
      if (number == null || unit == null) {
        return null;
      }
      BigDecimal part = number.multiply(negative ? unit.negate() : unit);
      sum = sum == null ? part : sum.add(part);
    }
    return sum;
  }

  private static @Nullable BigDecimal designated(char letter, boolean time) {
    return switch (letter) {
      case 'y' -> time ? null : YEAR;
      case 'm' -> time ? MINUTE : MONTH;
      case 'w' -> time ? null : DAY.multiply(BigDecimal.valueOf(7));
      case 'd' -> time ? null : DAY;
      case 'h' -> time ? HOUR : null;
      case 's' -> time ? SECOND : null;
      default -> null;
    };
  }

  private static @Nullable BigDecimal unit(String word) {
    return switch (word) {
      case "us", "usec", "usecs", "microsecond", "microseconds" -> BigDecimal.ONE;
      case "ms", "msec", "msecs", "millisecond", "milliseconds" -> BigDecimal.valueOf(1000);
      case "s", "sec", "secs", "second", "seconds" -> SECOND;
      case "m", "min", "mins", "minute", "minutes" -> MINUTE;
      case "h", "hr", "hrs", "hour", "hours" -> HOUR;
      case "d", "day", "days" -> DAY;
      case "w", "week", "weeks" -> DAY.multiply(BigDecimal.valueOf(7));
      case "mon", "mons", "month", "months" -> MONTH;
      case "y", "yr", "yrs", "year", "years" -> YEAR;
      default -> null;
    };
  }

  private @Nullable BigDecimal number() {
    int start = at;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      return null;
    }
    if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
      at++;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
    }
    return new BigDecimal(text.substring(start, at));
  }

  private String letters() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
      at++;
    }
    return text.substring(start, at);
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
