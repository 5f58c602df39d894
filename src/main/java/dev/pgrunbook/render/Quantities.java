package dev.pgrunbook.render;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Quantities {

  private static final String[] BYTE_UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB"};

  private Quantities() {}

  /** Returns a length of time in its two largest units: {@code 0.4 s}, {@code 1m 04s}. */
  public static String duration(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 100) {
      return millis + " ms";
    }
    if (millis < 59_950) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    return wholeSeconds((millis + 500) / 1000);
  }

  /** Returns a length of time without fractions of a second, for what changes as one looks. */
  public static String roughDuration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds < 60 ? seconds + " s" : wholeSeconds(seconds);
  }

  /**
   * Returns a length of time as a guess is told: whole tens of what is long, so that it neither
   * flickers nor pretends.
   */
  public static String roundDuration(Duration duration) {
    long seconds = Math.max(0, (duration.toMillis() + 500) / 1000);
    long step =
        seconds < 20 ? 1 : seconds < 120 ? 5 : seconds < 600 ? 30 : seconds < 7200 ? 60 : 600;
    long round = (seconds + step / 2) / step * step;
    if (round < 120) {
      return round + " s";
    }
    long minutes = round / 60;
    String odd = round % 60 == 0 ? "" : String.format(Locale.ROOT, " %02ds", round % 60);
    return minutes < 120 ? minutes + "m" + odd : wholeSeconds(round);
  }

  /** Returns a number in what its name ends with: {@code bytes}, {@code seconds}; else briefly. */
  public static String measured(double number, String name) {
    if (name.endsWith("bytes")) {
      return bytes((long) number);
    } else if (name.endsWith("seconds")) {
      return duration(Duration.ofMillis((long) (number * 1000)));
    }
    boolean plain = number == Math.rint(number) && Math.abs(number) < 100_000;
    return plain ? count((long) number) : brief(number);
  }

  private static String wholeSeconds(long seconds) {
    long minutes = seconds / 60;
    long hours = minutes / 60;
    if (hours == 0) {
      return String.format(Locale.ROOT, "%dm %02ds", minutes, seconds % 60);
    }
    return hours < 24
        ? String.format(Locale.ROOT, "%dh %02dm", hours, minutes % 60)
        : String.format(Locale.ROOT, "%dd %02dh", hours / 24, hours % 24);
  }

  /** Returns a size the way {@code pg_size_pretty} does: 10 of the next unit before it is used. */
  public static String bytes(long bytes) {
    long size = bytes;
    int unit = 0;
    if (Math.abs(size) >= 10 * 1024) {
      // Half-units are kept until the last division, so that halves are rounded away from zero.
      size = size / 512;
      unit = 1;
      while (Math.abs(size) >= 20 * 1024 - 1 && unit < BYTE_UNITS.length - 1) {
        size = size / 1024;
        unit++;
      }
      size = size < 0 ? (size - 1) / 2 : (size + 1) / 2;
    }
    return size + " " + BYTE_UNITS[unit];
  }

  /** Returns a whole number with a comma between thousands. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns a number of things: {@code 1 row}, {@code 2,000 rows}. */
  public static String count(long number, String singular) {
    String plural = singular.endsWith("x") ? singular + "es" : singular + "s";
    return count(number) + " " + (number == 1 ? singular : plural);
  }

  /** Returns a number in at most four digits: {@code 950}, {@code 12.3 k}, {@code 1.20 M}. */
  public static String brief(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return String.valueOf(number);
    }
    String[] units = {"", " k", " M", " G", " T"};
    double scaled = number;
    int unit = 0;
    while (Math.abs(scaled) >= 999.5 && unit < units.length - 1) {
      scaled /= 1000;
      unit++;
    }
    boolean whole = unit == 0 && scaled == Math.rint(scaled);
    double size = Math.abs(scaled);
    int digits = whole || size >= 99.95 ? 0 : unit == 0 || size >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f%s", scaled, units[unit]);
  }

  /** Returns a speed, such as {@code 12.3 k/s}; {@code 6.0/min} for what is slow. */
  public static String rate(double perSecond) {
    return perSecond > 0 && perSecond < 0.95
        ? brief(perSecond * 60) + "/min"
        : brief(perSecond) + "/s";
  }
}
