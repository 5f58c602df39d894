package dev.pgrunbook.builtin;

import static dev.pgrunbook.testing.RunbookRun.replacing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.testing.PairOf;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPair;
import dev.pgrunbook.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The incremental synchronisation, in a replication set that not all tables of are fit for. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class SyncRecentChangesTest {

  private static final String RUNBOOK = "pglogical/sync-recent-changes";

  /** The rows 720 to 1000 are of that day. */
  private static final String SINCE = "2026-03-20 00:00:00+00";

  private static final String UPDATE =
      "UPDATE ONLY public.\"Person\" SET \"updatedAt\" = \"updatedAt\""
          + " WHERE \"updatedAt\" >= '2026-03-20 00:00:00+00'::timestamptz";

  private final TestPair pair;
  @TempDir Path store;

  SyncRecentChangesTest(
      @PairOf(
              publisher = {"pairs/person.publisher.sql", "pairs/without-updated-at.publisher.sql"},
              subscriber = {
                "pairs/person.subscriber.sql",
                "pairs/without-updated-at.subscriber.sql"
              })
          TestPair pair) {
    this.pair = pair;
  }

  @Test
  void fact07OneUnfitTableFailsTheWholeQueryOfTheGuide() {
    // fact08: what the first query yields is one text, to be run in its turn.
    String generated = pair.publisher().queryText(PersonPair.guide("manual-sync-1-generate"));

    assertThat(generated).contains("UNION ALL");
    assertThatThrownBy(() -> pair.publisher().queryRows(String.valueOf(generated)))
        .hasMessageContaining("updatedAt");
  }

  @Test
  void fact07UnfitTablesAreSkippedAndSaidToBe() {
    pair.subscriber().execute("UPDATE \"Person\" SET \"fullName\" = 'wrong' WHERE id = 800");
    RunbookRun run = sync(text -> text);

    assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

    assertThat(run.told().rows("skipped-tables"))
        .extracting(row -> display(row, "table"), row -> display(row, "because"))
        .containsExactly(
            tuple("public.\"Country\"", "it has no column \"updatedAt\""),
            tuple("public.\"Legacy\"", "its column \"updatedAt\" is of type text"));
    assertThat(name(800)).isEqualTo("Person 800");
  }

  @Test
  void fact08AllThreeStagesAreShown() {
    RunbookRun run = sync(text -> text);

    assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

    List<List<String>> stages = run.told().stages("update-rows");
    assertThat(stages).as("the last round is the review").hasSize(1);
    assertThat(stages.get(0))
        .singleElement()
        .asString()
        .startsWith("SELECT ")
        .contains("count(*) AS cnt", "FROM ONLY public.\"Person\"");
    Request.Review review = run.told().requests(Request.Review.class).get(0);
    Generated reviewed = review.statements().statements().get(0);
    assertThat(reviewed.sql()).isEqualTo(UPDATE);
    assertThat(reviewed.columns().fields())
        .containsEntry("table", Value.text("public.\"Person\""))
        .containsEntry("cnt", Value.integer(281))
        .containsKey("updated_at");
    assertThat(
            run.events(RunEvent.StatementPrepared.class).stream()
                .filter(prepared -> prepared.address().step().equals("update-rows"))
                .flatMap(prepared -> prepared.outcomes().stream()))
        .containsExactly(new RunEvent.StatementResult("UPDATE", 281L));
  }

  @Test
  void fact09RowsThatAreMissingStayMissingAndFailTheRun() {
    pair.subscriber()
        .execute(
            "DELETE FROM \"Person\" WHERE id = 900;"
                + " UPDATE \"Person\" SET \"fullName\" = 'wrong' WHERE id = 901");
    pair.publisher().execute(PersonPair.guide("manual-sync-3-execute"));
    pair.awaitReplay();
    assertThat(name(901)).as("the guide heals what differs").isEqualTo("Person 901");
    assertThat(count()).as("and nothing that is missing").isEqualTo(999);

    RunbookRun run = sync(replacing("timeout: 3m", "timeout: 1s"));
    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

    assertThat(run.failures())
        .singleElement()
        .asString()
        .startsWith("public.\"Person\" still differs: 281 rows since 2026-03-20")
        .contains("on the publisher, 280 on the subscriber")
        .endsWith("run pglogical/resync-tables for this table");
    assertThat(count()).isEqualTo(999);
    pair.subscriber()
        .execute(
            "INSERT INTO \"Person\" SELECT 900, 'Person 900', 'person900@example.com', 0,"
                + " timestamptz '2026-03-19 12:00+00' + 900 * interval '1 minute'");
    assertThat(run.resume()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);
  }

  @Test
  void fact09DifferentContentIsNoticedThoughTheCountsAgree() {
    RunbookRun run =
        sync(replacing("timeout: 3m", "timeout: 1s"))
            .before(
                "compare",
                () ->
                    pair.subscriber()
                        .execute("UPDATE \"Person\" SET \"email\" = 'wrong' WHERE id = 802"));

    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

    assertThat(run.failures()).singleElement().asString().contains("still differs");
    assertThat(sync(text -> text).run()).isEqualTo(RunbookRun.DONE);
  }

  @Test
  void fact10TheNoteSaysThatEachTableIsOneTransaction() {
    Step step =
        sync(text -> text).runbook().steps().stream()
            .filter(each -> each.id().equals("update-rows"))
            .findFirst()
            .orElseThrow();

    assertThat(String.valueOf(step.header().documentation().note()))
        .contains("Each table is one UPDATE and one transaction")
        .contains("Batches by key range are for a later version");
  }

  @Test
  void aTableThatIsAskedForAndUnfitIsRefused() {
    RunbookRun run = sync(text -> text).with("tables", "public.\"Country\"", "Person");

    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

    assertThat(run.failures())
        .containsExactly(
            "Person cannot be synchronised: it does not exist on the publisher, did you mean"
                + " public.\"Person\"?\n"
                + "public.\"Country\" cannot be synchronised: it has no column \"updatedAt\"");
  }

  private RunbookRun sync(Function<String, String> edit) {
    return RunbookRun.ofBuiltIn(RUNBOOK, store, edit).on(pair).with("since", SINCE);
  }

  private String name(int id) {
    return String.valueOf(
        pair.subscriber().queryText("SELECT \"fullName\" FROM \"Person\" WHERE id = " + id));
  }

  private long count() {
    return pair.subscriber().queryLong("SELECT count(*) FROM \"Person\"");
  }

  private static String display(Map<String, Value> row, String column) {
    Value value = row.get(column);
    return value == null ? "no such column" : value.display();
  }
}
