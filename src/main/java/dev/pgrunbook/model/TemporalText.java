package dev.pgrunbook.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Dates and timestamps in ISO 8601's spelling, which every setting of {@code DateStyle} reads
 * alike.
 *
 * <p>PostgreSQL's {@code infinity} and {@code -infinity} are the ends of time; {@code now} and
 * {@code today} are refused, for what a run is given must not depend on when it is read.
 */
final class TemporalText {

  private TemporalText() {}

  /** Returns the date that a text is, or null. */
  static @Nullable LocalDate date(String text) {
    if (text.equals("infinity")) {
      return LocalDate.MAX;
    }
    if (text.equals("-infinity")) {
      return LocalDate.MIN;
    }
    if (text.length() != 10) {
      return null;
    }
    try {
      LocalDate date = LocalDate.parse(text);
      // PostgreSQL knows no year 0.
      return date.getYear() < 1 ? null : date;
    } catch (DateTimeException malformed) {
      return null;
    }
  }

  /** Returns the moment that a text is, in UTC when it says no offset, or null. */
  static @Nullable Instant moment(String text) {
    LocalDate infinite = text.length() == 10 ? null : date(text);
    if (infinite != null) {
      return infinite.equals(LocalDate.MAX) ? Instant.MAX : Instant.MIN;
    }
    LocalDate date = text.length() < 10 ? null : date(text.substring(0, 10));
    if (date == null) {
      return null;
    }
    if (text.length() == 10) {
      return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    char separator = text.charAt(10);
    return separator == 'T' || separator == 't' || separator == ' '
        ? moment(date, text.substring(11))
        : null;
  }

  private static @Nullable Instant moment(LocalDate date, String timeAndOffset) {
    int end = 0;
    while (end < timeAndOffset.length() && ":.0123456789".indexOf(timeAndOffset.charAt(end)) >= 0) {
      end++;
    }
    try {
      LocalDateTime local = date.atTime(LocalTime.parse(timeAndOffset.substring(0, end)));
      String offset = timeAndOffset.substring(end).strip();
      return local.toInstant(offset.isEmpty() ? ZoneOffset.UTC : ZoneOffset.of(offset));
    } catch (DateTimeException malformed) {
      return null;
    }
  }
}
