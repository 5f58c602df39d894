package dev.pgrunbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.journal.RunSummary;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.RunList;
import dev.pgrunbook.render.RunReport;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.testing.Golden;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportsTest {

  private static final ZoneId UTC = ZoneId.of("UTC");

  private final Scene scene = new Scene();

  private Story story() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Screen screen = Screen.plain(nowhere, Theme.PLAIN, Map.of());
    return new Story(scene, RunDisplay.still(screen, scene.plan(), scene, Detail.QUIET));
  }

  private List<String> report(Status status, boolean known) {
    return report(status, known, Integer.MAX_VALUE);
  }

  private List<String> report(Status status, boolean known, int columns) {
    return new RunReport(Theme.PLAIN, Glyphs.UNICODE, 100, columns, UTC, "")
        .lines(scene.state(), status, known ? scene.runbook() : null);
  }

  @Test
  void aFailedRunWithEverythingItHasKept() {
    story().untilBlocked().untilCopying().untilStill().untilFailed();

    Golden.check("terminal/show-failed.txt", report(Status.FAILED, true));
    Golden.check("terminal/show-unknown-runbook.txt", report(Status.FAILED, false));
    Golden.check("terminal/show-60.txt", report(Status.FAILED, true, 60));
    assertThat(String.join("\n", report(Status.FAILED, true)))
        .doesNotContain("hunter2")
        .contains(
            "CREATE INDEX \"Person_age_idx\" ON public.\"Person\" USING btree"
                + " (age, name, created_at DESC) INCLUDE (id) WHERE (deleted_at IS NULL)");
  }

  private static RunSummary run(String id, Status status, String pause, String by, String holder) {
    Instant start = Instant.parse("2026-01-01T12:00:00Z");
    return new RunSummary(
        id,
        "pglogical/resync-tables-of-the-whole-schema",
        "1.0.0",
        status,
        pause,
        start,
        start.plusSeconds(64),
        by,
        holder);
  }

  private static List<RunSummary> runs() {
    return List.of(
        RunSummary.damaged("20260101-damaged"),
        run(Scene.RUN, Status.DONE, null, "alice", null),
        run("CHG-1", Status.PAUSED, "waiting", "bob", null),
        run("CHG-2", Status.PAUSED, "in-doubt", "bob", null),
        run("CHG-3", Status.FAILED, null, "bob", null),
        run("CHG-4", Status.INTERRUPTED, null, "bob", null),
        run("CHG-5", Status.ABORTED, null, "bob", null),
        run(
            "CHG-6",
            Status.RUNNING,
            null,
            "bob",
            "pid 4711, bob@ops-1, since 2026-01-01 12:00:00"));
  }

  private static List<String> list(boolean everybody, int columns) {
    Clock clock = Clock.fixed(Instant.parse("2026-02-01T12:00:00Z"), UTC);
    return new RunList(Theme.PLAIN, Glyphs.UNICODE, clock, everybody, columns).lines(runs());
  }

  @Test
  void runsNewestFirst() {
    Golden.check("terminal/runs.txt", list(false, Integer.MAX_VALUE));
    Golden.check("terminal/runs-all.txt", list(true, 200));
  }

  @Test
  void aNarrowWindowGetsLessOfEachRunAndNoRowThatWraps() {
    Golden.check("terminal/runs-80.txt", list(false, 80));
    Golden.check("terminal/runs-80-all.txt", list(true, 100));
    assertThat(list(false, 80)).allMatch(line -> DisplayText.width(line) <= 80);
    assertThat(list(true, 100)).allMatch(line -> DisplayText.width(line) <= 100);
    assertThat(list(false, 40)).anyMatch(line -> line.startsWith(Scene.RUN + "  "));
  }
}
