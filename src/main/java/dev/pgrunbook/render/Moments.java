package dev.pgrunbook.render;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Points in time as people read them. */
final class Moments {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
  private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern(" z", Locale.ROOT);

  private final ZoneId zone;

  Moments(ZoneId zone) {
    this.zone = zone;
  }

  /** Returns date and time, without the zone; nothing for null. */
  String plain(@Nullable Instant at) {
    return at == null ? "" : SECONDS.format(at.atZone(zone));
  }

  /** Returns as little as tells a moment apart: the day and time of this year, else the date. */
  String brief(@Nullable Instant at, Instant now) {
    if (at == null) {
      return "";
    }
    boolean thisYear = at.atZone(zone).getYear() == now.atZone(zone).getYear();
    return (thisYear ? MINUTES : DATE).format(at.atZone(zone));
  }

  /** Returns date and time with the zone's short name. */
  String zoned(Instant at) {
    return plain(at) + ZONE.format(at.atZone(zone));
  }
}
