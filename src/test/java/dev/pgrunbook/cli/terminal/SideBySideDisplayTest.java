package dev.pgrunbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Items that run side by side, as a display shows them. */
class SideBySideDisplayTest {

  private static final StepAddress WATCH = Story.WATCH;
  private static final StepAddress RESYNC = StepAddress.of("resync");

  private final Scene scene =
      new Scene(
          IntStream.rangeClosed(1, 40)
              .mapToObj(
                  n -> "public.\"" + "Person Company Order_line ".split(" ")[n % 3] + n + "\"")
              .toList());
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private RunDisplay display(Screen screen) {
    RunDisplay display = RunDisplay.still(screen, scene.plan(), scene, Detail.NORMAL);
    display.recorded(scene.started());
    return display;
  }

  private RunDisplay plain() {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return display(Screen.plain(out, Theme.PLAIN, Map.of("LC_ALL", "C.UTF-8")));
  }

  private List<String> printed() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void record(RunDisplay display, RunEvent event) {
    display.recorded(scene.event(event));
  }

  private void begin(RunDisplay display, StepAddress whole, int... items) {
    if (scene.state().step(whole).startedSeq() == 0) {
      record(display, new StepStarted(whole, false, 40, null));
    }
    for (int item : items) {
      record(display, new StepStarted(whole.item(item), false, null, null));
    }
  }

  private static int[] upTo(int last) {
    return IntStream.rangeClosed(1, last).toArray();
  }

  /** Probes of some items, each with a pace of its own. */
  private void copy(RunDisplay display, int items, int polls) {
    for (int poll = 1; poll <= polls; poll++) {
      scene.after(2_000);
      for (int item = 1; item <= items; item++) {
        double done = Math.min(900_000, poll * (90_000.0 - item * 2_000));
        display.sampled(scene.sample(item, poll * 2_000L, done, 900_000.0 + item, "d", 0));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 200})
  void eachItemHasItsLine(int columns) {
    VirtualTerminal terminal = new VirtualTerminal(columns);
    RunDisplay display = display(terminal.screen(Theme.ANSI, 30));
    begin(display, RESYNC, upTo(4));
    for (int second = 0; second < 8; second++) {
      scene.after(1_000);
      display.progressed(
          RESYNC.item(2),
          scene.instant(),
          new StatementProgress("COPY", "public.b", "", second * 1_234_567L, 20_000_000L, "bytes"));
    }
    display.blocked(RESYNC.item(3), Scene.lockTimeout().blockers());
    display.waiting(RESYNC.item(4), Duration.ofSeconds(3), "before the next try");
    Golden.check("terminal/side-by-side-" + columns + "-statements.txt", terminal.rows());

    for (int item = 1; item <= 4; item++) {
      record(display, new StepFinished(RESYNC.item(item)));
    }
    record(display, new StepFinished(RESYNC));
    begin(display, WATCH, upTo(4));
    copy(display, 4, 6);
    scene.after(2_000);
    display.sampled(scene.sample(4, 14_000, 492_000.0, 900_004.0, "d", 40_000));
    Golden.check("terminal/side-by-side-" + columns + "-probes.txt", terminal.rows());
    assertThat(terminal.rows()).allMatch(row -> DisplayText.width(row) < columns);
  }

  @Test
  void whatEndsGivesItsPlaceToTheNext() {
    VirtualTerminal terminal = new VirtualTerminal(200);
    RunDisplay display = display(terminal.screen(Theme.PLAIN, 30));
    begin(display, WATCH, upTo(4));
    copy(display, 4, 3);
    record(display, new StepFinished(WATCH.item(2)));
    begin(display, WATCH, 5);

    assertThat(running(terminal)).containsExactly("watch[1]", "watch[5]", "watch[3]", "watch[4]");
    assertThat(terminal.rows()).anyMatch(row -> row.contains("1 of 40 items"));
    assertThat(terminal.rows()).anyMatch(row -> row.startsWith("✓ watch[2]"));
  }

  @Test
  void whatBeginsAtOnceStandsInItsOrder() {
    VirtualTerminal terminal = new VirtualTerminal(200);
    RunDisplay display = display(terminal.screen(Theme.PLAIN, 30));
    begin(display, WATCH, 3, 10, 1, 2);
    display.tick();

    assertThat(running(terminal)).containsExactly("watch[1]", "watch[2]", "watch[3]", "watch[10]");
  }

  /** Returns the addresses that are drawn as running, from above. */
  private static List<String> running(VirtualTerminal terminal) {
    return terminal.rows().stream()
        .filter(row -> row.matches("[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] .*"))
        .map(row -> row.split(" +")[1])
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"80, 24", "200, 24", "80, 12", "200, 5"})
  void moreItemsThanFitAreCounted(int columns, int rows) {
    VirtualTerminal terminal = new VirtualTerminal(columns);
    RunDisplay display = display(terminal.screen(Theme.PLAIN, rows));
    begin(display, WATCH, upTo(40));
    copy(display, 40, 4);
    display.blocked(WATCH.item(39), Scene.lockTimeout().blockers());
    display.blocked(WATCH.item(40), Scene.lockTimeout().blockers());

    List<String> live =
        terminal.rows().stream()
            .dropWhile(row -> !row.startsWith("▸") && !row.startsWith("⠋"))
            .toList();
    assertThat(live).hasSizeLessThan(rows);
    int shown = running(terminal).size();
    assertThat(live)
        .contains("  … " + (40 - shown) + " more running, of which 2 wait for a lock")
        .anyMatch(row -> row.contains("0 of 9 steps"))
        .allMatch(row -> DisplayText.width(row) < columns);
    assertThat(shown).isGreaterThanOrEqualTo(rows / 2 - 1);

    // Drawn again and again, nothing of it is left above.
    for (int i = 0; i < 20; i++) {
      scene.after(1_000);
      display.tick();
    }
    assertThat(running(terminal)).hasSize(shown);
  }

