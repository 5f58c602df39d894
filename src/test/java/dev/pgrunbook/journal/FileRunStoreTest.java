package dev.pgrunbook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.database.ApplicationName;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRunStoreTest {

  private static final StepAddress STEP = StepAddress.of("step");
  private static final GateAnswered ANSWER =
      new GateAnswered(STEP, GateKind.GATE, "b", Answer.APPROVED, "x".repeat(20_000), "d");

  @TempDir Path directory;
  private FileRunStore store;

  @BeforeEach
  void open() {
    store = new FileRunStore(directory.resolve("store"), Stories.CLOCK, "pid 1");
  }

  private Path file(String run) {
    return directory.resolve("store/runs").resolve(run).resolve("journal.jsonl");
  }

  private Status statusAfter(RunEvent... events) {
    String run = "r" + store.list().size();
    try (Journal journal = store.create(run)) {
      journal.append(Stories.runStarted());
      List.of(events).forEach(journal::append);
    }
    return store.list().stream()
        .filter(s -> s.run().equals(run))
        .findFirst()
        .orElseThrow()
        .status();
  }

  @Test
  void aStoreThatIsNotThereHasNoRuns() {
    assertThat(store.list()).isEmpty();
    assertThat(directory.resolve("store")).doesNotExist();
    assertThatThrownBy(() -> store.open("r1")).isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.read("r1", e -> {})).isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.audit("r1")).isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.attachment("r1", "x")).isInstanceOf(UnknownRun.class);
  }

  @Test
  void theEndsOfAJournalSayWhereItsRunStands() {
    RunPaused pause = new RunPaused(PauseReason.WAITING, null);
    assertThat(statusAfter()).isEqualTo(Status.INTERRUPTED);
    assertThat(statusAfter(new StepFinished(STEP))).isEqualTo(Status.INTERRUPTED);
    assertThat(statusAfter(pause)).isEqualTo(Status.PAUSED);
    assertThat(statusAfter(pause, ANSWER, ANSWER)).isEqualTo(Status.PAUSED);
    VariableSet given = new VariableSet(STEP, "v", Value.integer(1));
    assertThat(statusAfter(pause, ANSWER, given)).isEqualTo(Status.PAUSED);
    assertThat(statusAfter(pause, Stories.runResumed(false))).isEqualTo(Status.INTERRUPTED);
    assertThat(statusAfter(pause, Stories.runResumed(false), ANSWER)).isEqualTo(Status.INTERRUPTED);
    assertThat(statusAfter(ANSWER)).isEqualTo(Status.INTERRUPTED);
    assertThat(statusAfter(new RunFinished(Outcome.DONE))).isEqualTo(Status.DONE);
    assertThat(statusAfter(new RunFinished(Outcome.FAILED), ANSWER)).isEqualTo(Status.FAILED);
    assertThat(statusAfter(new RunFinished(Outcome.ABORTED))).isEqualTo(Status.ABORTED);
  }

  @Test
  void aSummaryTellsWhatTheFirstRecordSays() {
    try (Journal journal = store.create("r1")) {
      journal.append(Stories.runStarted());
      assertThat(store.list())
          .containsExactly(
              new RunSummary(
                  "r1",
                  "pglogical/resync",
                  "1.2.0",
                  Status.RUNNING,
                  Stories.NOW,
                  Stories.NOW,
                  "anna"));
    }
  }

  @Test
  void runsComeInTheOrderTheyBegan() {
    for (String second : List.of("2026-01-03T00:00:00Z", "2026-01-01T00:00:00Z")) {
      java.time.Clock clock =
          java.time.Clock.fixed(Instant.parse(second), java.time.ZoneOffset.UTC);
      RunStore dated = new FileRunStore(directory.resolve("store"), clock, "pid 1");
      try (Journal journal = dated.create("r" + second.substring(8, 10))) {
        journal.append(Stories.runStarted());
      }
    }
    assertThat(store.list()).extracting(RunSummary::run).containsExactly("r01", "r03");
  }

  @Test
  void aTornEndDoesNotHideWhereTheRunStands() throws IOException {
    RunPaused pause = new RunPaused(PauseReason.WAITING, "w".repeat(9000));
    statusAfter(pause, new VariableSet(STEP, "v", Value.integer(1)));
    byte[] whole = Files.readAllBytes(file("r0"));
    int last = whole.length - 1;
    while (whole[last - 1] != '\n') {
      last--;
    }
    for (int length = last; length < whole.length; length++) {
      Files.write(file("r0"), Arrays.copyOf(whole, length));
      assertThat(store.list()).extracting(RunSummary::status).containsExactly(Status.PAUSED);
    }
  }

  @Test
  void damagedEndsAreTold() throws IOException {
    statusAfter(new StepFinished(STEP));
    byte[] whole = Files.readAllBytes(file("r0"));
    for (int position = 0; position < whole.length - 1; position++) {
      byte[] damaged = whole.clone();
      damaged[position] ^= 1;
      Files.write(file("r0"), damaged);
      assertThat(store.list())
          .as("byte " + position)
          .extracting(RunSummary::status)
          .containsExactly(Status.DAMAGED);
    }
  }

  @Test
  void aRunThatNeverBeganIsNone() throws IOException {
    store.create("r1").close();
    assertThat(store.list()).isEmpty();
    assertThatThrownBy(() -> store.open("r1"))
        .isInstanceOf(UnknownRun.class)
        .hasMessageContaining("never began");
    assertThatThrownBy(() -> store.read("r1", e -> {})).isInstanceOf(UnknownRun.class);
    Files.writeString(file("r1"), "{\"seq\":1,");
    assertThat(store.list()).isEmpty();
    assertThatThrownBy(() -> store.open("r1")).isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.open("r1"))
        .as("the claim was given back")
        .isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.create("r1")).isInstanceOf(RunIdTaken.class);
  }

  @Test
  void whatElseLiesThereIsNoRun() throws IOException {
    statusAfter();
    Files.createDirectories(directory.resolve("store/runs/empty"));
    Files.createDirectories(directory.resolve("store/runs/.hidden"));
    Files.writeString(directory.resolve("store/runs/notes.txt"), "x");
    assertThat(store.list()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../x", "a/b", "a b", ".hidden", "\u00e4"})
  void whatIsNoIdNeverBecomesAPath(String run) {
    assertThatThrownBy(() -> store.create(run)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.open(run)).isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.attachment(run, "x")).isInstanceOf(UnknownRun.class);
  }

  @Test
  void everyIdIsValidAndStandsWholeInTheSessionsNames() {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    String run = RunId.of(now, 0x12345);
    assertThat(run).isEqualTo("20260102-030405-2345").matches(RunId::isValid);
    assertThat(ApplicationName.of(run, "drop-indexes").text())
        .isEqualTo("pgrunbook/20260102-030405-2345/drop-indexes");
  }

  @Test
  void listingReadsNoMoreThanTheEnds() {
    statusAfter(new VariableSet(STEP, "v", Value.text("x".repeat(70_000))));
    Path attachments = directory.resolve("store/runs/r0/attachments");
    assertThat(attachments.toFile().renameTo(directory.resolve("away").toFile())).isTrue();
    assertThat(store.list()).extracting(RunSummary::status).containsExactly(Status.INTERRUPTED);
  }
}
