package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.render.Ansi;
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

  private static final int WIDEST_LABEL = 28;
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

  /** One column stays free: a terminal may wrap when the last one is taken. */
  private int columns() {
    return lines.screen().columns() - 1;
  }

  /** Returns how wide the names of items are drawn, so that what follows them is aligned. */
  int labelWidth(List<Activity> all) {
    int widest = 0;
    for (Activity activity : all) {
      widest = Math.max(widest, DisplayText.width(label(activity)));
    }
    return all.size() < 2 ? 0 : Math.min(widest, WIDEST_LABEL);
  }

  /** An item goes by its name; what the server calls its statement is told elsewhere then. */
  private String label(Activity activity) {
    String item = lines.label(activity.address);
    Measure measure = activity.measure;
    return measure == null || !item.isEmpty() ? item : DisplayText.line(measure.label());
  }

  /** Returns what is known besides how much is done. */
  private String state(Activity activity, Measure measure, ProbeText text) {
    String about = DisplayText.line(measure.label());
    return joined(about.equals(label(activity)) ? "" : about, text.state());
  }

  /** Returns everything about a step or item, in a line or a few. */
  List<String> of(Activity activity, int labels, Instant now) {
    String head = head(activity, now);
    List<String> all = new ArrayList<>();
    Measure measure = activity.measure;
    if (measure == null || activity.isWaiting(now) || !activity.blockers.isEmpty()) {
      all.add(head + doing(activity, labels, now, room(head)));
    } else if (room(head) >= ONE_LINE) {
      all.add(head + measured(activity, measure, labels, now, room(head)));
    } else {
      ProbeText text = new ProbeText(measure, activity.rate, glyphs, activity.unseen(now));
      String above = joined(labelled(activity, labels), state(activity, measure, text));
      String below = progress(text, columns() - 2, "");
      all.add(head + DisplayText.cut(above, room(head), glyphs.ellipsis()));
      if (!below.isEmpty()) {
        all.add("  " + below);
      }
    }
    for (String blocker : activity.blockers.stream().limit(MOST_BLOCKERS).toList()) {
      all.add(blocked("  blocked by " + DisplayText.line(blocker), columns()));
    }
    return all;
  }

  /** Returns the most important about a step or item in a line. */
  String brief(Activity activity, int labels, Instant now) {
    String head = head(activity, now);
    Measure measure = activity.measure;
    if (!activity.blockers.isEmpty()) {
      String who = DisplayText.line(activity.blockers.get(0));
      String text = joined(labelled(activity, labels), "blocked by " + who);
      return head + blocked(text, room(head));
    } else if (measure == null || activity.isWaiting(now)) {
      return head + doing(activity, labels, now, room(head));
    }
    return head + measured(activity, measure, labels, now, room(head));
  }

  private String head(Activity activity, Instant now) {
    String spinner = theme.paint(Role.HINT, glyphs.spinner(now.toEpochMilli() / FRAME));
    return lines.head(spinner, activity.address, Duration.between(activity.startedAt, now), true);
  }

  private int room(String head) {
    return columns() - DisplayText.width(Ansi.strip(head));
  }

  private String labelled(Activity activity, int width) {
    String label = label(activity);
    return width == 0
        ? label
        : DisplayText.pad(DisplayText.cut(label, width, glyphs.ellipsis()), width);
  }

  private static String joined(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "  " + second;
  }

  private String doing(Activity activity, int labels, Instant now, int room) {
    List<String> parts = new ArrayList<>();
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
    String text = joined(labelled(activity, labels), String.join(" " + glyphs.dot() + " ", parts));
    return DisplayText.cut(text.stripTrailing(), room, glyphs.ellipsis());
  }

  private String measured(Activity activity, Measure measure, int labels, Instant now, int room) {
    ProbeText text = new ProbeText(measure, activity.rate, glyphs, activity.unseen(now));
    String label = labelled(activity, labels);
    String start = label.isEmpty() ? "" : label + "  ";
    String state = room >= ONE_LINE ? state(activity, measure, text) : "";
    return start + progress(text, room - DisplayText.width(start), state);
  }

  /** A bar, and in words what fits beside it. */
  private String progress(ProbeText text, int room, String state) {
    String drawn = text.bar(bar(room, state.isEmpty()));
    List<String> words = new ArrayList<>(List.of(text.amount()));
    words.addAll(text.pace());
    words.add(text.stillness());
    words.add(state);
    words.removeIf(String::isEmpty);
    String said = String.join("  ", words);
    String space = drawn.isEmpty() || said.isEmpty() ? "" : "  ";
    int left = room - DisplayText.width(drawn) - space.length();
    String cut = DisplayText.cut(said, left, glyphs.ellipsis());
    boolean still = !text.stillness().isEmpty();
    return theme.paint(Role.HINT, drawn) + space + (still ? theme.paint(Role.WARNING, cut) : cut);
  }

  /** A bar is as long as the window allows, whatever is said beside it, so that it stays still. */
  private static int bar(int room, boolean alone) {
    if (room >= 120 || alone && room >= 88) {
      return 30;
    }
    return room >= 72 ? 20 : room >= 40 ? 10 : 0;
  }

  private String blocked(String text, int room) {
    return theme.paint(Role.WARNING, DisplayText.cut(text, room, glyphs.ellipsis()));
  }

  /** Returns how far a loop or a group is whose parts run side by side. */
  String whole(Activities.Whole whole, Instant now) {
    Activity activity = whole.activity();
    String mark = theme.paint(Role.HINT, glyphs.running());
    Duration elapsed = Duration.between(activity.startedAt, now);
    String head = lines.head(mark, activity.address, elapsed, true);
    String text = whole.text();
    Integer total = whole.total();
    String bar = "";
    if (total != null && total > 0) {
      double fraction = Math.min(1, (double) whole.settled() / total);
      bar = theme.paint(Role.HINT, glyphs.progress(fraction, bar(room(head), true))) + "  ";
    }
    int left = room(head) - DisplayText.width(Ansi.strip(bar));
    return head + bar + DisplayText.cut(text, left, glyphs.ellipsis());
  }

  /** Returns a line for those that there is no room for. */
  String more(List<Activity> rest) {
    long blocked = rest.stream().filter(activity -> !activity.blockers.isEmpty()).count();
    String waiting = blocked == 0 ? "" : ", of which " + blocked + " wait for a lock";
    String text = "  " + glyphs.ellipsis() + " " + rest.size() + " more running" + waiting;
    String cut = DisplayText.cut(text, columns(), glyphs.ellipsis());
    return theme.paint(blocked == 0 ? Role.DIM : Role.WARNING, cut);
  }

  /** Returns what comes next, and how the run as a whole stands. */
  List<String> outlook(Outlook outlook) {
    List<String> all = new ArrayList<>();
    for (Outlook.Next next : outlook.next()) {
      String name = DisplayText.pad(DisplayText.line(next.id()), lines.nameWidth());
      String text = "  " + name + " ".repeat(StepLines.TIME + 3) + next.title();
      all.add(theme.paint(Role.DIM, DisplayText.cut(text, columns(), glyphs.ellipsis())));
    }
    String text = "  " + String.join(" " + glyphs.dot() + " ", outlook.facts());
    all.add(theme.paint(Role.DIM, DisplayText.cut(text, columns(), glyphs.ellipsis())));
    return all;
  }
}
