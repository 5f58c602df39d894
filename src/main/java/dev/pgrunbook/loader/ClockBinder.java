package dev.pgrunbook.loader;

import dev.pgrunbook.language.Vocabulary;
import dev.pgrunbook.model.TimeWindow;
import dev.pgrunbook.model.WaitStep;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Binds what a clock on the wall decides: {@code wait} and {@code window}.
 *
 * <p>A file means the same on any machine, so the machine's zone does not count: without a {@code
 * zone} it is UTC, with a warning.
 */
final class ClockBinder {

  private static final String TIME_HINT = "write hours and minutes: \"22:00\"";

  private final Findings findings;

  ClockBinder(Findings findings) {
    this.findings = findings;
  }

  /** Returns when a countdown ends, or null. */
  WaitStep.@Nullable End end(SyntaxNode node) {
    if (node instanceof MappingNode mapping) {
      MappingReader reader = new MappingReader(mapping, Vocabulary.WAIT, findings);
      ScalarNode until = reader.requiredScalar("until", "until: \"22:00\"");
      ScalarNode zone = reader.scalar("zone");
      reader.finish();
      return until == null ? null : end(until, zone);
    }
    if (node instanceof ScalarNode scalar && !scalar.isNull()) {
      Duration duration = findings.keep(DurationLimits.TIME.parse(scalar, "\"wait\""));
      return duration == null ? null : new WaitStep.AfterDuration(duration);
    }
    findings.add(
        RunbookRule.WRONG_TYPE
            .at(node.span(), "\"wait\" must be a duration, not " + node.description())
            .withHint("write 10m, or {until: \"22:00\", zone: Europe/Berlin}"));
    return null;
  }

  private WaitStep.@Nullable End end(ScalarNode until, @Nullable ScalarNode zone) {
    String text = until.text().strip();
    LocalTime time = parse(text);
    if (time != null) {
      return new WaitStep.AtTimeOfDay(time, zone(zone, until.span()));
    }
    String dateTime = text.replace(' ', 'T');
    try {
      return new WaitStep.AtDateTime(LocalDateTime.parse(dateTime), zone(zone, until.span()));
    } catch (DateTimeException noLocalTime) {
      return exact(until, dateTime, zone);
    }
  }

  private WaitStep.@Nullable End exact(
      ScalarNode until, String dateTime, @Nullable ScalarNode zone) {
    try {
      OffsetDateTime moment = OffsetDateTime.parse(dateTime);
      if (zone != null) {
        findings.add(
            RunbookRule.CONFLICTING_KEYS.at(
                zone.span(), "\"until\" says its offset from UTC, so it needs no zone"));
      }
      return new WaitStep.AtDateTime(moment.toLocalDateTime(), moment.getOffset());
    } catch (DateTimeException malformed) {
      String message = "\"" + until.text() + "\" is neither a time of day nor a date and time";
      findings.add(
          RunbookRule.CLOCK_TIME
              .at(until.span(), message)
              .withHint("write \"22:00\" or \"2026-01-31T22:00\""));
      return null;
    }
  }

  /** Returns the window of a key, or null. */
  @Nullable TimeWindow window(MappingReader step) {
    SyntaxNode node = step.take("window");
    if (node instanceof MappingNode mapping) {
      MappingReader reader = new MappingReader(mapping, Vocabulary.WINDOW, findings);
      ScalarNode from = reader.requiredScalar("from", "from: \"22:00\"");
      ScalarNode to = reader.requiredScalar("to", "to: \"06:00\"");
      ScalarNode zone = reader.scalar("zone");
      reader.finish();
      return from == null || to == null
          ? null
          : window(mapping.span(), time(from), time(to), zone(zone, from.span()));
    }
    ScalarNode scalar = step.scalar("window");
    return scalar == null ? null : window(scalar);
  }

  private @Nullable TimeWindow window(ScalarNode scalar) {
    String text = scalar.text().strip();
    int space = text.indexOf(' ');
    String times = space < 0 ? text : text.substring(0, space);
    int dash = times.indexOf('-');
    LocalTime from = dash < 0 ? null : parse(times.substring(0, dash));
    LocalTime to = dash < 0 ? null : parse(times.substring(dash + 1));
    if (from == null || to == null) {
      String message = "\"" + text + "\" is not a window of the day";
      findings.add(
          RunbookRule.CLOCK_TIME
              .at(scalar.span(), message)
              .withHint("write \"22:00-06:00 Europe/Berlin\", or {from, to, zone}"));
      return null;
    }
    ZoneId zone =
        space < 0 ? zone(null, scalar.span()) : named(text.substring(space).strip(), scalar.span());
    return window(scalar.span(), from, to, zone);
  }

  private @Nullable TimeWindow window(
      SourceSpan span, @Nullable LocalTime from, @Nullable LocalTime to, ZoneId zone) {
    if (from == null || to == null) {
      return null;
    }
    if (from.equals(to)) {
      findings.add(RunbookRule.CLOCK_TIME.at(span, "the window ends when it begins"));
      return null;
    }
    return new TimeWindow(from, to, zone);
  }

  private @Nullable LocalTime time(ScalarNode scalar) {
    LocalTime time = parse(scalar.text().strip());
    if (time == null) {
      String message = "\"" + scalar.text() + "\" is not a time of day";
      findings.add(RunbookRule.CLOCK_TIME.at(scalar.span(), message).withHint(TIME_HINT));
    }
    return time;
  }

  private static @Nullable LocalTime parse(String text) {
    try {
      return text.length() > 8 ? null : LocalTime.parse(text);
    } catch (DateTimeException malformed) {
      return null;
    }
  }

  private ZoneId zone(@Nullable ScalarNode zone, SourceSpan place) {
    if (zone != null) {
      return named(zone.text(), zone.span());
    }
    findings.add(
        RunbookRule.UNSTATED_ZONE
            .at(place, "no zone is said, so this counts in UTC")
            .withHint("say whose clock counts: zone: Europe/Berlin, or zone: UTC"));
    return ZoneOffset.UTC;
  }

  private ZoneId named(String name, SourceSpan span) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      String message = "unknown time zone \"" + name + "\"";
      findings.add(
          RunbookRule.CLOCK_TIME
              .at(span, message)
              .withHint("write a region such as Europe/Berlin, an offset such as +01:00, or UTC"));
      return ZoneOffset.UTC;
    }
  }
}