  @Test
  void onlyWhatHasChangedMovesAndNothingFlickers() {
    VirtualTerminal terminal = new VirtualTerminal(80);
    RunDisplay display = display(terminal.screen(Theme.ANSI, 30));
    begin(display, WATCH, upTo(8));
    copy(display, 8, 2);
    List<String> before = terminal.rows();
    int written = terminal.written().length();
    copy(display, 8, 3);

    assertThat(terminal.written().substring(written))
        .doesNotContain("\u001b[2J")
        .doesNotContain("\u001b[J");
    List<String> after = terminal.rows();
    assertThat(after).hasSameSizeAs(before);
    for (int i = 0; i < before.size(); i++) {
      assertThat(bar(after.get(i))).isEqualTo(bar(before.get(i)));
    }
  }

  /** Returns where in a row the bar begins and ends. */
  private static String bar(String row) {
    return row.replaceAll("[^█░]", " ").replaceAll("[█░]", "#").stripTrailing();
  }

  @Test
  void aWindowThatChangesGetsTheLinesThatFit() {
    VirtualTerminal terminal = new VirtualTerminal(200);
    int[] columns = {200};
    RunDisplay display = display(terminal.screen(Theme.PLAIN, 30, () -> columns[0]));
    begin(display, WATCH, upTo(3));
    copy(display, 3, 4);
    assertThat(terminal.rows()).filteredOn(row -> row.contains("█")).hasSize(3);

    columns[0] = 80;
    display.tick();
    assertThat(running(terminal)).containsExactly("watch[1]", "watch[2]", "watch[3]");
    assertThat(terminal.rows().stream().dropWhile(row -> !row.startsWith("▸")))
        .allMatch(row -> DisplayText.width(row) < 80)
        .filteredOn(row -> row.contains("0 of 9 steps"))
        .hasSize(1);
  }

  @Test
  void aPipeIsToldWhichItemALineIsAboutAndNotOfEachAllTheTime() {
    RunDisplay display = plain();
    begin(display, WATCH, upTo(16));
    copy(display, 16, 30);
    record(display, new StepFinished(WATCH.item(7)));

    List<String> lines = printed();
    assertThat(lines).filteredOn(line -> line.startsWith("▸ watch[3] ")).hasSize(3);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("▸ "))
        .allMatch(line -> line.matches("▸ watch\\[\\d+\\] +[0-9.]+ s  public\\.\"\\w+\" · .*"));
    assertThat(lines.get(lines.size() - 1))
        .startsWith("✓ watch[7]")
        .contains("public.\"Company7\"");
  }

  @Test
  void everyFailureIsToldAndTheLoopOnlyCounts() {
    RunDisplay display = plain();
    begin(display, WATCH, upTo(3));
    record(display, new StepFailed(WATCH.item(1), "it broke"));
    record(display, new StepFailed(WATCH.item(3), "it broke"));
    record(
        display, new StepFailed(WATCH, "2 of 3 items have failed:\nwatch[1]: it broke\nand so on"));

    assertThat(printed()).filteredOn(line -> line.startsWith("✗ watch[")).hasSize(2);
    assertThat(printed()).filteredOn(line -> line.contains("it broke")).hasSize(2);
    assertThat(printed()).containsOnlyOnce("    2 of 3 items have failed:");
  }

  @Test
  void aPauseNamesEveryQuestion() {
    RunDisplay display = plain();
    begin(display, WATCH, upTo(2));
    for (int item : upTo(2)) {
      record(
          display, new GateRequested(WATCH.item(item), GateKind.CONFIRM, "Sure?", "d" + item, 1));
    }
    record(display, new RunPaused(PauseReason.WAITING, "watch[1] waits for an answer"));

    assertThat(String.join("\n", printed()))
        .contains("approve " + Scene.RUN + " watch[1]")
        .contains("approve " + Scene.RUN + " watch[2]");
  }

  @Test
  void whatRunsAgainCountsOnce() {
    VirtualTerminal terminal = new VirtualTerminal(80);
    RunDisplay display = display(terminal.screen(Theme.PLAIN, 30));
    begin(display, WATCH, 1, 2);
    record(display, new StepFinished(WATCH.item(1)));
    record(display, new StepFinished(WATCH.item(2)));
    begin(display, WATCH, 1, 3);
    record(display, new StepFinished(WATCH.item(1)));
    display.tick();
    assertThat(terminal.rows()).anyMatch(row -> row.contains("2 of 40 items"));

    record(display, new StepFinished(WATCH.item(3)));
    record(display, new StepFinished(WATCH));
    record(display, new StepStarted(WATCH, true, 40, null));
    begin(display, WATCH, 1);
    display.tick();
    assertThat(terminal.rows()).anyMatch(row -> row.contains("0 of 40 items"));
  }

  @Test
  void whatWasDoneBeforeARunWasResumedCounts() {
    RunDisplay before = plain();
    begin(before, WATCH, upTo(3));
    record(before, new StepFinished(WATCH.item(1)));
    record(before, new StepFinished(WATCH.item(2)));
    record(before, new RunPaused(PauseReason.OPERATOR, null));

    VirtualTerminal terminal = new VirtualTerminal(80);
    RunDisplay after =
        RunDisplay.still(terminal.screen(Theme.PLAIN, 30), scene.plan(), scene, Detail.NORMAL);
    after.begin(scene.state());
    record(after, new StepStarted(WATCH.item(3), false, null, null));
    record(after, new StepStarted(WATCH.item(4), false, null, null));
    after.tick();
    assertThat(terminal.rows()).anyMatch(row -> row.contains("2 of 40 items"));
  }
}
