package dev.pgrunbook.model;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;

/**
 * A time of day in which work may start.
 *
 * @param from the first moment
 * @param to the first moment after it; earlier than {@code from} when it spans midnight
 * @param zone whose clock counts
 */
public record TimeWindow(LocalTime from, LocalTime to, ZoneId zone) {

  public TimeWindow {
    Objects.requireNonNull(from);
    Objects.requireNonNull(to);
    Objects.requireNonNull(zone);
    if (from.equals(to)) {
      throw new IllegalArgumentException("an empty window");
    }
  }

  /** Returns how long it takes from a moment until work may start; zero within the window. */
  public Duration untilOpen(ZonedDateTime moment) {
    ZonedDateTime local = moment.withZoneSameInstant(zone);
    LocalTime time = local.toLocalTime();
    boolean open =
        from.isBefore(to)
            ? !time.isBefore(from) && time.isBefore(to)
            : !time.isBefore(from) || time.isBefore(to);
    if (open) {
      return Duration.ZERO;
    }
    ZonedDateTime next = local.with(from);
    return Duration.between(local, next.isBefore(local) ? next.plusDays(1) : next);
  }
}
