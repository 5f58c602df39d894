package dev.pgrunbook.render.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time in the time zone of a document. */
final class PageTime {

  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("z", Locale.ROOT);

  private final ZoneId zone;

  PageTime(ZoneId zone) {
    this.zone = zone;
  }

  String full(Instant at) {
    return FULL.format(at.atZone(zone));
  }

  String clock(Instant at) {
    return CLOCK.format(at.atZone(zone));
  }

  String zoned(Instant at) {
    return full(at) + " " + ZONE.format(at.atZone(zone));
  }
}
