package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.engine.RunResult.Paused;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.StatementCommitted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StatementStarted;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.testing.LossyProxy;
import dev.pgrunbook.testing.OwnServer;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.RunbookRun.Death;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Statements whose answers never came, on servers that were lost, killed and restarted. */
@ExtendWith(PostgresExtension.class)
class InDoubtTest {

  private static final String HEAD =
      """
      runbook: test/doubt
      version: "1.0.0"
      title: In doubt
      targets: {db: {}}
      steps:
      """;

  private static final String INSERT =
      HEAD + "  - {id: add, target: db, sql: \"INSERT INTO t VALUES (1)\"}\n";

  private static final String VERIFIED =
      INSERT.replace("(1)\"", "(1)\", verify: \"SELECT count(*) = 1 FROM t\"");

  private static final String ALONE =
      HEAD
          + """
            - id: add
              target: db
              transaction: none
              sql: |
                INSERT INTO t VALUES (1);
                INSERT INTO t VALUES (2);
              verify: SELECT count(*) = 2 FROM t
          """;

  @TempDir private Path store;

  private RunbookRun run(String runbook, TestPostgres postgres) {
    postgres.execute("CREATE TABLE t (x int)");
    return RunbookRun.of(runbook, store).on("db", postgres);
  }

  private static <E extends RunEvent> RunListener once(Class<E> type, Consumer<E> reaction) {
    return new RunListener() {
      private boolean done;

      @Override
      public void recorded(JournalRecord entry) {
        if (!done && type.isInstance(entry.event())) {
          done = true;
          reaction.accept(type.cast(entry.event()));
        }
      }
    };
  }

  private static long count(TestPostgres postgres) {
    return postgres.queryLong("SELECT count(*) FROM t");
  }

  private static void terminate(TestPostgres postgres, int pid) {
    postgres.execute("SELECT pg_terminate_backend(" + pid + ", 10000)");
  }

  @Test
  void aLostAnswerToCommitIsAskedOfTheServer(TestPostgres postgres) throws Exception {
    try (LossyProxy proxy = new LossyProxy(postgres.address().host(), postgres.address().port())) {
      RunbookRun run = run(INSERT, postgres).on("db", postgres, proxy.port());
      run.listening(once(StatementPrepared.class, prepared -> proxy.loseNextCommit()));
      assertThat(run.run()).isEqualTo(RunbookRun.DONE);
      proxy.awaitLoss();
      assertThat(count(postgres)).isEqualTo(1);
      assertThat(run.told().notices().toString()).contains("the answer to COMMIT");
    }
  }

  @Test
  void aBackendThatIsTerminatedBeforeCommitHasNotCommitted(TestPostgres postgres) {
    RunbookRun run = run(INSERT, postgres);
    run.listening(
        once(
            StatementPrepared.class,
            prepared -> terminate(postgres, prepared.transaction().backendPid())));
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(count(postgres)).isEqualTo(1);
    assertThat(run.events(StatementPrepared.class)).hasSize(2);
    assertThat(run.events(StatementFailed.class))
        .extracting(failed -> failed.error().message())
        .containsExactly("the transaction was not committed");
  }

  @Test
  void aBackendThatIsTerminatedInMidStatementIsReplaced(TestPostgres postgres) {
    RunbookRun run =
        run(
            HEAD
                + "  - {id: add, target: db, sql: \"INSERT INTO t SELECT 1 FROM slow,"
                + " pg_sleep(seconds)\"}\n",
            postgres);
    postgres.execute("CREATE TABLE slow AS SELECT 60 AS seconds");
    CompletableFuture<Void> killer =
        CompletableFuture.runAsync(
            () -> {
              int pid = Waiting.forStatement(postgres, "INSERT INTO t SELECT");
              postgres.execute("UPDATE slow SET seconds = 0");
              terminate(postgres, pid);
            });
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    killer.join();
    assertThat(count(postgres)).isEqualTo(1);
    assertThat(run.told().notices().toString()).contains("trying again");
  }

  @Test
  void aTransactionThatACrashTookIsRunAgain(@OwnServer(durable = true) TestPostgres postgres) {
    RunbookRun run = run(VERIFIED, postgres);
    run.listening(once(StatementPrepared.class, prepared -> postgres.restart(true)));
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(count(postgres)).isEqualTo(1);
  }

  /** As when the kernel, short of memory, kills a backend: the postmaster lives on. */
  @Test
  void anIdThatACrashGaveToAnotherTransactionIsNotBelieved(
      @OwnServer(durable = true) TestPostgres postgres) {
    flushNothingButCommits(postgres);
    RunbookRun run = run(INSERT, postgres);
    run.listening(once(StatementPrepared.class, prepared -> loseTo(prepared, postgres)));
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(count(postgres)).isEqualTo(1);
    assertThat(run.events(StatementFailed.class))
        .extracting(failed -> failed.error().message())
        .containsExactly("the server crashed before the transaction was committed");
  }

