package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.engine.RunResult.Paused;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.StatementStarted;
import dev.pgrunbook.testing.RunbookRun;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The sessions of what runs side by side, on servers that have too few or lose some. */
class SideBySideSessionsTest extends SideBySideRuns {

  @Test
  void itemsWaitForAPlaceOnAServerThatHasTooFew() throws SQLException {
    postgres.execute("CREATE ROLE narrow LOGIN PASSWORD 'secret' CONNECTION LIMIT 2");
    postgres.execute("GRANT INSERT ON log TO narrow");
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2, 3, 4, 5], parallel: 5}
              target: db
              transaction: single
              sql: SELECT pg_advisory_xact_lock_shared(2); INSERT INTO log VALUES ('items', :n)
            """);
    run.on("db", postgres.settings("narrow", "secret", postgres.address().port()));
    run.reconnectingFor(Duration.ofMillis(100));
    CompletableFuture<RunResult> result;
    try (Hurdle hurdle = new Hurdle(2)) {
      result = begin(run);
      hurdle.awaitWaiting(2);
      Waiting.until(() -> run.told().notices().size() == 3);
      assertThat(run.told().notices().toString()).contains("waiting for a place");
    }
    assertThat(result.join()).isEqualTo(RunbookRun.DONE);
    assertThat(log("items")).isEqualTo("1 2 3 4 5");
  }

  @Test
  void nobodyWaitsForAPlaceThatOthersHold() throws SQLException {
    postgres.execute("CREATE ROLE crowded LOGIN PASSWORD 'secret' CONNECTION LIMIT 2");
    postgres.execute("GRANT INSERT ON log TO crowded");
    RunbookRun run =
        run(
            """
            - {id: items, forEach: {n: [1, 2], parallel: 2}, target: db, sql: "SELECT :n"}
            """);
    run.on("db", postgres.settings("crowded", "secret", postgres.address().port()));
    run.reconnectingFor(Duration.ofMillis(100));
    try (Connection one = crowded();
        Connection two = crowded()) {
      assertThat(one.isValid(1) && two.isValid(1)).isTrue();
      assertThat(run.run())
          .isInstanceOfSatisfying(
              Paused.class,
              paused -> assertThat(paused.reason()).isEqualTo(PauseReason.ENVIRONMENT));
    }
    Waiting.until(
        () ->
            postgres.queryLong("SELECT count(*) FROM pg_stat_activity WHERE usename = 'crowded'")
                == 0);
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
  }

  private Connection crowded() throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), "crowded", "secret");
  }

  @Test
  void aLostSessionIsItsItemsAlone() throws SQLException {
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2, 3], parallel: 3}
              target: db
              transaction: single
              sql: |
                INSERT INTO log VALUES ('items', :n);
                SELECT pg_advisory_xact_lock_shared(:n);
            """);
    CompletableFuture<RunResult> result;
    try (Hurdle first = new Hurdle(1);
        Hurdle second = new Hurdle(2);
        Hurdle third = new Hurdle(3)) {
      result = begin(run);
      third.awaitWaiting(3);
      String lost =
          postgres.queryText(
              "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 2");
      postgres.execute("SELECT pg_terminate_backend(" + lost + ", 10000)");
      // It settles what it had begun without waiting for the others' sessions, and begins anew.
      third.awaitWaiting(3);
      second.close();
      first.close();
    }
    assertThat(result.join()).isEqualTo(RunbookRun.DONE);
    assertThat(log("items")).isEqualTo("1 2 3");
    assertThat(run.told().notices()).anyMatch(text -> text.contains("trying again"));
    assertThat(run.events(StatementStarted.class)).isEmpty();
  }

  @Test
  void whoEndsOldSessionsEndsNoneThatRunsBeside() throws SQLException {
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2], parallel: 2}
              target: db
              transaction: single
              sql: |
                INSERT INTO log VALUES ('items', :n);
                SELECT pg_advisory_xact_lock_shared(:n);
            """);
    run.terminatingBackends();
    CompletableFuture<RunResult> result;
    try (Hurdle first = new Hurdle(1);
        Hurdle second = new Hurdle(2)) {
      result = begin(run);
      second.awaitWaiting(2);
      String beside =
          postgres.queryText(
              "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 1");
      String lost =
          postgres.queryText(
              "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 2");
      postgres.execute("SELECT pg_terminate_backend(" + lost + ", 10000)");
      second.awaitWaiting(2);
      assertThat(
              postgres.queryText(
                  "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                      + " AND objid = 1"))
          .isEqualTo(beside);
      first.close();
    }
    assertThat(result.join()).isEqualTo(RunbookRun.DONE);
    assertThat(log("items")).isEqualTo("1 2");
  }
}
