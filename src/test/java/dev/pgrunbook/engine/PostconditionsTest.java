package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.engine.RunResult.Paused;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.StatementFinished;
import dev.pgrunbook.journal.RunEvent.StatementStarted;
import dev.pgrunbook.testing.OwnServer;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements outside a transaction block that were cut short, and steps without a `verify`. */
@ExtendWith(PostgresExtension.class)
class PostconditionsTest {

  private static final String VALID_INDEXES =
      "SELECT count(*) FILTER (WHERE indisvalid) = %d AND count(*) = %1$d"
          + " FROM pg_index WHERE indrelid = 't'::regclass";

  @TempDir private Path store;
  private final TestPostgres server;
  private TestPostgres postgres;

  PostconditionsTest(
      @OwnServer(
              durable = true,
              settings = {"max_prepared_transactions=2", "wal_level=logical"})
          TestPostgres server) {
    this.server = server;
  }

  @BeforeEach
  void tables() {
    postgres = server.newDatabase();
    postgres.execute(
        """
        CREATE TABLE t (a int, b text);
        INSERT INTO t SELECT n, n FROM generate_series(1, 100) AS n;
        CREATE INDEX "Old one" ON t (b);
        """);
  }

  /** Statements, with what is true once they have taken effect and was not before. */
  enum Kind {
    CREATE_INDEX("", "CREATE INDEX CONCURRENTLY new_one ON t (a)", String.format(VALID_INDEXES, 2)),
    DROP_INDEX("", "DROP INDEX CONCURRENTLY \"Old one\"", String.format(VALID_INDEXES, 0)),
    REINDEX_INDEX("", "REINDEX INDEX CONCURRENTLY \"Old one\"", String.format(VALID_INDEXES, 1)),
    REINDEX_TABLE("", "REINDEX (CONCURRENTLY) TABLE t", String.format(VALID_INDEXES, 1)),
    REINDEX_SCHEMA("", "REINDEX SCHEMA CONCURRENTLY public", String.format(VALID_INDEXES, 1)),
    VACUUM("", "VACUUM (ANALYZE) t", "SELECT reltuples = 100 FROM pg_class WHERE relname = 't'"),
    CREATE_DATABASE(
        "DROP DATABASE IF EXISTS \"Made\"",
        "CREATE DATABASE \"Made\"",
        "SELECT count(*) = 1 FROM pg_database WHERE datname = 'Made'"),
    DROP_DATABASE(
        "DROP DATABASE IF EXISTS unmade; CREATE DATABASE unmade",
        "DROP DATABASE unmade",
        "SELECT count(*) = 0 FROM pg_database WHERE datname = 'unmade'"),
    ALTER_SYSTEM(
        "",
        "ALTER SYSTEM SET work_mem = '5MB'",
        "SELECT count(*) = 1 FROM pg_file_settings WHERE name = 'work_mem' AND setting = '5MB'"),
    CREATE_SUBSCRIPTION(
        "",
        "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false)",
        "SELECT count(*) = 1 FROM pg_subscription WHERE subname = 's'"),
    ADD_PUBLICATION(
        Kind.SUBSCRIPTION,
        "ALTER SUBSCRIPTION s ADD PUBLICATION \"More\" WITH (refresh = false)",
        "SELECT subpublications = '{p,More}' FROM pg_subscription WHERE subname = 's'"),
    DROP_PUBLICATION(
        Kind.SUBSCRIPTION + ";ALTER SUBSCRIPTION s ADD PUBLICATION q WITH (refresh = false)",
        "ALTER SUBSCRIPTION s DROP PUBLICATION p WITH (refresh = false)",
        "SELECT subpublications = '{q}' FROM pg_subscription WHERE subname = 's'"),
    DROP_SUBSCRIPTION(
        Kind.SUBSCRIPTION,
        "DROP SUBSCRIPTION s",
        "SELECT count(*) = 0 FROM pg_subscription WHERE subname = 's'"),
    DETACH_PARTITION(
        "CREATE TABLE whole (n int) PARTITION BY LIST (n);"
            + "CREATE TABLE part PARTITION OF whole FOR VALUES IN (1)",
        "ALTER TABLE whole DETACH PARTITION part CONCURRENTLY",
        "SELECT count(*) = 0 FROM pg_inherits WHERE inhparent = 'whole'::regclass"),
    COMMIT_PREPARED(
        "BEGIN; INSERT INTO t VALUES (101); PREPARE TRANSACTION 'it''s'",
        "COMMIT PREPARED 'it''s'",
        "SELECT count(*) = 101 FROM t");

    private static final String SUBSCRIPTION =
        "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false);"
            + "ALTER SUBSCRIPTION s SET (slot_name = NONE)";

    private final String before;
    private final String sql;
    private final String truth;

    Kind(String before, String sql, String truth) {
      this.before = before;
      this.sql = sql;
      this.truth = truth;
    }
  }

  private RunbookRun run(String sql) {
    return RunbookRun.of(
            """
            runbook: test/alone
            version: "1.0.0"
            title: Alone
            targets: {db: {}}
            steps:
              - id: alone
                target: db
                transaction: none
                sql: |
                  %s;
                  INSERT INTO t VALUES (0)
            """
                .formatted(sql),
            store)
        .on("db", postgres);
  }

