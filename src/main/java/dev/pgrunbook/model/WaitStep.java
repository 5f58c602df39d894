package dev.pgrunbook.model;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;

/** A countdown; its end is journaled when it starts. */
public record WaitStep(StepHeader header, End end) implements Step {

  public WaitStep {
    Objects.requireNonNull(header);
    Objects.requireNonNull(end);
  }

  /** When a countdown that starts now ends. */
  public sealed interface End {
    /** Returns the end of a countdown that starts at a moment. */
    ZonedDateTime after(ZonedDateTime start);
  }

  /** After a length of time. */
  public record AfterDuration(Duration duration) implements End {
    @Override
    public ZonedDateTime after(ZonedDateTime start) {
      return start.plus(duration);
    }
  }

  /** The next time a clock in a zone shows a time. */
  public record AtTimeOfDay(LocalTime time, ZoneId zone) implements End {
    @Override
    public ZonedDateTime after(ZonedDateTime start) {
      ZonedDateTime local = start.withZoneSameInstant(zone);
      ZonedDateTime today = local.with(time);
      return today.isBefore(local) ? today.plusDays(1) : today;
    }
  }

  /** A date and time in a zone; past ones have ended. */
  public record AtDateTime(LocalDateTime dateTime, ZoneId zone) implements End {
    @Override
    public ZonedDateTime after(ZonedDateTime start) {
      return dateTime.atZone(zone);
    }
  }

  @Override
  public String kind() {
    return "wait";
  }
}
