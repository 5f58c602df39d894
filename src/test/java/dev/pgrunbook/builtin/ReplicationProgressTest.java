package dev.pgrunbook.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.pgrunbook.demo.ReplicationKind;
import dev.pgrunbook.testing.PairOf;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPair;
import dev.pgrunbook.value.Value;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the read-only look at a replication shows, at rest and while a table is copied. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class ReplicationProgressTest {

  @TempDir Path store;

  @Test
  void bothSidesAreShownAtRestAndWhileATableIsCopied(
      @PairOf(
              publisher = {"pairs/person.publisher.sql", "pairs/without-updated-at.publisher.sql"},
              subscriber = {
                "pairs/person.subscriber.sql",
                "pairs/without-updated-at.subscriber.sql"
              })
          TestPair pair)
      throws SQLException {
    showsTablesAtRest(pair);
    showsACopyThatGuidesQueryDoesNot(pair);
    followsUntilTheTableIsReady(pair);
  }

  private void showsTablesAtRest(TestPair pair) {
    pair.publisher().execute("ANALYZE");
    pair.subscriber().execute("ANALYZE");
    RunbookRun run = progress(pair);

    assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

    List<Map<String, Value>> compared = run.told().rows("compare-estimates");
    assertThat(compared)
        .extracting(row -> display(row, "table") + " " + display(row, "state"))
        .containsExactly(
            "public.\"Country\" r, ready",
            "public.\"Legacy\" r, ready",
            "public.\"Person\" r, ready");
    assertThat(compared.get(2))
        .containsEntry("publisher_rows", Value.integer(1000))
        .containsEntry("subscriber_rows", Value.integer(1000))
        .containsEntry("copied", Value.none())
        .containsEntry("percent", Value.integer(100));
    assertThat(run.told().rows("subscription"))
        .singleElement()
        .satisfies(row -> assertThat(display(row, "status")).isEqualTo("replicating"));
    assertThat(run.told().rows("lag"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row).containsEntry("active", Value.bool(true));
              assertThat(display(row, "slot")).startsWith("pgl_");
              assertThat(display(row, "behind")).isNotEmpty();
            });
  }

  private void showsACopyThatGuidesQueryDoesNot(TestPair pair) throws SQLException {
    try (CopyBrake brake = new CopyBrake(pair.subscriber())) {
      pair.subscriber().execute(PersonPair.guide("resynchronize-2-trigger"));
      brake.awaitCopy();
      assertThat(pair.subscriber().queryRows(PersonPair.guide("tracking-progress")))
          .as("fact05")
          .containsExactly(List.of("Person", "-1"));
      RunbookRun run = progress(pair).with("tables", PersonPair.PERSON);

      assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

      assertThat(run.told().rows("compare-estimates"))
          .singleElement()
          .satisfies(
              row -> {
                assertThat(display(row, "state")).isEqualTo("d, copying");
                assertThat(row)
                    .containsEntry("publisher_rows", Value.integer(1000))
                    .containsEntry("subscriber_rows", Value.none())
                    .containsEntry("percent", Value.integer(50));
                assertThat(Double.parseDouble(display(row, "copied")))
                    .isCloseTo(CopyBrake.ROWS, offset(5.0));
              });
    }
    pair.awaitSync();
  }

  private void followsUntilTheTableIsReady(TestPair pair) throws SQLException {
    try (CopyBrake brake = new CopyBrake(pair.subscriber())) {
      pair.subscriber().execute(PersonPair.guide("resynchronize-2-trigger"));
      brake.awaitCopy();
      RunbookRun run =
          progress(pair)
              .with("tables", PersonPair.PERSON)
              .with("follow", "true")
              .sampling(
                  "until-ready",
                  sample -> {
                    brake.release();
                    pair.awaitSync();
                  });

      assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

      assertThat(run.told().samples("until-ready"))
          .extracting(sample -> sample.values().get("status"))
          .containsExactly(Value.text("d"), Value.text("r"));
    }
  }

  @Test
  void aPairWithoutPglogicalIsRefusedInASentence(
      @PairOf(
              value = ReplicationKind.BUILT_IN,
              publisher = "pairs/person.publisher.sql",
              subscriber = "pairs/person.subscriber.sql")
          TestPair pair) {
    RunbookRun run = progress(pair);

    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

    assertThat(run.failures())
        .containsExactly(
            "pglogical is not installed in database cred_model, which is to be the publisher");
  }

  private RunbookRun progress(TestPair pair) {
    return RunbookRun.ofBuiltIn("pglogical/replication-progress", store).on(pair);
  }

  private static String display(Map<String, Value> row, String column) {
    Value value = row.get(column);
    return value == null ? "no such column" : value.display();
  }
}
