package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plan} prints and with which code it ends. */
@ExtendWith(PostgresExtension.class)
class PlanCommandTest {

  private static final String TIDY =
      """
      runbook: tidy
      version: "1.0.0"
      title: Tidy up
      targets:
        db: {description: the database}
      steps:
        - id: exists
          target: db
          check: SELECT to_regclass('public.orders') IS NOT NULL
          message: there is no table public.orders
        - id: remember
          target: db
          query: SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT indisprimary AND indexrelid >= 16384
          save: found
        - id: drop
          target: db
          generate: |
            SELECT format('DROP INDEX %s', name) AS statement, name
            FROM jsonb_to_recordset(:found) AS f(name text) ORDER BY 1
          lockTimeout: 1s
        - id: gone
          target: db
          check: SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT indisprimary AND indexrelid >= 16384
          expect: empty
      """;

  @TempDir private Path folder;
  private Caller caller;

  @BeforeEach
  void call() {
    caller = new Caller(folder);
  }

  private ExitCode plan(TestPostgres database, String... more) {
    List<String> words = new ArrayList<>(List.of("plan"));
    words.addAll(List.of(more));
    words.addAll(List.of("--target", "db=" + database.uri()));
    return caller.call(words.toArray(new String[0]));
  }

  private JsonObject plan(int index) {
    return JsonParser.parseString(caller.out())
        .getAsJsonObject()
        .getAsJsonArray("plans")
        .get(index)
        .getAsJsonObject();
  }

  private JsonObject step(String id) {
    for (var step : plan(0).getAsJsonArray("steps")) {
      if (step.getAsJsonObject().get("id").getAsString().equals(id)) {
        return step.getAsJsonObject();
      }
    }
    throw new AssertionError("no step " + id);
  }

  private static String state(JsonObject step) {
    return step.getAsJsonObject("resolution").get("state").getAsString();
  }

  private static String reason(JsonObject step) {
    return step.getAsJsonObject("resolution").get("reason").getAsString();
  }

