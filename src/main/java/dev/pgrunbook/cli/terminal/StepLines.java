package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a run, in columns: a sign, the step, how long it took, what it is and did. */
final class StepLines {

  private static final int TIME = 8;

  private final Screen screen;
  private final Theme theme;
  private final Glyphs glyphs;
  private final StepNames names;

  StepLines(Screen screen, StepNames names) {
    this.screen = screen;
    this.theme = screen.theme();
    this.glyphs = screen.glyphs();
    this.names = names;
  }

  String done(Activity activity, Instant at) {
    String mark = theme.paint(Role.GOOD, glyphs.done());
    Duration took = Duration.between(activity.startedAt, at);
    return line(mark, activity.address, took, text(activity.address, activity.summary()));
  }

  String failed(Activity activity, Instant at) {
    String mark = theme.paint(Role.ERROR, glyphs.failed());
    Duration took = Duration.between(activity.startedAt, at);
    return line(mark, activity.address, took, text(activity.address, activity.summary()));
  }

  String skipped(StepAddress address, String reason) {
    String mark = theme.paint(Role.DIM, glyphs.dot());
    String what = label(address);
    String text = (what.isEmpty() ? "" : what + ": ") + "skipped, " + DisplayText.line(reason);
    return line(mark, address, null, theme.paint(Role.DIM, text));
  }

  /** Returns a line about something that goes on. */
  String running(Activity activity, Duration elapsed, List<String> facts) {
    String mark = theme.paint(Role.HINT, glyphs.running());
    String what = label(activity.address);
    return line(mark, activity.address, elapsed, joined(what, facts));
  }

  /** Returns a line about something to heed. */
  String warning(StepAddress address, String text) {
    String shown = theme.paint(Role.WARNING, DisplayText.line(text));
    return line(theme.paint(Role.WARNING, "!"), address, null, shown);
  }

  private String text(StepAddress address, List<String> facts) {
    String label = label(address);
    return joined(label.isEmpty() ? names.title(address) : label, facts);
  }

  /** Returns what the item is called; nothing for a step without items. */
  String label(StepAddress address) {
    return address.items().isEmpty() ? "" : names.label(address);
  }

  private String joined(String what, List<String> facts) {
    List<String> parts = new ArrayList<>();
    if (!what.isEmpty()) {
      parts.add(what);
    }
    if (!facts.isEmpty()) {
      parts.add(theme.paint(Role.DIM, String.join(", ", facts)));
    }
    return String.join(theme.paint(Role.DIM, " " + glyphs.dot() + " "), parts);
  }

  /** Returns what stands before the text of a line: sign, step and time in their columns. */
  String head(String mark, StepAddress address, @Nullable Duration elapsed, boolean rough) {
    String name = DisplayText.pad(DisplayText.line(address.toString()), names.width());
    String time = "";
    if (elapsed != null) {
      time = rough ? Quantities.roughDuration(elapsed) : Quantities.duration(elapsed);
    }
    String padded = DisplayText.padLeft(time, TIME);
    return mark + " " + name + " " + theme.paint(Role.DIM, padded) + "  ";
  }

  private String line(String mark, StepAddress address, @Nullable Duration elapsed, String text) {
    return (head(mark, address, elapsed, false) + text).stripTrailing();
  }

  Screen screen() {
    return screen;
  }
}