  @Test
  void itProvesNothingOnceACheckpointHasPassed(@OwnServer(durable = true) TestPostgres postgres) {
    flushNothingButCommits(postgres);
    RunbookRun run = run(VERIFIED, postgres);
    run.listening(
        once(
            StatementPrepared.class,
            prepared -> {
              loseTo(prepared, postgres);
              postgres.execute("SELECT pg_switch_wal()");
              postgres.execute("CHECKPOINT");
            }));
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(count(postgres)).isEqualTo(1);
    assertThat(run.events(StatementFailed.class))
        .extracting(failed -> failed.error().message())
        .containsExactly("`verify` says it did not take effect");
  }

  private static void flushNothingButCommits(TestPostgres postgres) {
    postgres.execute("ALTER SYSTEM SET wal_writer_delay = '10s'");
    postgres.execute("SELECT pg_reload_conf()");
  }

  /** Loses a transaction to a crash, and its id to another, which commits. */
  private static void loseTo(StatementPrepared prepared, TestPostgres postgres) {
    killABackend(postgres);
    commitAs(Long.parseLong(prepared.transaction().xid()), postgres);
  }

  private static void killABackend(TestPostgres postgres) {
    try (Connection victim = postgres.connect();
        Statement statement = victim.createStatement();
        ResultSet pid = statement.executeQuery("SELECT pg_backend_pid()")) {
      pid.next();
      assertThat(postgres.killBackend(pid.getLong(1))).isTrue();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void commitAs(long xid, TestPostgres postgres) {
    long given;
    do {
      given = postgres.queryLong("SELECT pg_current_xact_id()::text::bigint");
    } while (given < xid);
    assertThat(given).as("the id was lost with the crash").isEqualTo(xid);
  }

  @Test
  void aCommitBeforeACleanRestartIsBelieved(@OwnServer(durable = true) TestPostgres postgres) {
    RunbookRun run = run(INSERT, postgres);
    dieBeforeCommitted(run);
    postgres.restart(false);
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(count(postgres)).isEqualTo(1);
    assertThat(run.told().requests(Request.InDoubt.class)).isEmpty();
  }

  @Test
  void aCommitBeforeACrashIsDecidedByVerify(@OwnServer(durable = true) TestPostgres postgres) {
    RunbookRun run = run(VERIFIED, postgres);
    dieBeforeCommitted(run);
    postgres.restart(true);
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(count(postgres)).isEqualTo(1);
    assertThat(run.events(OperatorMarked.class))
        .extracting(OperatorMarked::mark)
        .containsExactly(Mark.DONE);
  }

  @Test
  void aCommitBeforeACrashIsDecidedByAPerson(@OwnServer(durable = true) TestPostgres postgres) {
    RunbookRun run = run(INSERT, postgres);
    dieBeforeCommitted(run);
    postgres.restart(true);
    RunResult paused = run.resume();
    assertThat(paused).isInstanceOf(Paused.class);
    assertThat(((Paused) paused).reason()).isEqualTo(PauseReason.IN_DOUBT);
    assertThat(run.told().requests(Request.InDoubt.class))
        .singleElement()
        .satisfies(
            doubt -> {
              assertThat(doubt.statements()).containsExactly("INSERT INTO t VALUES (1)");
              assertThat(doubt.evidence().toString()).contains("crashed since");
            });
    run.appending(
        new OperatorMarked(StepAddress.of("add"), Mark.DONE, "seen in the table", "carol"));
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(count(postgres)).isEqualTo(1);
  }

  /** The transaction commits, and the process dies before it can say so. */
  private static void dieBeforeCommitted(RunbookRun run) {
    run.through(
        journal ->
            new MortalJournal(journal, Integer.MAX_VALUE, MortalJournal.Moment.BEFORE) {
              @Override
              public JournalRecord append(RunEvent event) {
                if (event instanceof StatementCommitted) {
                  throw new MortalJournal.Death();
                }
                return super.append(event);
              }
            });
    try {
      run.run();
      throw new AssertionError("no death");
    } catch (MortalJournal.Death expected) {
      run.through(journal -> journal);
    }
  }

  @Test
  void aPersonMayHaveItRunAgain(TestPostgres postgres) {
    RunbookRun run = run(ALONE.replace("verify: SELECT count(*) = 2 FROM t", ""), postgres);
    run.dyingAfter(StatementStarted.class::isInstance);
    assertDies(run);
    run.answering("add", request -> new Decision.Settle(Mark.AGAIN, "nothing there", "carol"));
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(count(postgres)).isEqualTo(2);
  }

  @Test
  void verifyOfTheWholeStepSaysNothingOfAStatementBeforeItsLast(TestPostgres postgres) {
    RunbookRun run = run(ALONE, postgres);
    run.dyingAfter(StatementStarted.class::isInstance);
    assertDies(run);
    postgres.execute("INSERT INTO t VALUES (1)");
    RunResult paused = run.resume();
    assertThat(((Paused) paused).reason()).isEqualTo(PauseReason.IN_DOUBT);
    assertThat(run.told().requests(Request.InDoubt.class).get(0).evidence().toString())
        .contains("`verify` is false, which is about the whole step");
    run.appending(new OperatorMarked(StepAddress.of("add"), Mark.DONE, "it is there", "carol"));
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(postgres.queryText("SELECT string_agg(x::text, ' ' ORDER BY x) FROM t"))
        .isEqualTo("1 2");
  }

  @Test
  void aVerifyThatFailsLeavesTheDoubt(TestPostgres postgres) {
    RunbookRun run =
        run(
            INSERT.replace("(1)\"", "(1)\", transaction: none, verify: \"SELECT y = 1 FROM v\""),
            postgres);
    run.dyingAfter(StatementStarted.class::isInstance);
    assertDies(run);
    for (int times = 0; times < 2; times++) {
      RunResult paused = run.resume();
      assertThat(((Paused) paused).reason()).isEqualTo(PauseReason.IN_DOUBT);
      assertThat(((Paused) paused).message()).contains("relation \"v\" does not exist");
    }
    postgres.execute("CREATE TABLE v AS SELECT 1 AS y");
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(count(postgres)).isZero();
  }

  @Test
  void anEffectThatOutlivesARollbackIsNotRepeated(TestPostgres postgres) {
    RunbookRun run =
        run(
            HEAD
                + """
                  - id: add
                    target: db
                    transaction: single
                    sql: |
                      INSERT INTO t VALUES (1);
                      SELECT pg_switch_wal() FROM (SELECT nextval('s')) AS n;
                """,
            postgres);
    postgres.execute("CREATE SEQUENCE s");
    run.listening(
        once(
            StatementPrepared.class,
            prepared -> terminate(postgres, prepared.transaction().backendPid())));
    assertThat(((Paused) run.run()).reason()).isEqualTo(PauseReason.IN_DOUBT);
    assertThat(run.told().requests(Request.InDoubt.class).get(0).statements())
        .containsExactly("SELECT pg_switch_wal() FROM (SELECT nextval('s')) AS n");
    run.appending(new OperatorMarked(StepAddress.of("add"), Mark.DONE, "switched", "carol"));
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(count(postgres)).isEqualTo(1);
    assertThat(postgres.queryLong("SELECT last_value FROM s")).isEqualTo(1);
  }

  @Test
  void anOldBackendIsWaitedForOrEnded(TestPostgres postgres) throws SQLException {
    RunbookRun run = run(INSERT, postgres).waitingForBackend(Duration.ZERO);
    run.dyingAfter(StepStarted.class::isInstance);
    assertDies(run);
    CompletableFuture<Void> sleeper = sleeping(postgres, run.id());
    RunResult paused = run.resume();
    assertThat(((Paused) paused).reason()).isEqualTo(PauseReason.IN_DOUBT);
    assertThat(((Paused) paused).message()).contains("still runs").contains("pg_sleep(61)");
    assertThat(count(postgres)).isZero();
    assertThat(run.terminatingBackends().waitingForBackend(Duration.ofMinutes(1)).resume())
        .isEqualTo(RunbookRun.DONE);
    assertThat(count(postgres)).isEqualTo(1);
    assertThat(sleeper.handle((ok, failure) -> failure != null).join()).isTrue();
  }

  private static CompletableFuture<Void> sleeping(TestPostgres postgres, String run)
      throws SQLException {
    Connection connection = postgres.connect();
    String name = dev.pgrunbook.database.ApplicationName.of(run, "add").text();
    CompletableFuture<Void> sleeper =
        CompletableFuture.runAsync(
            () -> {
              try (connection;
                  Statement statement = connection.createStatement()) {
                statement.execute("SET application_name = '" + name + "'");
                statement.execute("SELECT pg_sleep(61)");
              } catch (SQLException ended) {
                throw new IllegalStateException(ended);
              }
            });
    Waiting.forStatement(postgres, "SELECT pg_sleep(61)");
    return sleeper;
  }

  private static void assertDies(RunbookRun run) {
    try {
      run.run();
      throw new AssertionError("no death");
    } catch (Death expected) {
      assertThat(run.state().outcome()).isNull();
    }
  }
}
