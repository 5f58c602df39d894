package dev.pgrunbook.engine;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a database of their own in which items and steps go side by side. */
@ExtendWith(PostgresExtension.class)
abstract class SideBySideRuns {

  static final String HEAD =
      """
      runbook: test/parallel
      version: "1.0.0"
      title: Side by side
      targets: {db: {}}
      steps:
      """;

  static final String TIDY =
      "finally: [{id: tidy, target: db, sql: \"INSERT INTO log VALUES ('tidy', 0, 0)\"}]\n";

  /** Counts who is within at the same time. */
  static final String WITHIN =
      "INSERT INTO log SELECT 'within', :n, count(*) FROM pg_locks"
          + " WHERE locktype = 'advisory' AND objid = 1 AND granted";

  @TempDir private Path store;
  TestPostgres postgres;

  @BeforeEach
  void tables(TestPostgres fresh) {
    postgres = fresh;
    postgres.execute("CREATE TABLE log (what text, x bigint, y bigint)");
  }

  RunbookRun run(String steps) {
    return RunbookRun.of(HEAD + steps.indent(2) + TIDY, store).on("db", postgres);
  }

  String log(String what) {
    return postgres.queryRows("SELECT x FROM log WHERE what = '" + what + "' ORDER BY x").stream()
        .map(row -> String.valueOf(row.get(0)))
        .collect(Collectors.joining(" "));
  }

  /** A lock that statements wait for until it is closed. */
  final class Hurdle implements AutoCloseable {

    final Connection connection;

    Hurdle(int key) throws SQLException {
      connection = postgres.connect();
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT pg_advisory_lock(" + key + ")");
      }
    }

    /** Returns once so many statements wait at hurdles. */
    void awaitWaiting(int count) {
      Waiting.until(() -> waiting() == count);
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  long waiting() {
    return postgres.queryLong(
        "SELECT count(*) FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)"
            + " WHERE l.locktype = 'advisory' AND NOT l.granted"
            + " AND a.datname = current_database() AND a.application_name LIKE 'pgrunbook/%'");
  }

  static CompletableFuture<RunResult> begin(RunbookRun run) {
    return CompletableFuture.supplyAsync(run::run);
  }
}
