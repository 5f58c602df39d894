package dev.pgrunbook.builtin;

import static dev.pgrunbook.testing.RunbookRun.replacing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.InstanceOfAssertFactories.DURATION;

import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.testing.PairOf;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.Resources;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPair;
import dev.pgrunbook.value.Value;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What may go wrong between the order to copy a table through pglogical and its end. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class ResyncCopyTest {

  private static final String TRIGGER = PersonPair.guide("resynchronize-2-trigger");
  private static final String STATUS =
      "SELECT sync_status FROM pglogical.local_sync_status WHERE sync_relname = 'Person'";
  private static final String WORKERS =
      "SELECT status FROM pglogical.show_subscription_status('cred_tables')";

  private static final String WAIT_TWO_SECONDS =
      """
      SET statement_timeout = '2s';
      SELECT pglogical.wait_for_table_sync_complete('cred_tables', 'public."Person"');
      """;

  private final PersonPair person;
  private final List<String> before;
  @TempDir Path store;

  ResyncCopyTest(
      @PairOf(publisher = "pairs/person.publisher.sql", subscriber = "pairs/person.subscriber.sql")
          TestPair pair) {
    person = new PersonPair(pair);
    before = person.indexes();
    // A commit of autovacuum would wake an idle publisher, its ANALYZE would fill reltuples in.
    pair.publisher().execute("ALTER SYSTEM SET autovacuum = off");
    pair.subscriber().execute("ALTER SYSTEM SET autovacuum = off");
    pair.publisher().execute("SELECT pg_reload_conf()");
    pair.subscriber().execute("SELECT pg_reload_conf()");
  }

  @AfterEach
  void repair() {
    person.repair();
    assertThat(person.indexes()).isEqualTo(before);
  }

  @Test
  void fact03AForeignKeyIsFoundBeforeAnythingIsDropped() {
    person.subscriber().execute(Resources.text("pairs/sabotage-foreign-key.subscriber.sql"));
    assertThatThrownBy(() -> person.subscriber().execute(TRIGGER))
        .hasMessageContaining("cannot truncate a table referenced in a foreign key constraint");
    RunbookRun run = person.resync(store);

    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

    assertThat(run.failures())
        .containsExactly(
            "TRUNCATE would fail: \"PersonNote\" references \"Person\" (constraint"
                + " PersonNote_personId_fkey). Nothing was changed. Decide yourself what becomes"
                + " of that constraint on the subscriber, then run again");
    assertThat(run.events(RunEvent.StatementPrepared.class)).isEmpty();
    assertThat(person.indexes()).isEqualTo(before);
    assertThat(person.rows()).isEqualTo(1000);
  }

  @Test
  void fact04AnIdlePublisherLeavesTheTableInCatchUp() throws SQLException {
    try (CopyBrake brake = new CopyBrake(person.subscriber())) {
      person.subscriber().execute(TRIGGER);
      brake.awaitCopy();
      moveOnWithoutACommit();
      brake.release();

      CopyBrake.await(() -> "u".equals(person.subscriber().queryText(STATUS)));
      assertThatThrownBy(() -> person.subscriber().execute(WAIT_TWO_SECONDS))
          .hasMessageContaining("statement timeout");
      assertThat(person.subscriber().queryText(STATUS)).isEqualTo("u");
      assertThat(person.subscriber().queryText(WORKERS))
          .as("fact16: what the subscription says is no sign of the end")
          .isEqualTo("replicating");
    }
    person.pair().awaitSync();
  }

  @Test
  void fact04AnIdlePublisherIsNudgedWhileProgressIsTheCopys() throws SQLException {
    String tracking = PersonPair.guide("tracking-progress");
    try (CopyBrake brake = new CopyBrake(person.subscriber())) {
      RunbookRun run =
          RunbookRun.ofBuiltIn("pglogical/resync-tables", store)
              .on(person.pair())
              .with("tables", PersonPair.PERSON)
              .before("watch", brake::awaitCopy)
              .sampling(
                  "watch",
                  sample -> {
                    if (status(sample).equals("d")) {
                      assertThat(person.subscriber().queryRows(tracking))
                          .as("fact05: reltuples while the table is copied")
                          .containsExactly(List.of("Person", "-1"));
                      moveOnWithoutACommit();
                      brake.release();
                    }
                  });

      assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

      List<ProbeSample> samples = run.told().samples("watch");
      assertThat(samples.get(0).done()).as("fact05").isCloseTo(CopyBrake.ROWS, offset(5.0));
      assertThat(samples).extracting(ProbeSample::total).as("fact16").containsOnly(1000.0);
      assertThat(samples).extracting(ResyncCopyTest::status).contains("d", "u").endsWith("r");
      assertThat(samples)
          .filteredOn(sample -> status(sample).equals("u"))
          .extracting(ProbeSample::stalled)
          .last(DURATION)
          .isGreaterThanOrEqualTo(Duration.ofSeconds(10));
      assertThat(run.events(RunEvent.StepFinished.class))
          .extracting(finished -> finished.address().toString())
          .contains("nudge[1]");
    }
  }

  /** Moves the main worker past the copy's snapshot, after which catch-up waits for a commit. */
  private void moveOnWithoutACommit() {
    String end = person.publisher().queryText("SELECT pg_switch_wal()");
    CopyBrake.await(
        () ->
            person
                    .publisher()
                    .queryLong(
                        "SELECT count(*) FROM pg_stat_replication WHERE flush_lsn >= '" + end + "'")
                > 0);
  }

  @Test
  void fact06ACopyThatFailedInTheWorkerFailsTheRun() {
    person.sabotageUnique();
    List<String> sabotaged = person.indexes();
    RunbookRun run = person.resync(store);

    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

    assertThat(run.failures())
        .containsExactly(
            "public.\"Person\" is EMPTY on the subscriber, although pglogical says it is ready: the"
                + " COPY failed inside the worker, most likely with a unique violation. The"
                + " subscriber's log names the row. Unique only on the subscriber:"
                + " \"Person_email_only_here\" (email)");
    assertThat(person.indexes()).isEqualTo(sabotaged);

    person.subscriber().execute(TRIGGER);
    person.pair().awaitSync();
    assertThat(person.subscriber().queryText(STATUS)).isEqualTo("r");
    assertThat(
            person
                .subscriber()
                .queryText(
                    "SELECT status FROM pglogical.show_subscription_table("
                        + "'cred_tables', 'public.\"Person\"')"))
        .isEqualTo("replicating");
    assertThat(person.rows()).isZero();
  }

  @Test
  void fact06AUniqueIndexThatTheRowsViolateFailsTheRunWhenItIsRebuilt() {
    person.publisher().execute(Resources.text("pairs/sabotage-unique.publisher.sql"));
    person.pair().awaitReplay();
    person.subscriber().execute(Resources.text("pairs/sabotage-unique-index.subscriber.sql"));
    RunbookRun run = person.resync(store);

    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

    assertThat(run.failures())
        .allSatisfy(
            message ->
                assertThat(message)
                    .startsWith("could not create unique index \"Person_email_only_here\"")
                    .contains("Key (email)=(person1@example.com) is duplicated"));
    assertThat(person.rows()).isEqualTo(1000);
    assertThat(person.indexes()).isEqualTo(before);
  }

  @Test
  void fact13AReaderIsNamedAndTheNextTrySucceeds() throws SQLException {
    try (Connection reader = reading()) {
      assertThatThrownBy(
              () -> person.subscriber().execute("SET statement_timeout = '1s';" + TRIGGER))
          .as("waits for the lock as long as it may")
          .hasMessageContaining("statement timeout");
      reader.rollback();
      RunbookRun run = person.resync(store, replacing("lockTimeout: 5s", "lockTimeout: 1s"));
      run.before("resync", () -> read(reader))
          .listening(
              new RunListener() {
                @Override
                public void recorded(JournalRecord entry) {
                  if (entry.event() instanceof RunEvent.StatementFailed) {
                    assertThat(person.rows()).isEqualTo(1000);
                    rollBack(reader);
                  }
                }
              });

      assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

      assertThat(run.events(RunEvent.StatementFailed.class))
          .singleElement()
          .satisfies(
              failed -> {
                assertThat(failed.willRetry()).isTrue();
                assertThat(failed.error().condition()).isEqualTo("lock_not_available");
                assertThat(failed.error().blockers()).singleElement().asString().contains(READER);
              });
      assertThat(run.told().blockers()).singleElement().asString().contains(READER);
    }
  }

  @Test
  void fact13AReaderThatStaysFailsTheRunAndNothingIsChanged() throws SQLException {
    long file = person.file();
    try (Connection reader = reading()) {
      RunbookRun run =
          person.resync(
              store,
              replacing("lockTimeout: 5s", "lockTimeout: 500ms")
                  .andThen(replacing("attempts: 10, delay: 3s", "attempts: 2, delay: 100ms")));

      assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

      assertThat(run.failures())
          .singleElement()
          .asString()
          .contains("canceling statement due to lock timeout")
          .contains("blocked by pid")
          .contains(READER);
      assertThat(run.events(RunEvent.StatementFailed.class)).hasSize(2);
      assertThat(person.indexes()).isEqualTo(before);
      assertThat(person.file()).isEqualTo(file);
      reader.rollback();
    }
  }

  @Test
  void fact14ATableThatIsBeingCopiedIsOnlyWatched() throws SQLException {
    try (CopyBrake brake = new CopyBrake(person.subscriber())) {
      person.subscriber().execute(TRIGGER);
      brake.awaitCopy();
      long file = person.file();
      assertThatThrownBy(() -> person.subscriber().execute(TRIGGER))
          .hasMessageContaining("table public.Person is already being synchronized");
      RunbookRun run = person.resync(store).before("watch", brake::release);

      assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

      assertThat(run.events(RunEvent.StepSkipped.class))
          .extracting(skipped -> skipped.address().toString())
          .contains("resync[1]");
      assertThat(person.file()).isEqualTo(file);
    }
    assertThat(person.indexes()).isEqualTo(before);
    assertThat(person.rows()).isEqualTo(1000);
  }

  private static final String READER = "user postgres, test, idle in transaction";

  private Connection reading() throws SQLException {
    Connection connection = person.subscriber().connect();
    connection.setAutoCommit(false);
    read(connection);
    return connection;
  }

  private static void read(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT FROM \"Person\" LIMIT 1");
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  static String status(ProbeSample sample) {
    Value status = sample.values().get("status");
    return status == null ? "" : status.display();
  }
}
