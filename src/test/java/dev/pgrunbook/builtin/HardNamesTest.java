package dev.pgrunbook.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunResult;
import dev.pgrunbook.testing.PairOf;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPair;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Names that need quotes, hold SQL, or exist twice. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class HardNamesTest {

  private static final String[] TABLES = {
    "public.\"Company Identifier\"",
    "\"Sales; Dept.\".\"Order \"\"24\"\"; DROP TABLE x\"",
    "public.\"a.b:c%d$1\"",
    "public.\"Person\"",
    "archive.\"Person\""
  };

  private static final String INDEXES =
      """
      SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class AS c ON c.oid = indrelid
      WHERE c.relnamespace IN ('public'::regnamespace, 'archive'::regnamespace, '"Sales; Dept."'::regnamespace)
      ORDER BY 1
      """;

  private final TestPair pair;
  @TempDir Path store;

  HardNamesTest(
      @PairOf(
              publisher = {"pairs/hard-names.publisher.sql", "pairs/partitioned.publisher.sql"},
              subscriber = {"pairs/hard-names.subscriber.sql", "pairs/partitioned.subscriber.sql"})
          TestPair pair) {
    this.pair = pair;
  }

  @Test
  void everyTableIsResynchronisedAndEveryIndexComesBack() {
    List<List<String>> before = pair.subscriber().queryRows(INDEXES);
    for (String table : TABLES) {
      pair.subscriber().execute("DELETE FROM " + table + " WHERE \"updatedAt\" < '2026-03-10'");
    }
    RunbookRun run = resync(TABLES).with("compare", "content");

    assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

    for (String table : TABLES) {
      String count = "SELECT count(*) FROM " + table;
      assertThat(pair.subscriber().queryLong(count))
          .as(table)
          .isEqualTo(pair.publisher().queryLong(count))
          .isPositive();
    }
    assertThat(pair.subscriber().queryRows(INDEXES)).isEqualTo(before);
    assertThat(run.told().requests(Request.Review.class).get(0).statements().statements())
        .hasSize(7);
  }

  @Test
  void recentChangesOfEveryTableAreReplicatedAgain() {
    for (String table : TABLES) {
      pair.subscriber()
          .execute(
              "UPDATE "
                  + table
                  + " SET \"updatedAt\" = \"updatedAt\" + interval '1 s'"
                  + " WHERE \"updatedAt\" >= '2026-03-20'");
    }
    RunbookRun run =
        RunbookRun.ofBuiltIn("pglogical/sync-recent-changes", store)
            .on(pair)
            .with("tables", TABLES)
            .with("since", "2026-03-19 00:00:00+00");

    assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

    assertThat(run.told().requests(Request.Review.class).get(0).statements().statements())
        .hasSize(5);
  }

  @Test
  void fact01TheGuideForgetsTheSchemaAndTheRunbookDoesNot() {
    List<List<String>> guide =
        pair.subscriber().queryRows(PersonPair.guide("resynchronize-1-drop-indexes"));
    assertThat(guide)
        .filteredOn(row -> row.equals(List.of("DROP INDEX IF EXISTS \"Person_email_idx\";")))
        .as("drops that all mean the index of public")
        .hasSize(2);
    RunbookRun run =
        resync("archive.\"Person\"")
            .answering("drop-indexes", request -> new Decision.Reject(RunbookRun.OPERATOR, null));

    assertThat(run.run()).isInstanceOf(RunResult.Paused.class);

    assertThat(run.told().requests(Request.Review.class).get(0).statements().statements())
        .extracting("sql")
        .containsExactly(
            "DROP INDEX IF EXISTS archive.\"Person_email_idx\"",
            "DROP INDEX IF EXISTS archive.\"Person_identity\"",
            "DROP INDEX IF EXISTS archive.\"a.b:c%d$1\"");
  }

  @Test
  void aNameWithoutQuotesIsAnsweredWithTheNamesItMayMean() {
    RunbookRun run = resync("Person");

    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

    assertThat(run.failures())
        .containsExactly(
            "Person does not exist on the subscriber, did you mean archive.\"Person\" or"
                + " public.\"Person\"?");
  }

  @Test
  void aPartitionedTableIsRefusedAndItsPartitionsAreNamed() {
    RunbookRun run = resync("public.\"Event\"");

    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

    assertThat(run.failures())
        .containsExactly(
            "public.\"Event\" is partitioned on the publisher, and pglogical cannot copy it: name"
                + " its partitions instead, public.\"Event_2025\" public.\"Event_2026\"");
  }

  @Test
  void aPartitionIsResynchronisedAndKeepsItsPartOfThePartitionedIndex() {
    List<List<String>> before = pair.subscriber().queryRows(INDEXES);
    pair.subscriber().execute("DELETE FROM \"Event_2026\"");
    RunbookRun run = resync("public.\"Event_2026\"");

    assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

    assertThat(run.told().requests(Request.Review.class).get(0).statements().statements())
        .extracting("sql")
        .containsExactly("DROP INDEX IF EXISTS public.\"Event_2026_updatedAt_idx\"");
    assertThat(pair.subscriber().queryRows(INDEXES)).isEqualTo(before);
    assertThat(pair.subscriber().queryLong("SELECT count(*) FROM \"Event\"")).isEqualTo(400);
  }

  private RunbookRun resync(String... tables) {
    return RunbookRun.ofBuiltIn("pglogical/resync-tables", store)
        .on(pair)
        .with("tables", tables)
        .sampling(
            "watch",
            sample -> pair.publisher().execute("SELECT pg_logical_emit_message(true, 'test', '')"));
  }
}
