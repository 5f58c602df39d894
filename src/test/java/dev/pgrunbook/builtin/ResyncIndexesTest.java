package dev.pgrunbook.builtin;

import static dev.pgrunbook.testing.RunbookRun.replacing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunResult;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.testing.PairOf;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPair;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the indexes when tables are resynchronised through pglogical. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class ResyncIndexesTest {

  private static final List<String> DROPS =
      List.of(
          "DROP INDEX IF EXISTS public.\"Person_companyId_updatedAt_idx\"",
          "DROP INDEX IF EXISTS public.\"Person_email_idx\"",
          "DROP INDEX IF EXISTS public.\"Person_fullName_idx\"");

  private final PersonPair person;
  private final List<String> before;
  @TempDir Path store;

  ResyncIndexesTest(
      @PairOf(publisher = "pairs/person.publisher.sql", subscriber = "pairs/person.subscriber.sql")
          TestPair pair) {
    person = new PersonPair(pair);
    before = person.indexes();
  }

  @AfterEach
  void repair() {
    person.repair();
    assertThat(person.indexes()).isEqualTo(before);
  }

  @Test
  void fact01TheGuideListsThePrimaryKey() {
    List<List<String>> drops =
        person.subscriber().queryRows(PersonPair.guide("resynchronize-1-drop-indexes"));
    assertThat(drops).contains(List.of("DROP INDEX IF EXISTS \"Person_pkey\";"));
    assertThatThrownBy(() -> person.subscriber().execute("DROP INDEX IF EXISTS \"Person_pkey\";"))
        .hasMessageContaining(
            "cannot drop index \"Person_pkey\" because constraint Person_pkey on table \"Person\""
                + " requires it");
  }

  @Test
  void fact01IndexesThatSomethingNeedsStay() {
    person
        .subscriber()
        .execute(
            """
            ALTER TABLE "Person" ADD CONSTRAINT "Person_u" UNIQUE ("id", "email"),
                ADD CONSTRAINT "Person_x" EXCLUDE ("id" WITH =, "companyId" WITH =),
                ADD "friend" text;
            CREATE UNIQUE INDEX "Person_identity" ON "Person" ("id", "updatedAt");
            ALTER TABLE "Person" REPLICA IDENTITY USING INDEX "Person_identity";
            CREATE UNIQUE INDEX "Person_referenced" ON "Person" ("email");
            ALTER TABLE "Person" ADD FOREIGN KEY ("friend") REFERENCES "Person" ("email");
            CREATE INDEX "Person_commented" ON "Person" ("companyId");
            COMMENT ON INDEX "Person_commented" IS 'would be lost';
            """);
    try {
      RunbookRun run = person.resync(store).answering("drop-indexes", ResyncIndexesTest::reject);

      assertThat(run.run()).isInstanceOf(RunResult.Paused.class);

      Request.Review review = run.told().requests(Request.Review.class).get(0);
      assertThat(review.statements().statements()).extracting("sql").isEqualTo(DROPS);
      assertThat(kept(run))
          .containsExactly(
              "Person_commented: has a comment",
              "Person_identity: is the replica identity",
              "Person_pkey: a constraint needs it",
              "Person_referenced: a constraint needs it",
              "Person_u: a constraint needs it",
              "Person_x: a constraint needs it");
    } finally {
      person
          .subscriber()
          .execute(
              """
              ALTER TABLE "Person" REPLICA IDENTITY DEFAULT, DROP COLUMN "friend",
                  DROP CONSTRAINT "Person_u", DROP CONSTRAINT "Person_x";
              DROP INDEX "Person_identity", "Person_referenced", "Person_commented";
              """);
    }
  }

  @Test
  void fact01TheTableIsCopiedAndItsIndexesAreAsBefore() {
    person.subscriber().execute("DELETE FROM \"Person\" WHERE id > 900");
    long file = person.file();
    RunbookRun run = person.resync(store).with("compare", "content");

    assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

    assertThat(person.rows()).isEqualTo(1000);
    assertThat(person.file()).isNotEqualTo(file);
    assertThat(person.indexes()).isEqualTo(before);
  }

  @Test
  void fact02EveryDefinitionIsOnDiskBeforeTheFirstDrop() {
    List<String> kept = new ArrayList<>();
    RunbookRun run = person.resync(store);
    run.answering(
        "drop-indexes",
        request -> {
          // What another process would read now, were this one to die.
          kept.addAll(definitions(run));
          assertThat(run.events(RunEvent.StatementPrepared.class)).isEmpty();
          assertThat(person.indexes()).isEqualTo(before);
          return new Decision.Approve(RunbookRun.OPERATOR, null, null);
        });

    assertThat(run.run()).isEqualTo(RunbookRun.DONE);

    assertThat(kept).containsExactlyInAnyOrderElementsOf(before);
    List<RunEvent> events = run.journal().stream().map(entry -> entry.event()).toList();
    List<RunEvent.StatementPrepared> drops =
        run.events(RunEvent.StatementPrepared.class).stream()
            .filter(prepared -> prepared.address().step().equals("drop-indexes"))
            .toList();
    assertThat(drops).hasSize(1);
    assertThat(drops.get(0).statements()).containsExactly(1, 2, 3);
    assertThat(events.indexOf(drops.get(0))).isGreaterThan(savedAt(events, "indexes"));
  }

  @Test
  void fact02TheDropsOfTheGuideLeaveNoDefinition() {
    person.subscriber().execute("DROP INDEX \"Person_fullName_idx\"");
    assertThat(
            person
                .subscriber()
                .queryLong("SELECT count(*) FROM pg_indexes WHERE indexdef LIKE '%(\"fullName\")'"))
        .isZero();
  }

  @Test
  void someoneElseRecreatesTheIndexes() {
    RunbookRun run =
        person
            .resync(store, replacing("every: 15s", "every: 200ms"))
            .with("recreate", "wait")
            .sampling(
                "await-schema-sync",
                sample -> {
                  if (Double.valueOf(0).equals(sample.done())) {
                    recreateAll();
                  }
                });

    assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

    assertThat(run.told().samples("await-schema-sync"))
        .extracting("done", "total")
        .startsWith(tuple(0.0, 3.0))
        .endsWith(tuple(3.0, 3.0));
    assertThat(run.events(RunEvent.ReviewRequested.class))
        .filteredOn(review -> review.address().step().equals("rebuild-indexes"))
        .extracting(RunEvent.ReviewRequested::count)
        .containsExactly(0);
    assertThat(person.indexes()).isEqualTo(before);
  }

  @Test
  void aLateSchemaSyncEndsInTheOfferToRebuild() {
    RunbookRun run =
        person
            .resync(
                store,
                replacing("every: 15s", "every: 200ms")
                    .andThen(replacing("timeout: 2h", "timeout: 500ms")))
            .with("recreate", "wait");

    assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

    assertThat(run.told().requests(Request.Gate.class))
        .extracting(Request.Gate::text)
        .anySatisfy(text -> assertThat(text).contains("Rebuild them now"));
    assertThat(person.indexes()).isEqualTo(before);
  }

  @Test
  void aRejectedOfferStopsTheRunAndAbortStillRebuilds() {
    RunbookRun run =
        person
            .resync(
                store,
                replacing("every: 15s", "every: 200ms")
                    .andThen(replacing("timeout: 2h", "timeout: 500ms")))
            .with("recreate", "wait")
            .answering("offer-rebuild", ResyncIndexesTest::reject);

    assertThat(run.run())
        .isInstanceOfSatisfying(
            RunResult.Paused.class,
            paused -> assertThat(paused.reason()).isEqualTo(PauseReason.REJECTED));
    assertThat(person.indexes()).hasSize(1);
    assertThat(run.abort()).isEqualTo(RunbookRun.ABORTED);

    assertThat(person.indexes()).isEqualTo(before);
  }

  @Test
  void indexesComeBackWhenTheResynchronisationFails() {
    RunbookRun run =
        person
            .resync(store)
            .before(
                "resync",
                () -> {
                  assertThat(person.indexes()).hasSize(1);
                  person
                      .subscriber()
                      .execute(
                          "CREATE TABLE \"PersonNote\""
                              + " (\"personId\" bigint REFERENCES \"Person\" (\"id\"))");
                });

    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

    assertThat(run.failures())
        .singleElement()
        .asString()
        .contains("cannot truncate a table referenced in a foreign key constraint");
    assertThat(person.indexes()).isEqualTo(before);
    assertThat(person.rows()).isEqualTo(1000);
  }

  @Test
  void indexesComeBackWhenTheOperatorGivesUp() {
    RunbookRun run = person.resync(store).answering("resync", ResyncIndexesTest::reject);

    assertThat(run.run()).isInstanceOf(RunResult.Paused.class);
    assertThat(person.indexes()).hasSize(1);
    assertThat(run.abort()).as("%s", run.failures()).isEqualTo(RunbookRun.ABORTED);

    assertThat(person.indexes()).isEqualTo(before);
    assertThat(person.rows()).isEqualTo(1000);
  }

  @Test
  void anIndexThatSomeoneElseMadeDifferentlyIsNamed() {
    RunbookRun run =
        person
            .resync(store)
            .before(
                "rebuild-indexes",
                () ->
                    person
                        .subscriber()
                        .execute(
                            "CREATE INDEX \"Person_fullName_idx\" ON \"Person\" (\"companyId\")"));

    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

    assertThat(run.failures())
        .containsExactly(
            "Index public.\"Person_fullName_idx\" is now CREATE INDEX \"Person_fullName_idx\" ON"
                + " public.\"Person\" USING btree (\"companyId\"); it was: CREATE INDEX"
                + " \"Person_fullName_idx\" ON public.\"Person\" USING btree (\"fullName\")");

    person
        .subscriber()
        .execute(
            "DROP INDEX \"Person_fullName_idx\";"
                + " CREATE INDEX \"Person_fullName_idx\" ON \"Person\" (\"fullName\")");
    assertThat(run.resume()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);
  }

  private void recreateAll() {
    before.stream()
        .filter(definition -> !definition.contains("_pkey"))
        .forEach(person.subscriber()::execute);
  }

  private static Decision reject(Request request) {
    return new Decision.Reject(RunbookRun.OPERATOR, "not today");
  }

  private static int savedAt(List<RunEvent> events, String variable) {
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof RunEvent.RowsSaved saved && saved.variable().equals(variable)) {
        return i;
      }
    }
    throw new AssertionError(variable + " was not saved");
  }

  private static List<String> definitions(RunbookRun run) {
    return indexRows(run).stream().map(row -> text(row, "definition")).toList();
  }

  private static List<String> kept(RunbookRun run) {
    return indexRows(run).stream()
        .filter(row -> !text(row, "kept").isEmpty())
        .map(row -> text(row, "name") + ": " + text(row, "kept"))
        .toList();
  }

  private static List<RowValue> indexRows(RunbookRun run) {
    ListValue rows = (ListValue) run.variable("indexes");
    return rows.items().stream().map(RowValue.class::cast).toList();
  }

  private static String text(RowValue row, String field) {
    Value value = row.fields().get(field);
    return value == null ? "" : value.display();
  }
}
