package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --plan}: exactly what was planned runs, or nothing. */
@ExtendWith(PostgresExtension.class)
class FollowedPlanTest {

  private static final String TIDY =
      """
      runbook: tidy
      version: "1.0.0"
      title: Tidy up
      params: {prefix: {type: text, required: true}, key: {type: secret}}
      targets: {db: {}}
      steps:
        - id: ask
          gate: Shall ${prefix} be tidied
        - id: drop
          target: db
          generate: |
            SELECT format('DROP TABLE %I', relname) FROM pg_class
            WHERE relkind = 'r' AND starts_with(relname, :prefix) ORDER BY relname
        - id: note
          target: db
          sql: INSERT INTO notes VALUES (:prefix, :key)
      """;

  @TempDir private Path folder;
  private Caller caller;

  @BeforeEach
  void write() {
    caller = new Caller(folder).file("tidy.yaml", TIDY);
  }

  private void plan(TestPostgres db) {
    plan(db, db.uri());
  }

  private void plan(TestPostgres db, String connection) {
    db.execute("CREATE TABLE old_a (); CREATE TABLE old_b (); CREATE TABLE notes (a text, k text)");
    List<String> words = new ArrayList<>(List.of("plan", "tidy.yaml", "--out", "plan.json"));
    words.addAll(List.of("-p", "prefix=old_", "-p", "key=Geheimnis"));
    words.addAll(List.of("--target", "db=" + connection));
    assertThat(caller.call(words.toArray(new String[0])))
        .as(caller.said())
        .isEqualTo(ExitCode.DONE);
  }

  private ExitCode follow(TestPostgres db, String run, String... more) {
    List<String> words = new ArrayList<>(List.of("run", "tidy.yaml", "--plan", "plan.json"));
    words.addAll(List.of("-p", "key=Geheimnis", "--run-id", run));
    words.addAll(List.of("--target", "db=" + db.uri()));
    words.addAll(List.of(more));
    return caller.call(words.toArray(new String[0]));
  }

  private long tables(TestPostgres db) {
    return db.queryLong("SELECT count(*) FROM pg_class WHERE relname LIKE 'old%'");
  }

