package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the server says of a statement while it runs, without a probe. */
@ExtendWith(PostgresExtension.class)
class StatementWatchTest {

  private static final String HEAD =
      """
      runbook: test/watching
      version: "1.0.0"
      title: Watched
      targets: {db: {}}
      steps:
      """;

  @TempDir private Path store;

  @Test
  void progressIsToldOfWhateverTheServerReportsItOn(TestPostgres db) throws Exception {
    db.execute(
        """
        CREATE FUNCTION slowly(x int) RETURNS int LANGUAGE sql IMMUTABLE
          AS $$ SELECT x FROM pg_sleep(0.02) $$;
        CREATE TABLE t (x int, filler text);
        ALTER TABLE t ALTER filler SET STORAGE PLAIN;
        INSERT INTO t SELECT g, repeat('x', 1000) FROM generate_series(1, 200) AS g""");
    List<StatementProgress> seen = new CopyOnWriteArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void progressed(StepAddress address, Instant at, StatementProgress progress) {
            seen.add(progress);
          }
        };
    RunbookRun run =
        RunbookRun.of(
                HEAD
                    + """
                      - {id: quick, target: db, sql: "CREATE INDEX quick ON t (x)"}
                      - {id: index, target: db, sql: "CREATE INDEX slow ON t (slowly(x))"}
                      - id: copy
                        target: db
                        sql: COPY (SELECT slowly(x) FROM t) TO PROGRAM 'cat >/dev/null'
                    """,
                store)
            .on("db", db)
            .listening(listener);

    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(seen).extracting(StatementProgress::command).contains("CREATE INDEX", "COPY TO");
    assertThat(seen)
        .filteredOn(progress -> progress.command().equals("CREATE INDEX"))
        .allSatisfy(
            progress -> {
              assertThat(progress.relation()).isEqualTo("t");
              assertThat(progress.phase()).startsWith("building index");
              assertThat(progress.unit()).isIn("blocks", "rows", "transactions");
            });
    assertThat(seen)
        .filteredOn(progress -> progress.command().equals("COPY TO"))
        .allSatisfy(progress -> assertThat(progress.unit()).isEqualTo("rows"))
        .anySatisfy(progress -> assertThat(progress.done()).isBetween(1L, 200L));
  }

  @Test
  void whoBlocksIsToldAtOnceAndThatNobodyDoesAnyMore(TestPostgres db) throws Exception {
    db.execute("CREATE TABLE t (x int)");
    BlockingQueue<List<String>> told = new LinkedBlockingQueue<>();
    CountDownLatch started = new CountDownLatch(1);
    RunListener listener =
        new RunListener() {
          @Override
          public void blocked(StepAddress address, List<String> blockers) {
            told.add(blockers);
          }

          @Override
          public void recorded(JournalRecord entry) {
            if (entry.event() instanceof StepStarted) {
              started.countDown();
            }
          }
        };
    String step =
        """
          - id: wait
            target: db
            sql: DO $$ BEGIN LOCK TABLE t; PERFORM pg_sleep(2); END $$
        """;
    RunbookRun run = RunbookRun.of(HEAD + step, store).on("db", db).listening(listener);
    try (Connection holder = db.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE t IN ACCESS SHARE MODE");
      Thread thread = new Thread(run::run, "blocked run");
      thread.start();
      started.await();
      Instant begun = Instant.now();

      assertThat(told.poll(20, TimeUnit.SECONDS)).hasSize(1).first().asString().contains("LOCK");
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
      holder.commit();
      assertThat(told.poll(20, TimeUnit.SECONDS)).isNotNull().isEmpty();
      thread.join();
    } catch (SQLException broken) {
      throw new AssertionError(broken);
    }
  }
}
