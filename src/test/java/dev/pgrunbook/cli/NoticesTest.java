package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * When people are told of what lasts: a probe that sees nothing move, a lock, a question. Whoever
 * is told does something about it; untold, the runs fail.
 */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class NoticesTest {

  private static final String HEAD =
      """
      runbook: lasting
      version: "1.0.0"
      title: Lasting
      targets: {db: {}}
      steps:
      """;

  @TempDir private Path folder;
  private Caller caller;
  private Webhook hook;

  @BeforeEach
  void listen() throws IOException {
    hook = new Webhook();
    caller = new Caller(folder).with("HOOK", hook.address("/"));
  }

  @AfterEach
  void stop() {
    hook.close();
  }

  private Caller given(String after, String steps) {
    caller.file("pgrunbook.yaml", "notify: {webhook: {env: HOOK}, after: " + after + "}\n");
    return caller.file("lasting.yaml", HEAD + steps.indent(2));
  }

  @Test
  void aProbeThatSeesNothingMoveIsToldOnceEachTimeItStops(TestPostgres db) {
    db.execute("CREATE TABLE copied AS SELECT 1 AS rows");
    given(
        "{stalled: 400ms}",
        """
        - id: watch
          forEach: {table: [one]}
          timeout: 30s
          probe:
            every: 100ms
            sources: {db: "SELECT rows AS done, 3 AS total FROM copied"}
            progress: {done: done, total: total, unit: rows}
            until: done == total
        """);
    hook.react(
        notice -> {
          if (notice.get("event").getAsString().equals("stalled")) {
            db.execute("UPDATE copied SET rows = rows + 1");
          }
        });

    assertThat(caller.run("lasting.yaml", db, "r1")).as(caller.err()).isEqualTo(ExitCode.DONE);
    assertThat(hook.events()).containsExactly("stalled", "stalled", "done");
    JsonObject told = hook.notices().get(0);
    assertThat(told.get("step").getAsString()).isEqualTo("watch[1]");
    assertThat(told.get("message").getAsString())
        .startsWith("watch[1] (one) has seen no progress for ");
    assertThat(told.get("text").getAsString()).startsWith("lasting does not move: ");
  }

  @Test
  void aStatementThatWaitsForALockIsToldWithWhoHoldsIt(TestPostgres db) throws SQLException {
    db.execute("CREATE TABLE held (a int)");
    given(
        "{stalled: 100ms}",
        "- {id: alter, target: db, lockTimeout: 30s, sql: ALTER TABLE held ADD b int}");
    try (Connection holder = db.connect();
        var statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE held");
      hook.react(notice -> rollBack(holder));

      assertThat(caller.run("lasting.yaml", db, "r1")).as(caller.err()).isEqualTo(ExitCode.DONE);
    }
    assertThat(hook.events()).containsExactly("stalled", "done");
    assertThat(hook.notices().get(0).get("message").getAsString())
        .startsWith("alter waits for a lock, blocked by ")
        .contains("LOCK TABLE held");
  }

  private static void rollBack(Connection holder) {
    try {
      holder.rollback();
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private TerminalProcess atATerminal(TestPostgres db) throws IOException {
    List<String> words =
        List.of("run", "lasting.yaml", "--run-id", "r1", "--target", "db=" + db.uri());
    return TerminalProcess.start(folder, 100, words);
  }

  private void givenAQuestion(String after) {
    given(after, "- {id: ask, gate: Go on now}");
    caller.file("hook.txt", hook.address("/"));
    caller.file(
        "pgrunbook.yaml", caller.text("pgrunbook.yaml").replace("env: HOOK", "file: hook.txt"));
  }

  @Test
  void aQuestionThatStaysOpenIsToldWhileItIsOpen(TestPostgres db) throws Exception {
    givenAQuestion("{waiting: 300ms}");
    try (TerminalProcess run = atATerminal(db)) {
      hook.await(1);
      run.until("approve or reject?");
      run.type("approve\r");
      run.until("done in");
      assertThat(run.end()).isZero();
    }
    assertThat(hook.events()).containsExactly("waiting", "done");
    assertThat(hook.notices().get(0).get("command").getAsString())
        .isEqualTo("pgrunbook approve r1 ask");
  }

  @Test
  void aQuestionThatIsAnsweredSoonIsNot(TestPostgres db) {
    given("{waiting: 300ms}", "- {id: ask, gate: Go on now}\n- {id: later, wait: 1s}");

    assertThat(caller.run("lasting.yaml", db, "r1", "--yes")).isEqualTo(ExitCode.DONE);
    assertThat(hook.events()).containsExactly("done");
  }
}
