package dev.pgrunbook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.database.ApplicationName;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRunStoreTest extends RunStoreContract {

  @TempDir Path directory;
  private FileRunStore store;

  @BeforeEach
  void open() {
    store = new FileRunStore(directory.resolve("store"), Stories.CLOCK, "pid 1");
  }

  @Override
  RunStore open(Clock clock, String holder) {
    return new FileRunStore(directory.resolve("store"), clock, holder);
  }

  private Path file(String run) {
    return directory.resolve("store/runs").resolve(run).resolve("journal.jsonl");
  }

  @Test
  void lookingMakesNoStore() {
    assertThat(store.list()).isEmpty();
    assertThatThrownBy(() -> store.open("r1")).isInstanceOf(UnknownRun.class);
    assertThat(directory.resolve("store")).doesNotExist();
  }

  @Test
  void aTornEndDoesNotHideWhereTheRunStands() throws IOException {
    RunPaused pause = new RunPaused(PauseReason.WAITING, "w".repeat(9000));
    write(store, "r0", pause, new VariableSet(STEP, "v", Value.integer(1)));
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
    write(store, "r0", new StepFinished(STEP));
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
  void aRunWhoseFirstRecordIsTornIsNone() throws IOException {
    store.create("r1").close();
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
    write(store, "r0");
    Files.createDirectories(directory.resolve("store/runs/empty"));
    Files.createDirectories(directory.resolve("store/runs/.hidden"));
    Files.writeString(directory.resolve("store/runs/notes.txt"), "x");
    assertThat(store.list()).hasSize(1);
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
    write(store, "r0", new VariableSet(STEP, "v", Value.text("x".repeat(70_000))));
    Path attachments = directory.resolve("store/runs/r0/attachments");
    assertThat(attachments.toFile().renameTo(directory.resolve("away").toFile())).isTrue();
    assertThat(store.list()).extracting(RunSummary::status).containsExactly(Status.INTERRUPTED);
  }
}
