package dev.pgrunbook.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.demo.ReplicationKind;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.testing.PairOf;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.Resources;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPair;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables are resynchronised through PostgreSQL's own logical replication. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LogicalResyncTest {

  private static final String INDEXES =
      "SELECT pg_get_indexdef(indexrelid) FROM pg_index"
          + " WHERE indrelid = 'public.\"Person\"'::regclass ORDER BY 1";

  private final TestPair pair;
  @TempDir Path store;

  LogicalResyncTest(
      @PairOf(
              value = ReplicationKind.BUILT_IN,
              publisher = "pairs/person.publisher.sql",
              subscriber = "pairs/person.subscriber.sql")
          TestPair pair) {
    this.pair = pair;
  }

  @Test
  @Order(1)
  void theTableIsCopiedAndItsIndexesAreAsBefore() {
    List<List<String>> before = pair.subscriber().queryRows(INDEXES);
    pair.subscriber()
        .execute(
            "DELETE FROM \"Person\" WHERE id > 900;"
                + " UPDATE \"Person\" SET \"fullName\" = 'wrong' WHERE id < 10");
    RunbookRun run = resync().with("compare", "content");

    assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

    assertThat(rows()).isEqualTo(1000);
    assertThat(pair.subscriber().queryRows(INDEXES)).isEqualTo(before).hasSize(4);
    pair.publisher().execute("UPDATE \"Person\" SET \"fullName\" = 'later' WHERE id = 7");
    pair.awaitReplay();
    assertThat(pair.subscriber().queryText("SELECT \"fullName\" FROM \"Person\" WHERE id = 7"))
        .as("replication goes on")
        .isEqualTo("later");
  }

  @Test
  @Order(2)
  void aForeignKeyIsFoundBeforeAnythingIsDropped() {
    pair.subscriber().execute(Resources.text("pairs/sabotage-foreign-key.subscriber.sql"));
    RunbookRun run = resync();

    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

    assertThat(run.failures())
        .singleElement()
        .asString()
        .startsWith("TRUNCATE would fail: \"PersonNote\" references \"Person\"");
    assertThat(run.events(RunEvent.StatementPrepared.class)).isEmpty();
    pair.subscriber().execute("DROP TABLE \"PersonNote\"");
  }

  @Test
  @Order(3)
  void aCopyThatFailsInTheWorkerFailsTheRunAndTheIndexesComeBack() {
    pair.publisher().execute(Resources.text("pairs/sabotage-unique.publisher.sql"));
    pair.awaitReplay();
    pair.subscriber().execute(Resources.text("pairs/sabotage-unique.subscriber.sql"));
    List<List<String>> before = pair.subscriber().queryRows(INDEXES);
    RunbookRun run = resync();

    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

    assertThat(run.failures())
        .singleElement()
        .asString()
        .startsWith("The copy of public.\"Person\" fails again and again, and the table is EMPTY")
        .endsWith("Unique only on the subscriber: \"Person_email_only_here\" (email)");
    assertThat(pair.subscriber().queryRows(INDEXES)).isEqualTo(before).hasSize(5);

    pair.subscriber().execute("ALTER TABLE \"Person\" DROP CONSTRAINT \"Person_email_only_here\"");
    assertThat(resync().run()).isEqualTo(RunbookRun.DONE);
    assertThat(rows()).isEqualTo(1000);
  }

  private RunbookRun resync() {
    return RunbookRun.ofBuiltIn("logical/resync-tables", store)
        .on(pair)
        .with("tables", "public.\"Person\"")
        .with("subscription", "cred_tables");
  }

  private long rows() {
    return pair.subscriber().queryLong("SELECT count(*) FROM \"Person\"");
  }
}