  @Test
  void theVeryStatementsAreShownAndWhatComesAfterThemIsNotGuessed(TestPostgres postgres) {
    postgres.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, at date); CREATE INDEX orders_at ON orders (at)");
    caller.file("tidy.yaml", TIDY);
    assertThat(plan(postgres, "tidy.yaml", "--format", "json")).isEqualTo(ExitCode.DONE);
    assertThat(caller.err()).isEmpty();
    assertThat(state(step("exists"))).isEqualTo("resolved");
    JsonArray statements =
        step("drop").getAsJsonArray("items").get(0).getAsJsonObject().getAsJsonArray("statements");
    JsonObject drop = statements.get(1).getAsJsonObject();
    assertThat(drop.get("sql").getAsString()).isEqualTo("DROP INDEX orders_at");
    assertThat(drop.get("destructive").getAsBoolean()).isTrue();
    assertThat(drop.getAsJsonObject("columns").get("name").getAsString()).isEqualTo("orders_at");
    assertThat(reason(step("gone"))).isEqualTo("drop changes orders_at first");
    assertThat(postgres.queryText("SELECT to_regclass('orders_at')")).isEqualTo("orders_at");
  }

  @Test
  void aPlanSaysToWhomStatementsDoWhat(TestPostgres postgres) {
    postgres.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, at date); CREATE INDEX orders_at ON orders (at);"
            + "INSERT INTO orders SELECT n, now() FROM generate_series(1, 500) n; ANALYZE orders");
    caller.file("tidy.yaml", TIDY);
    plan(postgres, "tidy.yaml", "--format", "json");
    JsonObject drop =
        step("drop")
            .getAsJsonArray("items")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("statements")
            .get(1)
            .getAsJsonObject();
    JsonObject effects = drop.getAsJsonObject("effects");
    JsonObject table = effects.getAsJsonArray("relations").get(1).getAsJsonObject();
    assertThat(table.get("relation").getAsString()).isEqualTo("public.orders");
    assertThat(table.get("lock").getAsString()).isEqualTo("ACCESS EXCLUSIVE");
    assertThat(table.get("via").getAsString()).isEqualTo("the table of orders_at");
    assertThat(table.get("rows").getAsLong()).isEqualTo(500);
    assertThat(effects.getAsJsonObject("reversal").get("kind").getAsString()).isEqualTo("by_hand");
    assertThat(drop.getAsJsonArray("findings").toString())
        .contains("drop-index-not-concurrent")
        .doesNotContain("lock-timeout");
    for (String format : List.of("text", "markdown", "html")) {
      plan(postgres, "tidy.yaml", "--format", format);
      assertThat(caller.out()).as(format).contains("the table of orders", "about 500 rows");
    }
  }

  @Test
  void withoutADatabaseTheGrammarIsAsked() {
    caller.file("slip.yaml", TIDY.replace("IS NOT NULL", "IS NUT NULL"));
    assertThat(caller.call("plan", "slip.yaml", "--offline")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .contains("warning: not understood offline from \"NUT\" on; the server is the judge");
  }

  @Test
  void theSameDatabaseGivesTheSameBytes(TestPostgres postgres) {
    postgres.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, at date); CREATE INDEX orders_at ON orders (at)");
    caller.file("tidy.yaml", TIDY);
    for (String format : List.of("json", "text")) {
      plan(postgres, "tidy.yaml", "--format", format);
      String first = caller.out();
      plan(postgres, "tidy.yaml", "--format", format);
      assertThat(caller.out()).isEqualTo(first);
    }
  }

  @Test
  void aFailingCheckIsExitCode1AndIsShown(TestPostgres postgres) {
    caller.file("tidy.yaml", TIDY);
    assertThat(plan(postgres, "tidy.yaml")).isEqualTo(ExitCode.FAILED);
    assertThat(caller.out())
        .contains("x exists", "error: there is no table public.orders", "1 error");
  }

  @Test
  void offlineTouchesNoDatabase() {
    caller.file("tidy.yaml", TIDY);
    assertThat(caller.call("plan", "tidy.yaml", "--offline")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .contains(
            "offline plan ", "needs found, which remember saves", "to_regclass('public.orders')");
    assertThat(caller.err()).isEmpty();
  }

  @Test
  void withoutAnyTargetBothWaysOutAreNamed() {
    caller.file("tidy.yaml", TIDY);
    assertThat(caller.call("plan", "tidy.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("no database plays the role db", "--target", "--offline");
    assertThat(caller.out()).isEmpty();
  }

  @Test
  void aDatabaseThatIsAwayIsExitCode7AndHasNoPlan(TestPostgres postgres) {
    caller.file("tidy.yaml", TIDY);
    ExitCode code =
        caller.call("plan", "tidy.yaml", "--target", "db=postgresql://nobody@127.0.0.1:1/none");
    assertThat(code).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(caller.out()).isEmpty();
    assertThat(caller.err()).contains("tidy: ", "127.0.0.1:1");
  }

  @Test
  void ofSeveralRunbooksAllArePlannedOrNothingIsWritten(TestPostgres postgres) {
    postgres.execute("CREATE TABLE orders (id int PRIMARY KEY)");
    caller
        .file("tidy.yaml", TIDY)
        .file("second.yaml", TIDY.replace("runbook: tidy", "runbook: second").replace("db", "away"))
        .file(
            "pgrunbook.yaml",
            "environments: {e: {db: there, away: nowhere}}\nconnections:\n"
                + "  there: {url: \""
                + postgres.uri().replaceFirst(":[^:@/]*@", "@")
                + "\", "
                + "password: {env: SECRET}}\n"
                + "  nowhere: {url: \"postgresql://nobody@127.0.0.1:1/none\"}\n");
    caller.with("SECRET", postgres.address().password());
    assertThat(caller.call("plan", "tidy.yaml", "--env", "e"))
        .as(caller.err())
        .isEqualTo(ExitCode.DONE);
    assertThat(caller.call("plan", "tidy.yaml", "second.yaml", "--env", "e", "--out", "p.md"))
        .isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(caller.err())
        .contains("second: ", "127.0.0.1:1")
        .contains("nothing was written: of 2 runbooks only 1 could be planned");
    assertThat(caller.out()).isEmpty();
    assertThat(caller.path("p.md")).doesNotExist();
  }

  @Test
  void theRowsOfATableCountOnceWithoutItsIndexes(TestPostgres postgres) {
    postgres.execute(
        """
        CREATE TABLE orders (id int PRIMARY KEY, a int);
        CREATE INDEX orders_a ON orders (a);
        INSERT INTO orders SELECT n, n FROM generate_series(1, 1000) AS n;
        ANALYZE orders;
        """);
    String steps =
        """
        steps:
          - {id: one, target: db, sql: DROP INDEX orders_a}
          - {id: two, target: db, sql: "ALTER INDEX orders_pkey RENAME TO p"}
          - {id: three, target: db, sql: TRUNCATE public.orders}
          - {id: four, target: db, sql: UPDATE orders SET a = 1 WHERE id = 7}
          - {id: five, target: db, query: SELECT 1 FROM orders}
        """;
    caller.file("tidy.yaml", TIDY.substring(0, TIDY.indexOf("steps:")) + steps);
    assertThat(plan(postgres, "tidy.yaml", "--format", "markdown")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .contains("| **2** | about 1,000 |")
        .contains("PostgreSQL 1")
        .doesNotContain("(Debian");

    caller.with("COLUMNS", "60");
    assertThat(plan(postgres, "tidy.yaml")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out().lines().skip(5))
        .allSatisfy(line -> assertThat(line.length()).isLessThan(61));
    assertThat(caller.out()).contains("4 statements known, 2 destructive,").contains("warnings\n");
  }

  @Test
  void whatWaitsForAValueLocksTheSameTables(TestPostgres postgres) {
    postgres.execute(
        "CREATE TABLE orders (id int, a int); INSERT INTO orders VALUES (1, 1); ANALYZE orders");
    String steps =
        """
        steps:
          - {id: any, target: db, query: "SELECT nextval('s') AS n", save: {n: n}}
          - {id: one, target: db, sql: DELETE FROM orders WHERE id = :n}
          - {id: two, target: db, sql: "ALTER TABLE orders ADD COLUMN x int DEFAULT :'n'"}
          - {id: three, target: db, sql: 'TRUNCATE :"n"'}
        """;
    postgres.execute("CREATE SEQUENCE s");
    caller.file("tidy.yaml", TIDY.substring(0, TIDY.indexOf("steps:")) + steps);
    assertThat(plan(postgres, "tidy.yaml")).as(caller.said()).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .containsSubsequence(
            "? one",
            "DELETE FROM orders WHERE id = :n",
            "ROW EXCLUSIVE on orders (8192 bytes, about 1 row)",
            "? two",
            "ACCESS EXCLUSIVE on orders (8192 bytes, about 1 row)",
            "may wait for ACCESS EXCLUSIVE on orders without a limit",
            "? three",
            "TRUNCATE :\"n\"")
        .doesNotContain("of  at");
    assertThat(postgres.queryText("SELECT is_called FROM s")).isEqualTo("f");
  }

  @Test
  void aRunbookWithMistakesIsExitCode2AndNoneIsPlanned(TestPostgres postgres) {
    caller.file("tidy.yaml", TIDY).file("broken.yaml", TIDY.replace("check:", "chekc:"));
    assertThat(plan(postgres, "tidy.yaml", "broken.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("broken.yaml:", "did you mean");
    assertThat(caller.out()).isEmpty();
  }

  @Test
  void severalRunbooksArePlannedInOneCall(TestPostgres postgres) {
    postgres.execute("CREATE TABLE orders (id int PRIMARY KEY)");
    caller
        .file("tidy.yaml", TIDY)
        .file("second.yaml", TIDY.replace("runbook: tidy", "runbook: second"));
    assertThat(plan(postgres, "tidy.yaml", "second.yaml", "--format", "json"))
        .isEqualTo(ExitCode.DONE);
    assertThat(plan(1).getAsJsonObject("runbook").get("name").getAsString()).isEqualTo("second");
  }

  @Test
  void aFormatThatIsNoneIsRefused() {
    caller.file("tidy.yaml", TIDY);
    assertThat(caller.call("plan", "tidy.yaml", "--offline", "--format", "xml"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("--format is text, markdown, json, html, not \"xml\"");
  }

  @Test
  void aSecretIsInNoFormat(TestPostgres postgres) {
    caller.file(
        "secret.yaml",
        """
        runbook: secret
        version: "1.0.0"
        title: Keep it
        params:
          password: {type: secret, required: true}
        targets:
          db: {description: the database}
        steps:
          - id: ask
            target: db
            query: SELECT :password AS given, 'x' || :password AS longer
            save: rows
          - id: use
            target: db
            query: SELECT * FROM jsonb_to_recordset(:rows) AS r(given text)
          - id: set
            target: db
            sql: ALTER ROLE CURRENT_USER PASSWORD :'password'
          - id: wrong
            target: db
            check: SELECT :password = 'other'
        """);
    for (String format : List.of("json", "text")) {
      plan(
          postgres,
          "secret.yaml",
          "-p",
          "password=hunter2hunter2",
          "--format",
          format,
          "--verbose");
      assertThat(caller.said()).doesNotContain("hunter2");
      assertThat(caller.out()).contains("***", "ALTER ROLE CURRENT_USER PASSWORD '***'");
    }
  }

  @Test
  void aMisspeltNameIsFoundUnlessAStepBeforeMayCreateIt(TestPostgres postgres) {
    caller.file(
        "names.yaml",
        """
        runbook: names
        version: "1.0.0"
        title: Names
        targets:
          db: {description: the database}
        steps:
          - id: wrong
            target: db
            sql: INSERT INTO nowhere VALUES (1)
          - id: syntax
            target: db
            sql: ALTER TABLE pg_class ADD COLUMN IF NOT EXIST a int
          - id: make
            target: db
            sql: |
              CREATE TABLE later (id int);
              INSERT INTO later VALUES (1);
          - id: fill
            target: db
            sql: INSERT INTO later VALUES (2)
        """);
    assertThat(plan(postgres, "names.yaml")).isEqualTo(ExitCode.FAILED);
    assertThat(caller.out())
        .contains(
            "error: relation \"nowhere\" does not exist",
            "error: syntax error at or near \"EXIST\"",
            "note: relation \"later\" does not exist, as of now; make, which runs before, may create it",
            "2 errors");
  }

  @Test
  void badGeneratorsAreFindings(TestPostgres postgres) {
    for (List<String> bad :
        List.of(
            List.of("SELECT NULL::text", "row 1 is NULL where a statement should be"),
            List.of("SELECT ''", "row 1 is empty where a statement should be"),
            List.of("SELECT 'a; b'", "row 1 holds 2 statements"),
            List.of("SELECT 'VACUUM'", "row 1 cannot run inside a transaction block"),
            List.of("SELECT 1/0", "division by zero"),
            List.of(
                "SELECT 'SELECT 1' FROM generate_series(1, 200000)", "more than 100000 statements"),
            List.of("SELECT 42", "syntax error at or near \"42\""))) {
      caller.file(
          "bad.yaml",
          """
          runbook: bad
          version: "1.0.0"
          title: Bad
          targets:
            db: {description: the database}
          steps:
            - id: make
              target: db
              generate: |
                %s
          """
              .formatted(bad.get(0)));
      assertThat(plan(postgres, "bad.yaml")).as(bad.get(0)).isEqualTo(ExitCode.FAILED);
      assertThat(caller.out()).contains("x make", bad.get(1));
    }
  }
}
