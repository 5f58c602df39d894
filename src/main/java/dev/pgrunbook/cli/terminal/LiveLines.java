package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What runs now, in lines that are drawn again and again and never wrap. */
final class LiveLines {

  /** From this room on, everything about a probe stands on one line. */
  private static final int ONE_LINE = 96;

  private static final int WIDEST_BAR = 40;
  private static final int MOST_BLOCKERS = 3;

  /** A frame of the sign that something is alive, in milliseconds. */
  private static final int FRAME = 120;

  private final StepLines lines;
  private final Theme theme;
  private final Glyphs glyphs;

  LiveLines(StepLines lines) {
    this.lines = lines;
    this.theme = lines.screen().theme();
    this.glyphs = lines.screen().glyphs();
  }

  List<String> of(Activity activity, Instant now) {
    // One column stays free: a terminal may wrap when the last one is taken.
    int columns = lines.screen().columns() - 1;
    String spinner = theme.paint(Role.HINT, glyphs.spinner(now.toEpochMilli() / FRAME));
    Duration elapsed = Duration.between(activity.startedAt, now);
    String head = lines.head(spinner, activity.address, elapsed, true);
    int room = columns - DisplayText.width(Ansi.strip(head));
    List<String> all = new ArrayList<>();
    Measure measure = activity.measure;
    if (measure == null || isWaiting(activity, now) || !activity.blockers.isEmpty()) {
      all.add(head + doing(activity, now, room));
    } else {
      all.addAll(measured(head, activity, measure, room, columns));
    }
    all.addAll(blockers(activity, columns));
    return all;
  }

  private static boolean isWaiting(Activity activity, Instant now) {
    Instant until = activity.waitsUntil;
    return until != null && until.isAfter(now);
  }

  private String doing(Activity activity, Instant now, int room) {
    List<String> parts = new ArrayList<>();
    String label = lines.label(activity.address);
    if (!label.isEmpty()) {
      parts.add(label);
    }
    if (activity.expected > 1) {
      String of = activity.statements + " of " + Quantities.count(activity.expected, "statement");
      parts.add(of + " done");
    } else if (activity.statements > 0) {
      parts.add(Quantities.count(activity.statements, "statement") + " done");
    }
    Instant until = activity.waitsUntil;
    if (until != null && until.isAfter(now)) {
      // Rounded up, so that a countdown ends with 1 and not with 0.
      Duration left = Duration.between(now, until).plusMillis(999);
      parts.add(Quantities.roughDuration(left) + " " + activity.waitsFor);
    }
    String text = String.join(" " + glyphs.dot() + " ", parts);
    return DisplayText.cut(text, room, glyphs.ellipsis());
  }

  private List<String> measured(
      String head, Activity activity, Measure measure, int room, int columns) {
    ProbeText text = new ProbeText(measure, activity.rate, glyphs);
    String label = DisplayText.line(measure.label());
    if (room >= ONE_LINE) {
      String start = label.isEmpty() ? "" : label + "  ";
      int left = room - DisplayText.width(start);
      return List.of(head + start + progress(text, left, true));
    }
    List<String> first = new ArrayList<>(List.of(label, text.state()));
    first.removeIf(String::isEmpty);
    String above = DisplayText.cut(String.join("  ", first), room, glyphs.ellipsis());
    String below = progress(text, columns - 2, false);
    return below.isEmpty() ? List.of(head + above) : List.of(head + above, "  " + below);
  }

  private String progress(ProbeText text, int room, boolean withState) {
    List<String> words = new ArrayList<>();
    words.add(text.amount());
    words.addAll(text.pace());
    words.add(text.stillness());
    if (withState) {
      words.add(text.state());
    }
    words.removeIf(String::isEmpty);
    String said = String.join("  ", words);
    int bar = Math.min(WIDEST_BAR, room - DisplayText.width(said) - 7);
    bar = withState ? Math.max(20, Math.min(30, bar)) : bar;
    String drawn = bar < 8 ? "" : text.bar(bar);
    String space = drawn.isEmpty() || said.isEmpty() ? "" : "  ";
    int left = room - DisplayText.width(drawn) - space.length();
    String cut = DisplayText.cut(said, left, glyphs.ellipsis());
    boolean still = !text.stillness().isEmpty();
    return theme.paint(Role.HINT, drawn) + space + (still ? theme.paint(Role.WARNING, cut) : cut);
  }

  /** Returns what comes next, and how the run as a whole stands. */
  List<String> outlook(Outlook outlook) {
    int columns = lines.screen().columns() - 1;
    List<String> all = new ArrayList<>();
    for (Outlook.Next next : outlook.next()) {
      String name = DisplayText.pad(DisplayText.line(next.id()), lines.nameWidth());
      String text = "  " + name + " ".repeat(StepLines.TIME + 3) + next.title();
      all.add(theme.paint(Role.DIM, DisplayText.cut(text, columns, glyphs.ellipsis())));
    }
    String text = "  " + String.join(" " + glyphs.dot() + " ", outlook.facts());
    all.add(theme.paint(Role.DIM, DisplayText.cut(text, columns, glyphs.ellipsis())));
    return all;
  }

  private List<String> blockers(Activity activity, int columns) {
    List<String> all = new ArrayList<>();
    for (String blocker : activity.blockers) {
      if (all.size() < MOST_BLOCKERS) {
        String text = "  blocked by " + DisplayText.line(blocker);
        String cut = DisplayText.cut(text, columns, glyphs.ellipsis());
        all.add(theme.paint(Role.WARNING, cut));
      }
    }
    return all;
  }
}
