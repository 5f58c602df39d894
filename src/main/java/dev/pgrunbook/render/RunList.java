package dev.pgrunbook.render;

import dev.pgrunbook.journal.RunSummary;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.render.Theme.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Runs in a list, the newest first; in a narrow window with less about each. */
public final class RunList {

  private static final List<String> HEADERS =
      List.of("run", "status", "runbook", "started", "took", "by", "carried out by");
  private static final int STATUS = 1;
  private static final int RUNBOOK = 2;
  private static final int TOOK = 4;
  private static final int BY = 5;
  private static final int HOLDER = 6;
  private static final int LEAST_RUNBOOK = 10;
  private static final int BETWEEN = 2;

  private final Theme theme;
  private final Glyphs glyphs;
  private final Moments moments;
  private final Instant now;
  private final boolean everybody;
  private final int columns;

  /**
   * Takes how a list looks.
   *
   * @param clock of the reader, with his time zone
   * @param everybody whether it tells whose each run is, and which process carries it out
   * @param columns how wide it may be
   */
  public RunList(Theme theme, Glyphs glyphs, Clock clock, boolean everybody, int columns) {
    this.theme = theme;
    this.glyphs = glyphs;
    this.moments = new Moments(clock.getZone());
    this.now = clock.instant();
    this.everybody = everybody;
    this.columns = columns;
  }

  /** Returns the list in lines, headers first; a sentence when there are no runs. */
  public List<String> lines(List<RunSummary> runs) {
    if (runs.isEmpty()) {
      return List.of("There are no runs.");
    }
    List<RunSummary> newest = new ArrayList<>(runs);
    Collections.reverse(newest);
    List<List<String>> rows = rows(newest, false);
    boolean narrow = width(widths(rows)) > columns;
    if (narrow) {
      rows = rows(newest, true);
    }
    int[] widths = widths(rows);
    int over = Math.max(0, width(widths) - columns);
    widths[RUNBOOK] = Math.min(widths[RUNBOOK], Math.max(LEAST_RUNBOOK, widths[RUNBOOK] - over));
    List<String> lines = new ArrayList<>();
    lines.add(line(rows.get(0), widths, Role.DIM, true));
    for (int i = 0; i < newest.size(); i++) {
      RunSummary run = newest.get(i);
      lines.add(line(rows.get(i + 1), widths, role(run.status()), false));
      if (narrow && everybody && run.holder() != null) {
        String holder = "  carried out by " + DisplayText.line(run.holder());
        lines.add(theme.paint(Role.DIM, DisplayText.cut(holder, columns, glyphs.ellipsis())));
      }
    }
    return lines;
  }

  /** Whoever carries a run out stands below it where there is no room beside it. */
  private List<List<String>> rows(List<RunSummary> runs, boolean narrow) {
    int shown = !everybody ? BY : narrow ? HOLDER : HEADERS.size();
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADERS.subList(0, shown));
    runs.forEach(run -> rows.add(cells(run, narrow).subList(0, shown)));
    return rows;
  }

  private List<String> cells(RunSummary run, boolean narrow) {
    String version = narrow || run.version() == null ? "" : " " + run.version();
    String runbook = run.runbook() == null ? "" : run.runbook() + version;
    Instant started = run.startedAt();
    return List.of(
        DisplayText.line(run.run()),
        status(run, narrow),
        DisplayText.line(runbook),
        narrow ? moments.brief(started, now) : moments.plain(started),
        took(run),
        run.by() == null ? "" : DisplayText.line(run.by()),
        run.holder() == null ? "" : DisplayText.line(run.holder()));
  }

  /** Of a run that stands still the reason says what is to be done. */
  private static String status(RunSummary run, boolean narrow) {
    String word = run.status().word();
    if (run.pause() == null) {
      return word;
    }
    String reason = DisplayText.line(run.pause());
    return narrow ? reason : word + ", " + reason;
  }

  private static String took(RunSummary run) {
    Instant from = run.startedAt();
    Instant to = run.lastAt();
    return from == null || to == null ? "" : Quantities.duration(Duration.between(from, to));
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], DisplayText.width(row.get(i)));
      }
    }
    return widths;
  }

  private static int width(int[] widths) {
    return Arrays.stream(widths).sum() + BETWEEN * (widths.length - 1);
  }

  private String line(List<String> cells, int[] widths, Role role, boolean header) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = fitting(cells.get(i), widths[i]);
      String padded =
          i == TOOK ? DisplayText.padLeft(cell, widths[i]) : DisplayText.pad(cell, widths[i]);
      String shown = i == widths.length - 1 && i != TOOK ? cell : padded;
      boolean painted = header || i == STATUS;
      line.append(" ".repeat(i == 0 ? 0 : BETWEEN));
      line.append(painted ? theme.paint(role, shown) : shown);
    }
    return line.toString().stripTrailing();
  }

  /** The end of a runbook's name tells more than the folder it begins with. */
  private String fitting(String cell, int width) {
    int from = 0;
    while (DisplayText.width(cell.substring(from))
        > width - (from == 0 ? 0 : glyphs.ellipsis().length())) {
      from = cell.offsetByCodePoints(from, 1);
    }
    return from == 0 ? cell : glyphs.ellipsis() + cell.substring(from);
  }

  static Role role(Status status) {
    return switch (status) {
      case DONE -> Role.GOOD;
      case FAILED, DAMAGED -> Role.ERROR;
      case PAUSED, INTERRUPTED -> Role.WARNING;
      case RUNNING -> Role.HINT;
      case ABORTED -> Role.DIM;
    };
  }
}
