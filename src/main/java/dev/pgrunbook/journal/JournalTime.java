package dev.pgrunbook.journal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Times as the journal writes them: {@code 2026-01-02T03:04:05.678901Z}, always of that length.
 *
 * <p>Written and read by hand: the JDK's formatters take a quarter of the time of a long replay.
 */
final class JournalTime {

  private static final String SHAPE = "0000-00-00T00:00:00.000000Z";

  private JournalTime() {}

  /** Returns a time as text; what is smaller than a microsecond is cut off. */
  static String write(Instant at) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), ZoneOffset.UTC);
    if (time.getYear() < 0 || time.getYear() > 9999) {
      return at.truncatedTo(ChronoUnit.MICROS).toString();
    }
    char[] text = SHAPE.toCharArray();
    put(text, 4, time.getYear());
    put(text, 7, time.getMonthValue());
    put(text, 10, time.getDayOfMonth());
    put(text, 13, time.getHour());
    put(text, 16, time.getMinute());
    put(text, 19, time.getSecond());
    put(text, 26, time.getNano() / 1000);
    return new String(text);
  }

  private static void put(char[] text, int end, int number) {
    int left = number;
    for (int i = end - 1; left > 0; i--) {
      text[i] = (char) ('0' + left % 10);
      left /= 10;
    }
  }

  /**
   * Returns the time of a text.
   *
   * @throws DateTimeException when it is none
   */
  static Instant read(String text) {
    if (!hasShape(text)) {
      return Instant.parse(text);
    }
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19),
            number(text, 20, 26) * 1000)
        .toInstant(ZoneOffset.UTC);
  }

  private static boolean hasShape(String text) {
    if (text.length() != SHAPE.length()) {
      return false;
    }
    for (int i = 0; i < SHAPE.length(); i++) {
      char wanted = SHAPE.charAt(i);
      char found = text.charAt(i);
      if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }
}
