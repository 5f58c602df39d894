package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a plan shows of steps that run only if something goes wrong. */
@ExtendWith(PostgresExtension.class)
class PlanOfRescueTest {

  private static final String RUNBOOK =
      """
      runbook: rescue
      version: "1.0.0"
      title: Rescue
      targets: {db: {}}
      steps:
        - id: fill
          target: db
          timeout: 10s
          lockTimeout: 1s
          sql: UPDATE orders SET note = 'y' WHERE id = 1
          onTimeout:
            - {id: who, target: db, query: "SELECT name FROM people", save: {who: name}}
            - {id: blame, target: db, sql: "INSERT INTO log VALUES (:who)"}
            - {id: cure, target: db, sql: "DELETE FROM log WHERE a = 'old'"}
            - {id: seen, target: db, query: SELECT note FROM orders}
            - id: drop
              target: db
              lockTimeout: 1s
              generate: SELECT format('DROP TABLE %I', name) FROM spare ORDER BY 1
        - id: watch
          probe:
            sources: {db: SELECT count(*) AS left FROM people}
            every: 1s
            timeout: 1h
            until: left == 0
            stall:
              after: 10s
              steps:
                - {id: nudge, target: db, sql: "INSERT INTO log VALUES ('nudge')"}
      onFailure:
        - {id: alone, target: db, check: SELECT count(*) = 99 FROM people}
      finally:
        - {id: tidy, target: db, sql: "DELETE FROM log WHERE a = 'begun'"}
      """;

  @TempDir Path folder;
  private Caller caller;

  @BeforeEach
  void writeRunbook() {
    caller = new Caller(folder).file("rescue.yaml", RUNBOOK);
  }

  private String plan(TestPostgres db, String format) {
    assertThat(caller.call("plan", "rescue.yaml", "--target", "db=" + db.uri(), "--format", format))
        .as(caller.said())
        .isEqualTo(ExitCode.DONE);
    return caller.out();
  }

  private static void tables(TestPostgres db) {
    db.execute(
        """
        CREATE TABLE orders (id int, note text);
        CREATE TABLE people (name text);
        INSERT INTO people VALUES ('ann');
        CREATE TABLE log (a text);
        CREATE TABLE spare (name text);
        CREATE TABLE spare1 (a int);
        INSERT INTO spare VALUES ('spare1');
        """);
  }

  @Test
  void eachIsMarkedWithItsConditionItsSqlAndItsEffects(TestPostgres db) {
    tables(db);
    String text = plan(db, "text");
    assertThat(text)
        .containsSubsequence(
            "only if it takes too long:",
            "1.1 ? who ",
            "known when running, because it runs only if fill takes too long",
            "SELECT name FROM people",
            "gives 1 row now:",
            "ann",
            "1.2 ? blame ",
            "known when running, because it needs who, which who saves",
            "INSERT INTO log VALUES (:who)",
            "1.3 > cure ",
            "DELETE FROM log WHERE a = 'old'",
            "ROW EXCLUSIVE on log",
            "1.4 ? seen ",
            "known when running, because fill changes orders first",
            "1.5 ? drop ",
            "known when running, because it runs only if fill takes too long",
            "generates 1 statement now:",
            "DROP TABLE spare1",
            "drops table spare1",
            "ACCESS EXCLUSIVE on spare1",
            "only if nothing moves:",
            "2.1 > nudge ",
            "INSERT INTO log VALUES ('nudge')",
            "Only if a step has failed",
            "? alone ",
            "because drop may run first, and change what it reads",
            "Whenever the run ends",
            "DELETE FROM log WHERE a = 'begun'",
            " of them only if something goes wrong");
    assertThat(plan(db, "markdown"))
        .contains("<b>cure</b> sql · only if fill takes too long · 1 statement")
        .contains("<b>nudge</b> sql · only if watch sees no progress")
        .contains("<b>alone</b> check · only if a step has failed");
    assertThat(plan(db, "html")).contains("only if fill takes too long</span>");
    assertThat(plan(db, "json")).contains("\"onlyIf\": \"a step has failed\"");
  }

  @Test
  void whatFailsNowIsNoErrorThere(TestPostgres db) {
    tables(db);
    String alone =
        """
        runbook: rescue
        version: "1.0.0"
        title: Rescue
        targets: {db: {}}
        steps:
          - {id: fill, target: db, sql: INSERT INTO log VALUES ('x')}
        onFailure:
          - {id: alone, target: db, check: SELECT count(*) = 99 FROM people}
          - {id: none, target: db, query: SELECT name FROM spare WHERE false, save: {gone: name}}
          - {id: bad, target: db, generate: SELECT NULL FROM people}
        """;
    caller.file("rescue.yaml", alone);
    assertThat(plan(db, "text"))
        .containsSubsequence(
            "? alone ", "fails now", "note: as of now: ", "? bad ", "note: as of now: ");
    assertThat(caller.out()).doesNotContain("error");
  }

  /** Nobody can approve today what a rescue generates tomorrow. */
  @Test
  void theDigestLeavesOutWhatIsShownAsOfNow(TestPostgres db) {
    tables(db);
    String before = plan(db, "text").lines().findFirst().orElseThrow();
    db.execute("CREATE TABLE spare2 (a int); INSERT INTO spare VALUES ('spare2')");
    assertThat(plan(db, "text")).startsWith(before).contains("DROP TABLE spare2");

    assertThat(
            caller.call("plan", "rescue.yaml", "--target", "db=" + db.uri(), "--out", "plan.json"))
        .isEqualTo(ExitCode.DONE);
    db.execute("DELETE FROM people; DELETE FROM spare");
    assertThat(caller.run("rescue.yaml", db, "r1", "--plan", "plan.json"))
        .as(caller.said())
        .isEqualTo(ExitCode.DONE);
  }

  /** It is stopped by its plan only where it could do what nobody has seen. */
  @Test
  void aRunThatFollowsAPlanCanEndEarly(TestPostgres db) {
    tables(db);
    db.execute("INSERT INTO log VALUES ('1'), ('begun')");
    caller.file(
        "rescue.yaml",
        """
        runbook: rescue
        version: "1.0.0"
        title: Rescue
        targets: {db: {}}
        steps:
          - {id: boom, target: db, sql: INSERT INTO orders SELECT 1/0}
          - {id: count, target: db, query: SELECT count(*) AS n FROM people, save: {n: n}}
          - {id: use, target: db, sql: "DELETE FROM log WHERE a = :n::text"}
        onFailure:
          - {id: tell, target: db, sql: "INSERT INTO log VALUES (coalesce('failed at ' || :n, 'failed'))"}
        finally:
          - {id: tidy, target: db, sql: "DELETE FROM log WHERE a = :n::text OR a = 'begun'"}
        """);
    assertThat(plan(db, "text"))
        .containsSubsequence(
            "tell",
            "note: n is null here when the run ends before count saves it",
            "tidy",
            "1::text",
            "note: n is null here when the run ends before count saves it");
    assertThat(
            caller.call("plan", "rescue.yaml", "--target", "db=" + db.uri(), "--out", "plan.json"))
        .isEqualTo(ExitCode.DONE);
    assertThat(caller.run("rescue.yaml", db, "r1", "--plan", "plan.json"))
        .as(caller.said())
        .isEqualTo(ExitCode.FAILED);
    assertThat(db.queryRows("SELECT a FROM log ORDER BY 1").toString())
        .isEqualTo("[[1], [failed]]");
  }
}