  @Test
  void whatWasApprovedRunsWithoutAnotherQuestion(TestPostgres db) {
    plan(db);
    assertThat(caller.text("plan.json")).doesNotContain("Geheimnis", db.address().password());
    assertThat(caller.call("approve", "--plan", "plan.json", "--comment", "looked at it"))
        .as(caller.err())
        .isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .contains(
            "not signed: tidy, plan ", "  ask: waits for approval", "  drop: waits for a review")
        .contains("Kept in plan.approvals.jsonl");

    assertThat(follow(db, "r1")).as(caller.said()).isEqualTo(ExitCode.DONE);
    assertThat(tables(db)).isZero();
    assertThat(db.queryLong("SELECT count(*) FROM notes WHERE k = 'Geheimnis'")).isEqualTo(1);
    assertThat(caller.call("show", "r1")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("by plan ", "not signed: looked at it");
  }

  @Test
  void withoutApprovalsItAsksAndResumesHeldToThePlan(TestPostgres db) {
    plan(db);
    assertThat(follow(db, "r1")).isEqualTo(ExitCode.PAUSED);
    db.execute("CREATE TABLE old_c ()");
    assertThat(caller.resume("r1", db, "--yes", "-p", "key=Geheimnis")).isEqualTo(ExitCode.DIFFERS);
    assertThat(caller.out())
        .contains("paused: drop differs from the plan", "+ DROP TABLE old_c")
        .doesNotContain("- DROP TABLE");
    assertThat(tables(db)).isEqualTo(3);

    db.execute("DROP TABLE old_c");
    assertThat(caller.resume("r1", db, "--yes", "-p", "key=Geheimnis"))
        .as(caller.said())
        .isEqualTo(ExitCode.DONE);
    assertThat(tables(db)).isZero();
  }

  @Test
  void aRunThatFollowsAPlanCannotGoOnWithAnotherRunbook(TestPostgres db) {
    plan(db);
    assertThat(follow(db, "r1")).isEqualTo(ExitCode.PAUSED);
    caller.file("tidy.yaml", TIDY.replace("VALUES (:prefix", "VALUES (upper(:prefix)"));
    assertThat(caller.resume("r1", db, "--accept-changes", "-p", "key=Geheimnis"))
        .isEqualTo(ExitCode.DIFFERS);
    assertThat(caller.err()).contains("follows a plan of the runbook as it was");
  }

  @Test
  void whatDiffersIsRefusedStatementByStatementBeforeAnythingIsTouched(TestPostgres db) {
    plan(db);
    db.execute("DROP TABLE old_a; CREATE TABLE old_c ()");
    assertThat(follow(db, "r1", "--yes")).isEqualTo(ExitCode.DIFFERS);
    assertThat(caller.out()).isEmpty();
    assertThat(caller.err())
        .contains("what would run differs from the plan; nothing was run", "step drop:")
        .contains("  - DROP TABLE old_a\n", "  + DROP TABLE old_c\n")
        .doesNotContain("old_b", "Geheimnis");
    assertThat(tables(db)).isEqualTo(2);
    assertThat(caller.call("runs")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).doesNotContain("r1");
  }

  @Test
  void anotherRunbookArgumentOrDatabaseDiffers(TestPostgres db) {
    plan(db);
    assertThat(follow(db, "r1", "-p", "prefix=older")).isEqualTo(ExitCode.DIFFERS);
    assertThat(caller.err()).contains("parameter prefix:", "- \"old_\"", "+ \"older\"");

    TestPostgres other = db.newDatabase();
    other.execute(
        "CREATE TABLE old_a (); CREATE TABLE old_b (); CREATE TABLE notes (a text, k text)");
    assertThat(follow(other, "r1")).isEqualTo(ExitCode.DIFFERS);
    assertThat(caller.err()).contains("target db:", "/" + other.database());

    caller.file("tidy.yaml", TIDY.replace("(:prefix, :key)", "(upper(:prefix), :key)"));
    assertThat(follow(db, "r1")).isEqualTo(ExitCode.DIFFERS);
    assertThat(caller.err())
        .contains("step note:", "- INSERT INTO notes VALUES ('old_', '***')")
        .contains("+ INSERT INTO notes VALUES (upper('old_'), '***')");

    caller.file("tidy.yaml", TIDY.replace("title: Tidy up", "title: Tidy"));
    assertThat(follow(db, "r1")).as(caller.err()).isNotEqualTo(ExitCode.DEFECT);

    assertThat(caller.call("run", "tidy.yaml", "--plan", "plan.json", "--target", "db=" + db.uri()))
        .isEqualTo(ExitCode.DIFFERS);
    assertThat(tables(db)).isEqualTo(2);
  }

  @Test
  void theArgumentsAndTargetsOfThePlanNeedNotBeGivenAgain(TestPostgres db) {
    caller.file(
        "pgrunbook.yaml",
        "connections: {main: {url: \"postgresql://%s:%d/%s\", user: %s}}\n"
            .formatted(
                db.address().host(), db.address().port(), db.database(), db.address().user()));
    caller.with("PGPASSWORD", db.address().password());
    plan(db, "main");
    caller.call("approve", "--plan", "plan.json");
    assertThat(caller.call("run", "tidy.yaml", "--plan", "plan.json", "-p", "key=Geheimnis"))
        .as(caller.said())
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void whatIsKnownWhenRunningAsksWhateverWasApproved(TestPostgres db) {
    caller.file(
        "tidy.yaml",
        TIDY.replace(
            "  - id: ask\n    gate: Shall ${prefix} be tidied\n",
            "  - id: ask\n    target: db\n    sql: CREATE TABLE old_z ()\n"));
    plan(db);
    caller.call("approve", "--plan", "plan.json");
    assertThat(caller.out()).contains("drop: waits for a review; not known yet");
    assertThat(follow(db, "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out()).contains("paused: drop waits for a review");
    assertThat(caller.resume("r1", db, "--yes", "-p", "key=Geheimnis")).isEqualTo(ExitCode.DONE);
    assertThat(tables(db)).isZero();
  }

  @Test
  void aDamagedOrForeignPlanIsRefused(TestPostgres db) throws Exception {
    plan(db);
    String good = caller.text("plan.json");
    refused(db, good.replace("DROP TABLE old_a", "DROP TABLE notes"), "was changed by hand");
    refused(db, good.replaceFirst("\"digest\": \"[0-9a-f]{8}", "\"digest\": \"00000000"), "");
    refused(db, good.substring(0, good.length() / 2), "plan.json is no plan: it is not JSON");
    refused(db, "[]", "plan.json is no plan");
    refused(db, "{}", "it has no \"version\" and \"plans\"");
    refused(db, good.replace("\"version\": 1,", "\"version\": 2,"), "plan.json has version 2");
    refused(db, good.replace("\"steps\": [", "\"stops\": ["), "has no list \"steps\"");
    refused(db, "{\"version\": 1, \"plans\": [7]}", "holds something that is no object");
    refused(db, "{\"version\": 1, \"plans\": [{}]}", "plan.json is damaged");
    refused(db, "{\"version\": 1, \"plans\": []}", "plan.json holds no plan of tidy");
    refused(db, "\0\1", "plan.json is no plan");
    Files.delete(caller.path("plan.json"));
    assertThat(follow(db, "r1")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("there is no file plan.json");

    caller.file("plan.json", good).file("other.yaml", TIDY.replace("runbook: tidy", "runbook: o"));
    assertThat(
            caller.call("run", "other.yaml", "--plan", "plan.json", "--target", "db=" + db.uri()))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("plan.json holds no plan of o", "it holds: tidy");
    assertThat(tables(db)).isEqualTo(2);
  }

  private void refused(TestPostgres db, String text, String why) {
    caller.file("plan.json", text);
    assertThat(follow(db, "r1", "--yes")).as(text).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains(why);
    assertThat(caller.err()).doesNotContain("Exception");
  }
}
