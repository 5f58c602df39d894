package dev.pgrunbook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.journal.postgres.Patience;
import dev.pgrunbook.journal.postgres.PostgresRunStore;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The store in a database: the same journals, and what only a server can do. */
@ExtendWith(PostgresExtension.class)
@Timeout(60)
class PostgresRunStoreTest extends RunStoreContract {

  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(20), news -> {}, () -> false);

  @TempDir private Path directory;
  private TestPostgres postgres;

  @BeforeEach
  void ownDatabase(TestPostgres fresh) {
    postgres = fresh;
  }

  @Override
  RunStore open(Clock clock, String holder) {
    return new PostgresRunStore(postgres.settings(), clock, holder, PATIENCE);
  }

  @Test
  void lookingMakesNoSchema() {
    assertThat(store().list()).isEmpty();
    assertThatThrownBy(() -> store().open("r1")).isInstanceOf(UnknownRun.class);
    assertThat(postgres.queryText("SELECT to_regnamespace('pgrunbook')")).isNull();
  }

  @Test
  void itsRecordsAreTheFilesToTheByte() throws Exception {
    RunEvent[] events =
        SampleEvents.full().stream()
            .filter(e -> !(e instanceof RunEvent.RunStarted))
            .toArray(RunEvent[]::new);
    write(new FileRunStore(directory, Stories.CLOCK, "pid 1"), "r1", events);
    write(store(), "r1", events);
    List<String> lines = Files.readAllLines(directory.resolve("runs/r1/journal.jsonl"));
    assertThat(column("SELECT record FROM pgrunbook.events ORDER BY seq")).isEqualTo(lines);
  }

  private List<@Nullable String> column(String query) {
    return postgres.queryRows(query).stream().map(row -> row.get(0)).toList();
  }

  @Test
  void whatIsChangedAnywhereIsRefusedWithItsPlace() {
    write(store(), "r1", new StepFinished(STEP), new StepFinished(STEP.item(2)));
    String place = "run r1 in " + postgres.settings().display() + " is damaged at record 2: ";
    for (String change :
        List.of(
            "UPDATE pgrunbook.events SET record = replace(record, 'step', 'stop') WHERE seq = 2",
            "UPDATE pgrunbook.events SET record = record || ' ' WHERE seq = 2",
            "UPDATE pgrunbook.events SET record = '' WHERE seq = 2",
            "DELETE FROM pgrunbook.events WHERE seq = 2",
            "UPDATE pgrunbook.events SET record = (SELECT record FROM pgrunbook.events WHERE seq ="
                + " 3) WHERE seq = 2")) {
      postgres.execute("CREATE TABLE before AS SELECT * FROM pgrunbook.events; " + change);
      for (RunStore store : List.of(store())) {
        assertThatThrownBy(() -> store.open("r1"))
            .as(change)
            .isInstanceOf(JournalFailure.class)
            .hasMessageStartingWith(place)
            .hasMessageContaining("the run is not resumed");
        assertThatThrownBy(() -> read(store, "r1")).hasMessageStartingWith(place);
        assertThat(store.audit("r1").damage()).startsWith(place);
      }
      postgres.execute(
          "DELETE FROM pgrunbook.events; INSERT INTO pgrunbook.events SELECT * FROM before;"
              + " DROP TABLE before");
    }
    store().open("r1").close();
  }

  @Test
  void damagedEndsAreToldInAListThatShowsTheOthers() {
    write(store(), "r1", new StepFinished(STEP));
    write(store(), "r2", new StepFinished(STEP));
    postgres.execute(
        "UPDATE pgrunbook.events SET record = replace(record, 'step', 'stop') WHERE run = 'r1' AND"
            + " seq = 2");
    assertThat(status(store(), "r1")).isEqualTo(Status.DAMAGED);
    assertThat(status(store(), "r2")).isEqualTo(Status.INTERRUPTED);
  }

  @Test
  void aDamagedAttachmentIsRefusedAndWrittenAnew() {
    try (Journal journal = store().create("r1")) {
      journal.append(Stories.runStarted());
      String digest = journal.attach("content");
      postgres.execute("UPDATE pgrunbook.attachments SET content = 'conte'");
      assertThatThrownBy(() -> journal.attachment(digest))
          .isInstanceOf(JournalFailure.class)
          .hasMessageContaining("is damaged: its content does not match its digest");
      assertThat(journal.attach("content")).isEqualTo(digest);
      assertThat(journal.attachment(digest)).isEqualTo("content");
    }
  }

  /** What waits for a flush is written all the same soon, so that others can follow. */
  @Test
  void whatIsLeftLyingIsWritten() {
    try (Journal journal = store().create("r1")) {
      journal.append(Stories.runStarted());
      journal.append(new StepFinished(STEP));
      while (postgres.queryLong("SELECT count(*) FROM pgrunbook.events") < 2) {
        Thread.onSpinWait();
      }
      journal.append(new StepFinished(STEP.item(2)));
    }
    assertThat(read(store(), "r1")).hasSize(3);
  }

  @Test
  void aNewerSchemaIsRefusedWithASentence() {
    write(store(), "r1");
    postgres.execute("INSERT INTO pgrunbook.versions (version) VALUES (99)");
    for (RunStore store : List.of(store(), store())) {
      assertThatThrownBy(() -> store.open("r1"))
          .isInstanceOf(JournalFailure.class)
          .hasMessageContaining("is of version 99, and this program knows no version after ");
    }
    assertThatThrownBy(() -> store().list()).isInstanceOf(JournalFailure.class);
    assertThatThrownBy(() -> store().create("r2")).isInstanceOf(JournalFailure.class);
  }

  @Test
  void aDatabaseOfAnotherEncodingIsRefused() {
    postgres.execute(
        "CREATE DATABASE \""
            + postgres.database()
            + "_latin\" ENCODING 'LATIN1' LC_COLLATE 'C'"
            + " LC_CTYPE 'C' TEMPLATE template0");
    TestPostgres latin = new TestPostgres(postgres.server(), postgres.database() + "_latin");
    try (RunStore store =
        new PostgresRunStore(latin.settings(), Stories.CLOCK, "pid 1", PATIENCE)) {
      assertThatThrownBy(() -> store.create("r1"))
          .isInstanceOf(JournalFailure.class)
          .hasMessageContaining("needs a database whose encoding is UTF8")
          .hasMessageContaining("LATIN1");
    } finally {
      postgres.execute("DROP DATABASE \"" + latin.database() + "\" WITH (FORCE)");
    }
  }

  @Test
  void theRoleIsTheServersWord() {
    try (PostgresRunStore store =
        new PostgresRunStore(postgres.settings(), Stories.CLOCK, "pid 1", PATIENCE)) {
      assertThat(store.role()).isEqualTo(postgres.address().user());
    }
  }
}
