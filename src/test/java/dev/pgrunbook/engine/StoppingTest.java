package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.engine.RunResult.Paused;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An operator stops a run wherever it is; what was cut short is no failure, and goes on. */
@ExtendWith(PostgresExtension.class)
class StoppingTest {

  private static final String HEAD =
      """
      runbook: test/stopping
      version: "1.0.0"
      title: Stopped
      targets: {db: {}}
      steps:
      """;

  private static final String TIDY =
      "finally: [{id: tidy, target: db, sql: \"INSERT INTO t VALUES (99)\"}]\n";

  @TempDir private Path store;

  private RunbookRun run(String step, TestPostgres postgres) {
    postgres.execute("CREATE TABLE t (x int); CREATE TABLE slow AS SELECT 60 AS seconds");
    return RunbookRun.of(HEAD + "  - " + step + "\n" + TIDY, store).on("db", postgres);
  }

  private static void assertStopped(RunbookRun run, RunResult result, TestPostgres postgres) {
    assertThat(result).isEqualTo(new Paused(PauseReason.OPERATOR, "stopped by the operator"));
    assertThat(run.events(StepFailed.class)).isEmpty();
    assertThat(
            postgres.queryLong(
                "SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND datname ="
                    + " current_database() AND pid <> pg_backend_pid()"))
        .isZero();
    postgres.execute("UPDATE slow SET seconds = 0");
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(postgres.queryText("SELECT string_agg(x::text, ' ' ORDER BY x) FROM t"))
        .isEqualTo("1 99");
  }

  @Test
  void duringAStatement(TestPostgres postgres) {
    RunbookRun run =
        run(
            "{id: s, target: db, sql: \"INSERT INTO t SELECT 1 FROM slow, pg_sleep(seconds)\"}",
            postgres);
    assertStopped(run, stoppedIn(run, postgres, "INSERT INTO t SELECT"), postgres);
  }

  @Test
  void duringAStatementThatHasATimeoutOfItsOwn(TestPostgres postgres) {
    RunbookRun run =
        run(
            "{id: s, target: db, timeout: 50s, onTimeout: [{id: o, gate: Never}],"
                + " sql: \"INSERT INTO t SELECT 1 FROM slow, pg_sleep(seconds)\"}",
            postgres);
    assertStopped(run, stoppedIn(run, postgres, "INSERT INTO t SELECT"), postgres);
  }

  @Test
  void duringAProbesQuery(TestPostgres postgres) {
    RunbookRun run =
        run(
            "{id: g, steps: [{id: one, target: db, sql: \"INSERT INTO t VALUES (1)\"}, {id: p,"
                + " probe: {sources: {db: \"SELECT 1 AS x FROM slow, pg_sleep(seconds)\"},"
                + " until: x == 1}}]}",
            postgres);
    assertStopped(run, stoppedIn(run, postgres, "SELECT 1 AS x"), postgres);
  }

  private static RunResult stoppedIn(RunbookRun run, TestPostgres postgres, String statement) {
    CompletableFuture<Void> operator =
        CompletableFuture.runAsync(
            () -> {
              Waiting.forStatement(postgres, statement);
              run.interrupt();
            });
    RunResult result = run.run();
    operator.join();
    return result;
  }

  @Test
  void betweenAProbesPolls(TestPostgres postgres) {
    RunbookRun run =
        run(
            "{id: g, steps: [{id: one, target: db, sql: \"INSERT INTO t VALUES (1)\"}, {id: p,"
                + " probe: {every: 1h, sources: {db: \"SELECT seconds FROM slow\"},"
                + " until: seconds == 0}}]}",
            postgres);
    run.sampling(
        "p",
        sample -> {
          if (!sample.values().get("seconds").equals(Value.integer(0))) {
            interruptSoon(run);
          }
        });
    assertStopped(run, run.run(), postgres);
  }

  @Test
  void duringAWait(TestPostgres postgres) {
    RunbookRun run =
        run(
            "{id: g, steps: [{id: one, target: db, sql: \"INSERT INTO t VALUES (1)\"}, {id: w,"
                + " wait: 2s}]}",
            postgres);
    run.listening(whenWaiting(run));
    long begun = System.nanoTime();
    assertStopped(run, run.run(), postgres);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void duringAPauseBetweenGeneratedStatements(TestPostgres postgres) {
    RunbookRun run =
        run(
            "{id: s, target: db, pause: 1h, generate: \"SELECT unnest(ARRAY['INSERT INTO t VALUES"
                + " (1)', 'SELECT 1'])\"}",
            postgres);
    run.listening(
        new RunListener() {
          @Override
          public void recorded(JournalRecord entry) {
            if (entry.event() instanceof RunEvent.StatementCommitted) {
              interruptSoon(run);
            }
          }
        });
    assertStopped(run, run.run(), postgres);
  }

  @Test
  void duringTheDelayBeforeARetry(TestPostgres postgres) {
    RunbookRun run =
        run(
            "{id: s, target: db, retry: {attempts: 2, delay: 1h}, sql: \"INSERT INTO t SELECT 1 FROM"
                + " slow WHERE 1 / CASE seconds WHEN 60 THEN 0 ELSE 1 END = 1\"}",
            postgres);
    run.listening(whenWaiting(run));
    assertStopped(run, run.run(), postgres);
  }

  private static RunListener whenWaiting(RunbookRun run) {
    return new RunListener() {
      private boolean done;

      @Override
      public void waiting(StepAddress address, Duration remaining, String what) {
        if (!done) {
          done = true;
          interruptSoon(run);
        }
      }
    };
  }

  /** From another thread, as a signal's handler does. */
  private static void interruptSoon(RunbookRun run) {
    new Thread(run::interrupt, "signal").start();
  }
}
