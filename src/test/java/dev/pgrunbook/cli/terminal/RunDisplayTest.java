package dev.pgrunbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.StatementStarted;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDisplayTest {

  private final Scene scene = new Scene();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Story plain(Detail detail, String locale) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Screen screen = Screen.plain(out, Theme.PLAIN, Map.of("LC_ALL", locale));
    return new Story(scene, RunDisplay.still(screen, scene.plan(), scene, detail));
  }

  private List<String> printed() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aPipeGetsPlainLines() {
    plain(Detail.NORMAL, "C.UTF-8").untilBlocked().untilCopying().untilStill().untilFailed();

    Golden.check("terminal/display-plain.txt", printed());
    assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b");
  }

  @Test
  void anotherCharacterSetGetsSignsItHas() {
    plain(Detail.NORMAL, "C").untilBlocked().untilCopying().untilStill().untilFailed();

    // What databases call their tables stays what it is.
    String all = bytes.toString(StandardCharsets.UTF_8).replace("表", "");
    assertThat(all.chars()).allMatch(c -> c < 128);
    Golden.check("terminal/display-ascii.txt", printed());
  }

  @Test
  void quietTellsFailuresAndTheEnd() {
    plain(Detail.QUIET, "C.UTF-8").untilBlocked().untilCopying().untilStill().untilFailed();

    Golden.check("terminal/display-quiet.txt", printed());
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 200})
  void aTerminalShowsWhatRunsNowInPlace(int columns) {
    VirtualTerminal terminal = new VirtualTerminal(columns);
    Screen screen = terminal.screen(Theme.ANSI);
    Story story = new Story(scene, RunDisplay.still(screen, scene.plan(), scene, Detail.NORMAL));

    story.untilBlocked();
    Golden.check("terminal/live-" + columns + "-blocked.txt", terminal.rows());
    story.untilCopying();
    Golden.check("terminal/live-" + columns + "-copying.txt", terminal.rows());
    story.untilStill();
    Golden.check("terminal/live-" + columns + "-still.txt", terminal.rows());
    story.untilFailed();
    Golden.check("terminal/live-" + columns + "-failed.txt", terminal.rows());
    assertThat(terminal.rows()).allMatch(row -> DisplayText.width(row) <= columns);
  }

  private StatementProgress building(String phase, Long done, Long total) {
    return new StatementProgress("CREATE INDEX", "public.a", phase, done, total, "blocks");
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 200})
  void whatTheServerSaysOfAStatementIsShownWithoutAProbe(int columns) {
    VirtualTerminal terminal = new VirtualTerminal(columns);
    Screen screen = terminal.screen(Theme.ANSI);
    RunDisplay display = RunDisplay.still(screen, scene.plan(), scene, Detail.NORMAL);
    new Story(scene, display).untilBlocked();
    display.blocked(Story.DROP, List.of());
    for (long i = 0; i < 9; i++) {
      scene.after(1_000);
      display.progressed(Story.DROP, scene.instant(), building("building index", i * 500, 9_000L));
    }
    Golden.check("terminal/progress-" + columns + ".txt", terminal.rows());

    scene.after(1_000);
    display.progressed(Story.DROP, scene.instant(), building("waiting for writers", 0L, 3L));
    assertThat(String.join("\n", terminal.rows()))
        .contains("0 of 3 blocks", "waiting for writers")
        .doesNotContain("left", "started over", "blocked by");
    scene.after(40_000);
    display.progressed(Story.DROP, scene.instant(), building("waiting for writers", 0L, 3L));
    assertThat(String.join("\n", terminal.rows())).contains("no progress for 40 s");
  }

  @Test
  void whatIsNotLookedAtAnyMorePromisesNothing() {
    VirtualTerminal terminal = new VirtualTerminal(200);
    Screen screen = terminal.screen(Theme.ANSI);
    RunDisplay display = RunDisplay.still(screen, scene.plan(), scene, Detail.NORMAL);
    new Story(scene, display).untilBlocked().untilCopying();
    assertThat(String.join("\n", terminal.rows())).contains("206 k/s", " left");

    scene.after(30_000);
    display.tick();
    assertThat(String.join("\n", terminal.rows()))
        .contains("last seen 30 s ago")
        .doesNotContain("/s", " left");
  }

  @Test
  void aLowWindowKeepsItsLiveLinesWithinIt() {
    VirtualTerminal terminal = new VirtualTerminal(80);
    RunDisplay display =
        RunDisplay.still(terminal.screen(Theme.PLAIN, 4), scene.plan(), scene, Detail.NORMAL);
    new Story(scene, display).untilBlocked();
    for (int i = 0; i < 50; i++) {
      scene.after(1_000);
      display.tick();
    }

    List<String> rows = terminal.rows();
    assertThat(rows).filteredOn(row -> row.contains("0 of 3 statements done")).hasSize(1);
    assertThat(rows).filteredOn(row -> row.contains("of 9 steps")).hasSize(1);
  }

  @Test
  void whatHasNotChangedIsNotDrawnAgain() {
    VirtualTerminal terminal = new VirtualTerminal(80);
    RunDisplay display =
        RunDisplay.still(terminal.screen(Theme.ANSI), scene.plan(), scene, Detail.NORMAL);
    new Story(scene, display).untilBlocked();
    display.tick();
    int before = terminal.written().length();

    display.tick();
    assertThat(terminal.written()).hasSize(before);

    scene.after(1_000);
    display.tick();
    assertThat(terminal.written().length()).isGreaterThan(before);
    assertThat(terminal.written().substring(before))
        .doesNotContain("\u001b[2J")
        .doesNotContain("\u001b[J");
  }

  @Test
  void nothingIsDrawnWhileSomebodyIsAsked() {
    VirtualTerminal terminal = new VirtualTerminal(80);
    Screen screen = terminal.screen(Theme.PLAIN);
    RunDisplay display = RunDisplay.still(screen, scene.plan(), scene, Detail.NORMAL);
    new Story(scene, display).untilBlocked();
    assertThat(terminal.rows()).anyMatch(row -> row.contains("0 of 3 statements done"));

    screen.converse(
        new Interruption(),
        prompt -> {
          scene.after(1_000);
          display.tick();
          return prompt;
        });

    assertThat(terminal.rows()).noneMatch(row -> row.contains("0 of 3 statements done"));
  }

  @Test
  void aPauseSaysHowToGoOn() {
    Story story = plain(Detail.QUIET, "C.UTF-8");
    StepAddress gate = StepAddress.of("approve-cut-over");
    scene.started();
    story.record(new GateRequested(gate, GateKind.GATE, "Cut over?", "d", 1));
    story.record(new RunPaused(PauseReason.WAITING, "approve-cut-over waits for an answer"));

    assertThat(String.join("\n", printed()))
        .contains("paused: approve-cut-over waits for an answer")
        .contains("pgrunbook resume " + Scene.RUN)
        .contains("pgrunbook approve " + Scene.RUN + " approve-cut-over");
  }

  @Test
  void whatIsInDoubtNamesTheMarks() {
    Story story = plain(Detail.QUIET, "C.UTF-8");
    scene.started();
    story.record(new StatementStarted(Story.DROP, 1, "DROP INDEX a", "digest", 77, null));
    story.record(new RunPaused(PauseReason.IN_DOUBT, "nobody can know"));

    assertThat(String.join("\n", printed()))
        .contains("resume " + Scene.RUN + " --mark drop-indexes=done --reason TEXT");
  }

  @Test
  void theEndIsALine() {
    Story story = plain(Detail.QUIET, "C.UTF-8");
    scene.started();
    story.record(new RunFinished(Outcome.DONE));

    assertThat(printed()).containsExactly("✓ done in 0 ms   run " + Scene.RUN);
  }
}
