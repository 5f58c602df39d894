package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.StepAddress;
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
import org.jspecify.annotations.Nullable;

/** The lines of a run, in columns: a sign, the step, how long it took, what it is and did. */
final class StepLines {

  static final int TIME = 8;

  /** How much room the text needs beside the other columns, not to go below them. */
  private static final int LEAST_TEXT = 30;

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

  List<String> done(Activity activity, Instant at) {
    String mark = theme.paint(Role.GOOD, glyphs.done());
    Duration took = Duration.between(activity.startedAt, at);
    return line(mark, activity.address, took, text(activity.address, activity.summary()));
  }

  List<String> failed(Activity activity, Instant at) {
    String mark = theme.paint(Role.ERROR, glyphs.failed());
    Duration took = Duration.between(activity.startedAt, at);
    return line(mark, activity.address, took, text(activity.address, activity.summary()));
  }

  List<String> skipped(StepAddress address, String reason) {
    String mark = theme.paint(Role.DIM, glyphs.dot());
    String what = label(address);
    String text = (what.isEmpty() ? "" : what + ": ") + "skipped, " + DisplayText.line(reason);
    return line(mark, address, null, theme.paint(Role.DIM, text));
  }

  /** Returns a line about what an operator has said of a step. */
  List<String> marked(OperatorMarked mark) {
    boolean done = mark.mark() == Mark.DONE;
    String sign =
        theme.paint(done ? Role.GOOD : Role.HINT, done ? glyphs.done() : glyphs.running());
    String text = "marked " + mark.mark().word() + " by " + mark.by() + ": " + mark.reason();
    return line(sign, mark.address(), null, theme.paint(Role.DIM, DisplayText.line(text)));
  }

  /** Returns a line about something that goes on. */
  List<String> running(Activity activity, Duration elapsed, List<String> facts) {
    String mark = theme.paint(Role.HINT, glyphs.running());
    String what = label(activity.address);
    return line(mark, activity.address, elapsed, joined(what, facts));
  }

  /** Returns a line about something to heed. */
  List<String> warning(StepAddress address, String text) {
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

  /** Returns who blocks, below the step that waits. */
  List<String> blockers(List<String> blockers) {
    List<String> all = new ArrayList<>();
    for (String blocker : blockers) {
      String text = "blocked by " + DisplayText.line(blocker);
      all.addAll(wrapped("    " + theme.paint(Role.WARNING, text), 8));
    }
    return all;
  }

  private List<String> line(
      String mark, StepAddress address, @Nullable Duration elapsed, String text) {
    String head = head(mark, address, elapsed, false);
    int indent = DisplayText.width(Ansi.strip(head));
    boolean room = screen.columns() - indent >= LEAST_TEXT;
    return wrapped((head + text).stripTrailing(), room ? indent : 4);
  }

  /** A terminal would break lines in the middle of words; a file or a pipe gets them whole. */
  private List<String> wrapped(String line, int indent) {
    return screen.isTerminal() ? Ansi.wrap(line, screen.columns(), indent) : List.of(line);
  }

  int nameWidth() {
    return names.width();
  }

  Screen screen() {
    return screen;
  }
}
