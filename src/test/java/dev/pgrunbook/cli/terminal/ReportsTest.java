package dev.pgrunbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.journal.RunSummary;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.RunList;
import dev.pgrunbook.render.RunReport;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.testing.Golden;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    return new RunReport(Theme.PLAIN, Glyphs.UNICODE, 100, UTC, "")
        .lines(scene.state(), status, known ? scene.runbook() : null);
  }

  @Test
  void aFailedRunWithEverythingItHasKept() {
    story().untilBlocked().untilCopying().untilStill().untilFailed();

    Golden.check("terminal/show-failed.txt", report(Status.FAILED, true));
    Golden.check("terminal/show-unknown-runbook.txt", report(Status.FAILED, false));
    assertThat(String.join("\n", report(Status.FAILED, true)))
        .doesNotContain("hunter2")
        .contains(
            "CREATE INDEX \"Person_age_idx\" ON public.\"Person\" USING btree"
                + " (age, name, created_at DESC) INCLUDE (id) WHERE (deleted_at IS NULL)");
  }

  @Test
  void runsNewestFirst() {
    Instant start = Instant.parse("2026-01-01T12:00:00Z");
    List<RunSummary> runs =
        List.of(
            new RunSummary("20260101-damaged", null, null, Status.DAMAGED, null, null, null, null),
            new RunSummary(
                Scene.RUN,
                "pglogical/resync-tables",
                "1.0.0",
                Status.DONE,
                start,
                start.plusSeconds(64),
                "alice",
                null),
            new RunSummary(
                "20260102-080000-progress-ffff",
                "pglogical/replication-progress",
                "1.0.0",
                Status.PAUSED,
                start.plusSeconds(72_000),
                start.plusSeconds(72_003),
                "bob",
                null));

    Golden.check("terminal/runs.txt", new RunList(Theme.PLAIN, UTC, false).lines(runs));
  }
}
