package dev.pgrunbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.GeneratedStatements;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.loader.LoadedRunbook;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The examples are sound, and do on a real server what their comments say. */
@ExtendWith(PostgresExtension.class)
class ExamplesTest {

  private static final Path EXAMPLES = Path.of("examples");
  private static final String WORKSPACE = "pgrunbook.yaml";

  private static final String ORDERS =
      """
      CREATE TABLE "Orders" (id int PRIMARY KEY, number text NOT NULL UNIQUE, "placedAt" date, note text);
      INSERT INTO "Orders" SELECT n, 'A-' || n, '2026-01-01', 'x' FROM generate_series(1, 1000) AS n;
      INSERT INTO "Orders" VALUES (1001, 'A-1001', NULL, 'x');
      """;

  @TempDir Path store;

  @TestFactory
  List<DynamicTest> everyExampleLoadsWithoutARemark() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      List<DynamicTest> tests =
          files
              .filter(file -> Files.isRegularFile(file) && !file.endsWith(WORKSPACE))
              .sorted()
              .map(file -> DynamicTest.dynamicTest(file.toString(), () -> loads(file)))
              .toList();
      assertThat(tests).hasSizeGreaterThanOrEqualTo(2);
      return tests;
    }
  }

  private static void loads(Path file) {
    Validated<LoadedRunbook> loaded =
        new RunbookLoader(new YamlFrontEnd()).load(file, file.toString());
    assertThat(loaded.diagnostics()).isEmpty();
    LoadedRunbook runbook = loaded.orNull();
    assertThat(runbook).isNotNull();
    assertThat(file.getFileName().toString()).isEqualTo(runbook.runbook().name() + ".yaml");
  }

  @Test
  void theReadmeShowsAnExampleInFull() throws IOException {
    assertThat(Files.readString(Path.of("README.md")))
        .contains("```yaml\n" + Files.readString(EXAMPLES.resolve("set-not-null.yaml")) + "```\n");
  }

  @Test
  void theWorkspaceIsSound() {
    Validated<Workspace> found = Workspace.find(EXAMPLES.toAbsolutePath(), Map.of());
    assertThat(found.diagnostics()).isEmpty();
    Workspace workspace = found.orNull();
    assertThat(workspace).isNotNull();
    assertThat(workspace.file()).isEqualTo(EXAMPLES.resolve(WORKSPACE).toAbsolutePath());
    for (String environment : workspace.environments()) {
      assertThat(workspace.environment(environment).diagnostics()).isEmpty();
    }
  }

  @Test
  void setNotNullTouchesNothingWhileARowLacksAValue(TestPostgres database) throws IOException {
    database.execute(ORDERS);

    RunbookRun run = setNotNull(database);

    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);
    assertThat(run.failures().get(0))
        .contains("1 rows of public.\"Orders\" have no placedAt. Give them one, then run again");
    assertThat(constraints(database)).isZero();
  }

  @Test
  void setNotNullLeavesAColumnThatIsNotNullAndNoConstraint(TestPostgres database)
      throws IOException {
    database.execute(ORDERS + "UPDATE \"Orders\" SET \"placedAt\" = '2026-01-02' WHERE id = 1001;");
    RunbookRun run =
        setNotNull(database)
            .before("validate", () -> assertThat(constraints(database)).isEqualTo(1));

    assertThat(run.run()).isEqualTo(RunbookRun.DONE);

    assertThat(run.events(RunEvent.StepFinished.class)).hasSize(4);
    assertThat(constraints(database)).isZero();
    assertThat(
            database.queryText(
                "SELECT attnotnull FROM pg_attribute"
                    + " WHERE attrelid = '\"Orders\"'::regclass AND attname = 'placedAt'"))
        .isEqualTo("t");
  }

  private static long constraints(TestPostgres database) {
    return database.queryLong(
        "SELECT count(*) FROM pg_constraint"
            + " WHERE conrelid = '\"Orders\"'::regclass AND contype = 'c'");
  }

  private RunbookRun setNotNull(TestPostgres database) throws IOException {
    return example("set-not-null", database)
        .with("table", "public.\"Orders\"")
        .with("column", "placedAt");
  }

  @Test
  void dropUnusedIndexesDropsThoseThatWereChosenOfThoseThatNothingUses(TestPostgres database)
      throws IOException {
    database.execute(
        ORDERS
            + """
            CREATE INDEX "Orders_placedAt_idx" ON "Orders" ("placedAt");
            CREATE INDEX orders_note_idx ON "Orders" (note);
            CREATE INDEX orders_lower_idx ON "Orders" (lower(number));
            """);
    use(database, "SELECT FROM \"Orders\" WHERE lower(number) = 'a-7'");
    List<String> offered = new ArrayList<>();
    RunbookRun run =
        example("drop-unused-indexes", database)
            .with("observed", "0 seconds")
            .with("atLeast", "0")
            .answering(
                "drop",
                request -> {
                  GeneratedStatements all = ((Request.Review) request).statements();
                  all.statements().forEach(statement -> offered.add(statement.sql()));
                  return new Decision.Approve(
                      RunbookRun.OPERATOR,
                      null,
                      all.withStatements(
                          all.statements().stream()
                              .filter(statement -> statement.sql().contains("\"Orders_placedAt"))
                              .toList()));
                });

    assertThat(run.run()).isEqualTo(RunbookRun.DONE);

    assertThat(offered)
        .containsExactlyInAnyOrder(
            "DROP INDEX CONCURRENTLY IF EXISTS public.\"Orders_placedAt_idx\"",
            "DROP INDEX CONCURRENTLY IF EXISTS public.orders_note_idx");
    assertThat(database.queryRows("SELECT indexname FROM pg_indexes WHERE tablename = 'Orders'"))
        .extracting(row -> row.get(0))
        .containsExactlyInAnyOrder(
            "Orders_pkey", "Orders_number_key", "orders_note_idx", "orders_lower_idx");
    assertThat(run.variable("unused").display())
        .contains("CREATE INDEX orders_note_idx ON public.\\\"Orders\\\" USING btree (note)");
  }

  @Test
  void dropUnusedIndexesDoesNotTrustFreshStatistics(TestPostgres database) throws IOException {
    database.execute(ORDERS + "CREATE INDEX orders_note_idx ON \"Orders\" (note);");

    RunbookRun run = example("drop-unused-indexes", database).with("atLeast", "0");

    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);
    assertThat(run.failures().get(0)).contains("less than 30 days ago");
    assertThat(database.queryText("SELECT to_regclass('orders_note_idx')")).isNotNull();
  }

  /** Uses an index, and makes the server count it at once. */
  private static void use(TestPostgres database, String query) {
    database.execute("SET enable_seqscan = off; " + query + "; SELECT pg_stat_force_next_flush();");
  }

  private RunbookRun example(String name, TestPostgres database) throws IOException {
    String yaml = Files.readString(EXAMPLES.resolve(name + ".yaml"));
    return RunbookRun.of(yaml, store).on("database", database);
  }
}
