package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an operator can find out and decide after a step has failed for somebody else's lock. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class SessionFailureTest {

  private static final String RUNBOOK =
      """
      runbook: locked
      version: "1.0.0"
      title: Somebody is in the way
      params: {column: {type: identifier, default: spare}}
      targets: {db: {}}
      steps:
        - id: change
          target: db
          sql: ALTER TABLE t ADD COLUMN :"column" int
          lockTimeout: 200ms
        - {id: last, target: db, query: SELECT 1 AS one}
      """;

  @TempDir Path folder;
  private TestPostgres database;
  private Caller caller;

  @BeforeEach
  void tables(TestPostgres server) {
    database = server.newDatabase();
    database.execute("CREATE TABLE t (a int)");
    caller = new Caller(folder).with("LC_ALL", "C.UTF-8").file("locked.yaml", RUNBOOK);
  }

  private String session(String... typed) throws Exception {
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      statement.execute("SET application_name = 'nightly report'");
      other.setAutoCommit(false);
      statement.execute("SELECT count(*) FROM t");
      caller.typing(String.join("\n", typed) + "\n");
      String target = "db=" + database.uri();
      caller.call("run", "locked.yaml", "--target", target, "--run-id", "r1", "--on-error", "step");
      return caller.said();
    }
  }

  @Test
  void whoHeldTheLockIsFoundAfterTheTimeout() throws Exception {
    String said = session("blockers", "sql! ALTER TABLE t SET (fillfactor = 90);", "n", "quit");

    assertThat(said.substring(said.indexOf("failed> blockers")))
        .contains("nobody waits for a lock on this server")
        .contains("who holds locks that change would wait for:")
        .containsPattern("t +│ AccessShareLock │ \\d+ │ \\w+ +│ nightly report")
        .contains("idle in transaction");
  }

  @Test
  void settingAValueIsNoGo() throws Exception {
    String said = session("set column = other", "blockers", "quit");

    assertThat(said.split("canceling statement due to lock timeout", -1)).hasSize(2);
    assertThat(said)
        .contains("ALTER TABLE t ADD COLUMN \"other\" int")
        .contains("db 1/2 change> blockers")
        .contains("who holds locks that change would wait for:");
  }

  @Test
  void aReasonMayBeGivenAtOnce() throws Exception {
    assertThat(session("skip the column is there in the next release", "quit"))
        .contains("the column is there in the next release (")
        .doesNotContain("Why is it left out?")
        .contains("last");
  }
}
