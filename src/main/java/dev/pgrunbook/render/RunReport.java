package dev.pgrunbook.render;

import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.Target;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run: how it stands, its steps, its failures, what waits for an answer, and
 * every value it has kept, whole.
 */
public final class RunReport {

  private static final int LABEL = 10;

  private final Theme theme;
  private final Glyphs glyphs;
  private final int columns;
  private final Moments moments;
  private final String options;
  private final int wrapAt;

  /**
   * Takes how wide tables may be, and the time zone of the reader.
   *
   * @param wrapAt how wide other lines may be, values apart, which must stay whole
   * @param options what commands about the run need besides its id; empty for nothing
   */
  public RunReport(
      Theme theme, Glyphs glyphs, int columns, int wrapAt, ZoneId zone, String options) {
    this.wrapAt = wrapAt;
    this.options = options;
    this.theme = theme;
    this.glyphs = glyphs;
    this.columns = columns;
    this.moments = new Moments(zone);
  }

  /**
   * Returns the report in lines.
   *
   * @param runbook what the run follows; null when it cannot be loaded
   */
  public List<String> lines(RunState state, Status status, @Nullable Runbook runbook) {
    List<String> lines = new ArrayList<>();
    RunStarted started = state.started();
    if (started == null) {
      return List.of("The run has not begun.");
    }
    header(lines, state, started, status, runbook);
    StepReport steps = new StepReport(theme, glyphs, wrapAt, String.valueOf(state.run()), options);
    section(lines, "Steps", steps.steps(state, runbook));
    section(lines, "Failed", steps.failures(state));
    if (status != Status.ABORTED) {
      section(lines, "Waiting", steps.waiting(state));
    }
    section(lines, "Kept", variables(state));
    return lines;
  }

  private void section(List<String> lines, String title, List<String> content) {
    if (!content.isEmpty()) {
      lines.add("");
      lines.add(theme.paint(Role.HEADING, title));
      lines.addAll(content);
    }
  }

  private void header(
      List<String> lines,
      RunState state,
      RunStarted started,
      Status status,
      @Nullable Runbook runbook) {
    String name = DisplayText.line(started.runbook() + " " + started.version());
    String title = runbook == null ? "" : "  " + DisplayText.line(runbook.title());
    lines.add(theme.paint(Role.HEADING, name) + title);
    label(lines, "run", String.valueOf(state.run()));
    label(lines, "status", theme.paint(RunList.role(status), status.word()) + why(state));
    label(lines, "operator", DisplayText.line(started.by() + " on " + started.host()));
    Instant from = state.startedAt();
    Instant to = state.lastAt();
    if (from != null && to != null) {
      String took = ", " + Quantities.duration(Duration.between(from, to)) + " to its last record";
      label(lines, "started", moments.zoned(from) + took);
    }
    if (started.file() != null) {
      label(lines, "file", DisplayText.line(started.file()));
    }
    targets(lines, started.targets());
    arguments(lines, started.arguments());
  }

  private static String why(RunState state) {
    RunPaused paused = state.paused();
    String message = paused == null ? null : paused.message();
    return message == null ? "" : ": " + DisplayText.line(message);
  }

  private void label(List<String> lines, String label, String text) {
    label(lines, label, text, 0);
  }

  /**
   * Adds a line, and where it is too long others below it.
   *
   * @param name how wide the name is that the text begins with
   */
  private void label(List<String> lines, String label, String text, int name) {
    String line = "  " + theme.paint(Role.DIM, DisplayText.pad(label, LABEL)) + " " + text;
    lines.addAll(Ansi.wrap(line, wrapAt, LABEL + 3 + (name == 0 ? 0 : name + 2)));
  }

  private void targets(List<String> lines, Map<String, Target> targets) {
    String label = "targets";
    int widest = widest(targets);
    for (Map.Entry<String, Target> target : targets.entrySet()) {
      Target database = target.getValue();
      // What was given as an address has no name.
      boolean named =
          !database.display().contains(database.connection())
              && !database.connection().contains(":");
      String connection = named ? " (" + database.connection() + ")" : "";
      String server = database.server() == null ? "" : ", PostgreSQL " + database.server();
      String shown = DisplayText.line(database.display() + connection + server);
      label(
          lines,
          label,
          DisplayText.pad(DisplayText.line(target.getKey()), widest) + "  " + shown,
          widest);
      label = "";
    }
  }

  private void arguments(List<String> lines, Map<String, Value> arguments) {
    String label = "arguments";
    int widest = widest(arguments);
    for (Map.Entry<String, Value> argument : arguments.entrySet()) {
      String value = DisplayText.line(plain(argument.getValue()));
      String name = DisplayText.pad(DisplayText.line(argument.getKey()), widest);
      label(lines, label, name + "  " + value, widest);
      label = "";
    }
  }

  /** Returns a value as it was given: the items of a list one after another. */
  private static String plain(Value value) {
    if (value instanceof ListValue list && TextTable.rowsOf(value).isEmpty()) {
      List<String> items = new ArrayList<>();
      list.items().forEach(item -> items.add(plain(item)));
      return String.join(", ", items);
    }
    return value.isNull() ? "null" : value.display();
  }

  private static int widest(Map<String, ?> named) {
    int widest = 0;
    for (String name : named.keySet()) {
      widest = Math.max(widest, DisplayText.width(DisplayText.line(name)));
    }
    return widest;
  }

  /** Values are shown whole: a definition that was cut could not be typed in again. */
  private List<String> variables(RunState state) {
    List<String> lines = new ArrayList<>();
    for (String variable : state.variables()) {
      Value value = state.variable(variable);
      String name = theme.paint(Role.HEADING, DisplayText.line(variable));
      List<RowValue> rows = TextTable.rowsOf(value);
      if (!rows.isEmpty()) {
        String count = " (" + Quantities.count(rows.size(), "row") + ")";
        lines.add("  " + name + theme.paint(Role.DIM, count));
        TextTable table = TextTable.whole(theme, glyphs, columns - 4);
        table.objects(rows).forEach(line -> lines.add("    " + line));
      } else {
        String shown = DisplayText.lines(plain(value));
        lines.add("  " + name + " = " + shown.replace("\n", "\n    "));
      }
    }
    return lines;
  }
}
