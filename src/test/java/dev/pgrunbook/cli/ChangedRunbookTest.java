package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run goes on with the runbook it began with, unless somebody accepts another. */
@ExtendWith(PostgresExtension.class)
class ChangedRunbookTest {
  private static final String RUNBOOK =
      """
      runbook: change
      version: "1.0.0"
      title: Change
      params:
        size: {type: integer, default: 1}
      targets: {db: {}}
      steps:
        - id: make
          target: db
          sql: {file: sql/make.sql}
        - id: ask
          gate: Shall it go on
        - id: fill
          target: db
          sql: INSERT INTO t VALUES (:size)
      """;

  @TempDir Path folder;
  private Caller caller;

  @BeforeEach
  void writeRunbook() {
    caller =
        new Caller(folder)
            .file("change.yaml", RUNBOOK)
            .file("sql/make.sql", "CREATE TABLE t (a int)");
  }

  @Test
  void aChangedFileIsRefusedWithItsDifference(TestPostgres db) {
    begin(db);
    caller.file("change.yaml", RUNBOOK.replace("VALUES (:size)", "VALUES (:size + 41)"));
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err())
        .contains(
            "the runbook has been changed since this run began",
            "--accept-changes",
            """
            change@1.0.0: 1 difference

            ~ step fill (sql)
            -   sql: INSERT INTO t VALUES (:size);
            +   sql: INSERT INTO t VALUES (:size + 41);
            """)
        .doesNotContain("@@");
    assertThat(caller.resume("r1", db, "--yes", "--verbose")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err())
        .contains(
            "~ step fill (sql)\n",
            "-    sql: INSERT INTO t VALUES (:size)\n",
            "+    sql: INSERT INTO t VALUES (:size + 41)\n");

    assertThat(caller.resume("r1", db, "--yes", "--accept-changes")).isEqualTo(ExitCode.DONE);
    assertThat(db.queryLong("SELECT a FROM t")).isEqualTo(42);
  }

  @Test
  void aSafeguardThatIsGoneComesFirstAndAChangeWithoutMeaningAsLines(TestPostgres db) {
    begin(db);
    caller.file("change.yaml", RUNBOOK.replace("    gate: Shall it go on", "    wait: 1s"));
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err())
        .contains("2 safeguards changed\n\nSafeguards that changed:\n!   step ask (wait), kind: ");

    caller.file("change.yaml", RUNBOOK).file("sql/make.sql", "CREATE TABLE t (a int) -- one");
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("-CREATE TABLE t (a int)\n+CREATE TABLE t (a int) -- one");
  }

  @Test
  void whatIsAcceptedIsWhatLaterResumesFollow(TestPostgres db) {
    begin(db);
    caller.file("change.yaml", RUNBOOK.replace("(:size)", "(:size + 1)"));
    assertThat(caller.resume("r1", db, "--accept-changes")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.DONE);
    assertThat(db.queryLong("SELECT a FROM t")).isEqualTo(2);
  }

  @Test
  void layoutAndCommentsAreNoChange(TestPostgres db) {
    begin(db);
    caller.file(
        "change.yaml", "# a remark\n\n" + RUNBOOK.replace("title: Change", "title: 'Change'"));
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aStepThatHasBegunCannotBeChanged(TestPostgres db) {
    begin(db);
    caller.file("sql/make.sql", "CREATE TABLE t (a bigint)");
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err())
        .contains("-   sql: CREATE TABLE t (a int);\n", "+   sql: CREATE TABLE t (a bigint);\n");
    assertThat(caller.resume("r1", db, "--yes", "--accept-changes")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("steps that have begun were changed: make");
  }

  @Test
  void aNewParameterNeedsADefault(TestPostgres db) {
    begin(db);
    String more = "  more: {type: integer, required: true}\ntargets:";
    caller.file(
        "change.yaml", RUNBOOK.replace("targets:", more).replace(":size)", ":size + :more)"));
    assertThat(caller.resume("r1", db, "--yes", "--accept-changes")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("this run has no values for changed parameters: more");
    assertThat(caller.resume("r1", db, "-p", "size=2")).isEqualTo(ExitCode.INVALID);
  }

  @Test
  void aFileThatNoLongerLoadsStopsTheRunButNotItsEnd(TestPostgres db) {
    begin(db);
    caller.file("change.yaml", RUNBOOK.replace("gate:", "gaet:"));
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("change.yaml:", "gaet", "does not load now");
    assertThat(db.queryLong("SELECT count(*) FROM t")).isZero();
    assertThat(caller.call("abort", "r1", "--target", "db=" + db.uri())).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aFileThatIsGoneIsNotNeeded(TestPostgres db) throws IOException {
    begin(db);
    Files.delete(folder.resolve("change.yaml"));
    Files.delete(folder.resolve("sql/make.sql"));
    Caller elsewhere = caller.in(Files.createDirectories(folder.resolve("elsewhere")));
    assertThat(elsewhere.resume("r1", db, "--yes")).isEqualTo(ExitCode.DONE);
    assertThat(elsewhere.err())
        .contains(folder.resolve("change.yaml") + " is gone; the run goes on with the copy");
    assertThat(db.queryLong("SELECT a FROM t")).isEqualTo(1);
  }

  @Test
  void theFileIsFoundFromAnywhere(TestPostgres db) throws IOException {
    begin(db);
    Caller elsewhere = caller.in(Files.createDirectories(folder.resolve("elsewhere")));
    caller.file("change.yaml", RUNBOOK.replace("(:size)", "(:size + 1)"));
    assertThat(elsewhere.resume("r1", db, "--yes")).isEqualTo(ExitCode.INVALID);
    assertThat(elsewhere.err()).contains("+   sql: INSERT INTO t VALUES (:size + 1);\n");
  }

  private void begin(TestPostgres db) {
    assertThat(caller.run("change.yaml", db, "r1")).isEqualTo(ExitCode.PAUSED);
  }
}