  private void prepare(Kind kind) {
    for (String statement : kind.before.split(";")) {
      if (!statement.isBlank() && !kind.before.startsWith("BEGIN")) {
        postgres.execute(statement);
      }
    }
    if (kind.before.startsWith("BEGIN")) {
      postgres.execute(kind.before);
    }
  }

  private void assertDone(RunbookRun run, Kind kind) {
    assertThat(run.resume()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);
    assertThat(run.told().requests(Request.InDoubt.class)).isEmpty();
    postgres.execute("DELETE FROM t WHERE a = 0");
    assertThat(postgres.queryText(kind.truth)).isEqualTo("t");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatWasAnnouncedAndNeverSentIsDone(Kind kind) {
    prepare(kind);
    RunbookRun run = run(kind.sql);
    run.dyingAfter(StatementStarted.class::isInstance);
    assertThatThrownBy(run::run).isInstanceOf(RunbookRun.Death.class);
    assertDone(run, kind);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatWasDoneAndNeverRecordedIsNotDoneAgainWhereThatMatters(Kind kind) {
    prepare(kind);
    RunbookRun run = run(kind.sql);
    run.through(PostconditionsTest::withoutAnswers);
    assertThatThrownBy(run::run).isInstanceOf(MortalJournal.Death.class);
    assertThat(postgres.queryText(kind.truth)).isEqualTo("t");
    run.through(journal -> journal);
    assertDone(run, kind);
  }

  private static MortalJournal withoutAnswers(dev.pgrunbook.journal.Journal journal) {
    return new MortalJournal(journal, Integer.MAX_VALUE, MortalJournal.Moment.BEFORE) {
      @Override
      public JournalRecord append(RunEvent event) {
        if (event instanceof StatementFinished) {
          throw new MortalJournal.Death();
        }
        return super.append(event);
      }
    };
  }

  /** The index is in the catalogs, and waits for a writer when the server crashes. */
  @Test
  void anIndexThatACrashLeftInvalidIsDroppedAndBuilt() throws Exception {
    RunbookRun run = run("CREATE INDEX CONCURRENTLY new_one ON t (a)");
    try (Connection writer = writing()) {
      CompletableFuture<Void> crash = restartOnceInvalid("new_one");
      assertThat(run.run()).isEqualTo(RunbookRun.DONE);
      crash.join();
      assertThat(writer.isValid(1)).isFalse();
    }
    assertThat(run.told().notices().toString()).contains("dropped: public.new_one");
    assertThat(postgres.queryText(String.format(VALID_INDEXES, 2))).isEqualTo("t");
  }

  @Test
  void whatACrashLeftOfARebuildIsDropped() throws Exception {
    RunbookRun run = run("REINDEX INDEX CONCURRENTLY \"Old one\"");
    try (Connection writer = writing()) {
      CompletableFuture<Void> crash = restartOnceInvalid("Old one_ccnew");
      assertThat(run.run()).isEqualTo(RunbookRun.DONE);
      crash.join();
      assertThat(writer.isValid(1)).isFalse();
    }
    assertThat(run.told().notices().toString()).contains("dropped: public.\"Old one_ccnew\"");
    assertThat(postgres.queryText(String.format(VALID_INDEXES, 1))).isEqualTo("t");
  }

  private Connection writing() throws SQLException {
    Connection writer = postgres.connect();
    writer.setAutoCommit(false);
    try (Statement statement = writer.createStatement()) {
      statement.execute("INSERT INTO t VALUES (1000)");
    }
    return writer;
  }

  private CompletableFuture<Void> restartOnceInvalid(String index) {
    return CompletableFuture.runAsync(
        () -> {
          Waiting.until(
              () ->
                  postgres.queryLong(
                          "SELECT count(*) FROM pg_index WHERE NOT indisvalid"
                              + " AND indexrelid = to_regclass('\""
                              + index
                              + "\"')")
                      == 1);
          postgres.execute("CHECKPOINT");
          postgres.restart(true);
        });
  }

  @Test
  void anIndexThatAFailureLeftInvalidIsDroppedBeforeTheNextTry() {
    postgres.execute("INSERT INTO t VALUES (1, 'twice')");
    RunbookRun run = run("CREATE UNIQUE INDEX CONCURRENTLY new_one ON t (a)");
    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);
    assertThat(postgres.queryText(String.format(VALID_INDEXES, 2))).isEqualTo("f");
    postgres.execute("DELETE FROM t WHERE b = 'twice'");
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(postgres.queryText(String.format(VALID_INDEXES, 2))).isEqualTo("t");
  }

  @Test
  void ofAnIndexWithoutANameAPersonIsAsked() {
    RunbookRun run = run("CREATE INDEX CONCURRENTLY ON t (a)");
    run.dyingAfter(StatementStarted.class::isInstance);
    assertThatThrownBy(run::run).isInstanceOf(RunbookRun.Death.class);
    RunResult paused = run.resume();
    assertThat(((Paused) paused).reason()).isEqualTo(PauseReason.IN_DOUBT);
    assertThat(((Paused) paused).message()).contains("leaves the index's name to the server");
  }
}
