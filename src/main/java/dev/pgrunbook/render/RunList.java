package dev.pgrunbook.render;

import dev.pgrunbook.journal.RunSummary;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.render.Theme.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Runs in a list, the newest first. */
public final class RunList {

  private static final List<String> HEADERS =
      List.of("run", "status", "runbook", "started", "took", "by", "carried out by");
  private static final int TOOK = 4;

  private final Theme theme;
  private final Moments moments;
  private final int columns;

  /**
   * Takes how a list looks.
   *
   * @param owners whether it tells which process carries a run out
   */
  public RunList(Theme theme, ZoneId zone, boolean owners) {
    this.theme = theme;
    this.columns = owners ? HEADERS.size() : HEADERS.size() - 1;
    this.moments = new Moments(zone);
  }

  /** Returns the list in lines, headers first; a sentence when there are no runs. */
  public List<String> lines(List<RunSummary> runs) {
    if (runs.isEmpty()) {
      return List.of("There are no runs.");
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADERS);
    for (int i = runs.size() - 1; i >= 0; i--) {
      rows.add(cells(runs.get(i)));
    }
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], DisplayText.width(row.get(i)));
      }
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Status status = i == 0 ? null : runs.get(runs.size() - i).status();
      lines.add(line(rows.get(i), widths, status == null ? Role.DIM : role(status), i == 0));
    }
    return lines;
  }

  private List<String> cells(RunSummary run) {
    String version = run.version() == null ? "" : " " + run.version();
    String runbook = run.runbook() == null ? "" : run.runbook() + version;
    return List.of(
        DisplayText.line(run.run()),
        run.status().word(),
        DisplayText.line(runbook),
        moments.plain(run.startedAt()),
        took(run),
        run.by() == null ? "" : DisplayText.line(run.by()),
        run.holder() == null ? "" : DisplayText.line(run.holder()));
  }

  private static String took(RunSummary run) {
    Instant from = run.startedAt();
    Instant to = run.lastAt();
    return from == null || to == null ? "" : Quantities.duration(Duration.between(from, to));
  }

  private String line(List<String> cells, int[] widths, Role status, boolean header) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      String padded =
          i == TOOK ? DisplayText.padLeft(cell, widths[i]) : DisplayText.pad(cell, widths[i]);
      String shown = i == widths.length - 1 ? cell : padded;
      boolean painted = header || i == 1;
      line.append(i == 0 ? "" : "  ").append(painted ? theme.paint(status, shown) : shown);
    }
    return line.toString().stripTrailing();
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
