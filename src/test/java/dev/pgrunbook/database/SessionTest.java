package dev.pgrunbook.database;

import static dev.pgrunbook.database.Databases.bound;
import static dev.pgrunbook.database.Databases.sql;
import static dev.pgrunbook.database.Databases.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgrunbook.model.Isolation;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.SecretValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Timeout(60)
final class SessionTest {

  private final TestPostgres postgres;
  private Database database;

  SessionTest(TestPostgres postgres) {
    this.postgres = postgres;
    this.database = Databases.open(postgres);
  }

  @BeforeEach
  void makeTable() {
    database.close();
    database = Databases.open(postgres);
    postgres.execute("DROP TABLE IF EXISTS t; CREATE TABLE t (n int PRIMARY KEY, x text)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void commitsWithEvidenceThatTheServerConfirms() {
    TransactionEvidence evidence;
    try (Session session = database.session(step("a"))) {
      session.begin(null);
      StatementOutcome outcome =
          session.execute(sql("INSERT INTO t SELECT generate_series(1, 3) RETURNING n"), 2);
      assertThat(outcome.command()).isEqualTo("INSERT");
      assertThat(outcome.rows()).isNotNull();
      assertThat(outcome.rows().rows())
          .containsExactly(List.of(Value.integer(1)), List.of(Value.integer(2)));
      assertThat(outcome.rows().truncated()).isTrue();
      evidence = session.evidence();
      assertThat(evidence).isNotNull();
      assertThat(database.transactionStatus(evidence.xid()))
          .isEqualTo(TransactionStatus.IN_PROGRESS);
      session.commit();
    }
    assertThat(database.transactionStatus(evidence.xid())).isEqualTo(TransactionStatus.COMMITTED);
    ServerIdentity identity = database.identity();
    assertThat(evidence.systemIdentifier()).isNotNull().isEqualTo(identity.systemIdentifier());
    assertThat(evidence.timeline()).isEqualTo(identity.timeline()).isEqualTo(1);
    assertThat(evidence.insertPosition()).isLessThan(identity.position());
    assertThat(identity.database()).isEqualTo(postgres.database());
    assertThat(identity.inRecovery()).isFalse();
    assertThat(identity.start()).isEqualTo(evidence.serverStart());
    assertThat(identity.statisticsSince()).isNotNull().isEqualTo(evidence.statisticsSince());
    assertThat(evidence.backendStart()).isAfter(evidence.serverStart());
    assertThat(postgres.queryLong("SELECT count(*) FROM t")).isEqualTo(3);
  }

  @Test
  void commitsAndGoesOnInOneRoundTrip() {
    AtomicBoolean committed = new AtomicBoolean();
    try (Session session = database.session(step("a"))) {
      session.begin(null);
      session.execute(sql("INSERT INTO t VALUES (1)"), 0);
      StatementOutcome next =
          session.commitAndExecute(
              Isolation.SERIALIZABLE,
              sql("INSERT INTO t VALUES (2) RETURNING current_setting('transaction_isolation')"),
              0,
              () -> committed.set(true));
      assertThat(committed).isTrue();
      assertThat(next.rows().first()).isEqualTo(Value.text("serializable"));
      assertThat(postgres.queryLong("SELECT count(*) FROM t")).isEqualTo(1);
      assertThat(database.transactionStatus(session.evidence().xid()))
          .isEqualTo(TransactionStatus.IN_PROGRESS);
      session.commit();
    }
    assertThat(postgres.queryLong("SELECT count(*) FROM t")).isEqualTo(2);
  }

  @Test
  void doesNotGoOnAfterACommitThatWasRefused() {
    postgres.execute("ALTER TABLE t ADD UNIQUE (x) DEFERRABLE INITIALLY DEFERRED");
    AtomicBoolean committed = new AtomicBoolean();
    try (Session session = database.session(step("a"))) {
      session.begin(null);
      session.execute(sql("INSERT INTO t VALUES (1, 'x'), (2, 'x')"), 0);
      StatementFailure failure =
          catchThrowableOfType(
              StatementFailure.class,
              () ->
                  session.commitAndExecute(
                      null, sql("INSERT INTO t VALUES (3)"), 0, () -> committed.set(true)));
      assertThat(failure.condition()).isEqualTo("unique_violation");
      assertThat(committed).isFalse();
      session.begin(null);
      session.execute(sql("INSERT INTO t VALUES (4)"), 0);
      session.commit();
    }
    assertThat(postgres.queryLong("SELECT sum(n) FROM t")).isEqualTo(4);
  }

  @Test
  void aRefusedStatementLeavesTheCommitBeforeIt() {
    AtomicBoolean committed = new AtomicBoolean();
    try (Session session = database.session(step("a"))) {
      session.begin(null);
      session.execute(sql("INSERT INTO t VALUES (1)"), 0);
      StatementFailure failure =
          catchThrowableOfType(
              StatementFailure.class,
              () ->
                  session.commitAndExecute(
                      null, sql("INSERT INTO tt VALUES (3)"), 0, () -> committed.set(true)));
      assertThat(failure.report().position()).isEqualTo(13);
      assertThat(committed).isTrue();
      session.rollback();
    }
    assertThat(postgres.queryLong("SELECT sum(n) FROM t")).isEqualTo(1);
  }

  @Test
  void runsManyStatementsInOneRoundTripUpToTheFirstThatFails() {
    List<StatementOutcome> outcomes = new ArrayList<>();
    postgres.execute(
        """
        CREATE OR REPLACE FUNCTION say() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE NOTICE '%', new.x; RETURN new; END $$;
        CREATE TRIGGER say BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION say()""");
    try (Session session = database.session(step("a"))) {
      session.begin(null);
      session.executeAll(
          List.of(
              sql("INSERT INTO t VALUES (1, 'one')"),
              sql("UPDATE t SET x = ''"),
              sql("INSERT INTO t VALUES (2, 'two'), (3, 'three')")),
          outcomes::add);
      assertThat(outcomes)
          .extracting(StatementOutcome::command)
          .containsExactly("INSERT", "UPDATE", "INSERT");
      assertThat(outcomes).extracting(StatementOutcome::count).containsExactly(1L, 1L, 2L);
      assertThat(outcomes)
          .extracting(it -> it.notices().stream().map(StatementOutcome.Notice::message).toList())
          .containsExactly(List.of("one"), List.of(), List.of("two", "three"));
      assertThat(session.evidence()).isNotNull();
      outcomes.clear();
      StatementFailure failure =
          catchThrowableOfType(
              StatementFailure.class,
              () ->
                  session.executeAll(
                      List.of(
                          sql("INSERT INTO t VALUES (4)"),
                          sql("INSERT INTO t VALUES (4 +)"),
                          sql("INSERT INTO t VALUES (5)")),
                      outcomes::add));
      assertThat(failure.report().position()).isEqualTo(26);
      assertThat(outcomes).hasSize(1);
    }
    assertThat(postgres.queryLong("SELECT count(*) FROM t")).isZero();
  }

  @Test
  void carriesAStatementOutThoughItsRowsAreNotKept() {
    postgres.execute("CREATE SEQUENCE IF NOT EXISTS s");
    postgres.execute("SELECT setval('s', 1, false)");
    try (Session session = database.session(step("a"))) {
      session.begin(null);
      StatementOutcome outcome =
          session.execute(sql("SELECT nextval('s') FROM generate_series(1, 5000)"), 3);
      assertThat(outcome.count()).isEqualTo(5000);
      assertThat(outcome.command()).isEqualTo("SELECT");
      assertThat(outcome.rows().size()).isEqualTo(3);
      assertThat(outcome.rows().truncated()).isTrue();
      session.commit();
    }
    assertThat(postgres.queryLong("SELECT last_value FROM s")).isEqualTo(5000);
  }

  @Test
  void readingLeavesNoEvidenceAndARollbackAnAbortedOne() {
    try (Session session = database.session(step("a"))) {
      session.begin(Isolation.SERIALIZABLE);
      assertThat(
              session
                  .execute(sql("SELECT current_setting('transaction_isolation')"), 0)
                  .rows()
                  .first())
          .isEqualTo(Value.text("serializable"));
      assertThat(session.evidence()).isNull();
      session.execute(sql("INSERT INTO t VALUES (1)"), 0);
      String xid = session.evidence().xid();
      session.rollback();
      assertThat(database.transactionStatus(xid)).isEqualTo(TransactionStatus.ABORTED);
      session.commit();
    }
    assertThat(postgres.queryLong("SELECT count(*) FROM t")).isZero();
    assertThat(database.transactionStatus("999999999")).isEqualTo(TransactionStatus.IN_THE_FUTURE);
  }

  @Test
  void tellsTagsCountsAndNotices() {
    try (Session session = database.session(step("a"))) {
      session.begin(Isolation.READ_COMMITTED);
      assertThat(session.execute(sql("INSERT INTO t VALUES (1), (2)"), 0).count()).isEqualTo(2);
      StatementOutcome update = session.execute(sql("UPDATE t SET x = 'a' WHERE n = 1"), 0);
      assertThat(update).isEqualTo(new StatementOutcome("UPDATE", 1, null, List.of()));
      StatementOutcome create = session.execute(sql("CREATE TABLE IF NOT EXISTS t (n int)"), 0);
      assertThat(create.command()).isEqualTo("CREATE TABLE");
      assertThat(create.count()).isEqualTo(-1);
      assertThat(create.notices())
          .containsExactly(
              new StatementOutcome.Notice("NOTICE", "relation \"t\" already exists, skipping"));
      session.rollback();
    }
  }

  @Test
  void pointsAtTheErrorInTheTextWithQuestionMarks() {
    String text = "SELECT '{\"a\":1}'::jsonb ?? 'a', ?::int, 'ä😀', nope(?)";
    try (Session session = database.session(step("a"))) {
      session.begin(null);
      StatementFailure failure =
          catchThrowableOfType(
              StatementFailure.class,
              () ->
                  session.execute(
                      sql(text, bound("int4", Value.integer(1)), bound("int4", Value.integer(2))),
                      0));
      assertThat(failure.condition()).isEqualTo("undefined_function");
      int expected = text.codePointCount(0, text.indexOf("nope")) + 1;
      assertThat(failure.report().position()).isEqualTo(expected);
      assertThatThrownBy(() -> session.execute(sql("SELECT 1"), 0))
          .isInstanceOfSatisfying(
              StatementFailure.class,
              next -> assertThat(next.condition()).isEqualTo("in_failed_sql_transaction"));
      session.rollback();
      assertThat(session.query(sql("SELECT 1"), 1).first()).isEqualTo(Value.integer(1));
    }
  }

  @Test
  void namesTheConstraint() {
    try (Session session = database.session(step("a"))) {
      session.begin(null);
      assertThatThrownBy(() -> session.execute(sql("INSERT INTO t VALUES (1), (1)"), 0))
          .isInstanceOfSatisfying(
              StatementFailure.class,
              failure -> {
                assertThat(failure.condition()).isEqualTo("unique_violation");
                assertThat(failure.report().constraint()).isEqualTo("t_pkey");
                assertThat(failure.report().table()).isEqualTo("t");
                assertThat(failure.report().detail()).isEqualTo("Key (n)=(1) already exists.");
              });
    }
  }

  @Test
  void refusesTwoStatementsInOne() {
    try (Session session = database.session(step("a"))) {
      session.begin(null);
      assertThatThrownBy(
              () -> session.execute(sql("INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)"), 0))
          .isInstanceOf(StatementFailure.class)
          .hasMessageContaining("multiple commands");
    }
  }

  @Test
  void runsAloneWhatATransactionBlockBars() {
    try (Session session = database.session(step("a"))) {
      assertThat(session.executeAlone(sql("VACUUM t"), 0).command()).isEqualTo("VACUUM");
      assertThat(session.executeAlone(sql("CREATE INDEX CONCURRENTLY i ON t (x)"), 0).command())
          .isEqualTo("CREATE INDEX");
      session.begin(null);
      assertThatThrownBy(() -> session.execute(sql("VACUUM t"), 0))
          .isInstanceOfSatisfying(
              StatementFailure.class,
              failure -> assertThat(failure.condition()).isEqualTo("active_sql_transaction"));
    }
  }

  @Test
  void everySessionIsCleanAndSetUp() {
    SessionSettings settings =
        step("first step")
            .withTimeouts(Duration.ofMinutes(3), Duration.ofSeconds(5))
            .withVariables(Map.of("table", Value.text("public.\"Person\""), "n", Value.integer(7)));
    int pid;
    try (Session session = database.session(settings)) {
      pid = session.backendPid();
      assertThat(setting(session, "statement_timeout")).isEqualTo("3min");
      assertThat(setting(session, "lock_timeout")).isEqualTo("5s");
      assertThat(setting(session, "idle_in_transaction_session_timeout")).isEqualTo("5min");
      assertThat(setting(session, "synchronous_commit")).isEqualTo("on");
      assertThat(setting(session, "IntervalStyle")).isEqualTo("postgres");
      assertThat(setting(session, "DateStyle")).startsWith("ISO");
      assertThat(setting(session, "pgrunbook.table")).isEqualTo("public.\"Person\"");
      assertThat(setting(session, "pgrunbook.n")).isEqualTo("7");
      session.executeAlone(sql("CREATE TEMP TABLE left_behind (n int)"), 0);
      session.executeAlone(sql("SET work_mem = '123MB'"), 0);
      session.executeAlone(sql("SELECT pg_advisory_lock(42)"), 0);
    }
    try (Session session = database.session(step("second"))) {
      assertThat(session.backendPid()).isEqualTo(pid);
      assertThat(setting(session, "work_mem")).isNotEqualTo("123MB");
      assertThat(setting(session, "lock_timeout")).isEqualTo("0");
      assertThat(setting(session, "application_name")).isEqualTo("pgrunbook/r1/second");
      assertThat(session.query(sql("SELECT to_regclass('left_behind')"), 1).first().isNull())
          .isTrue();
      assertThat(
              session
                  .query(sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), 1)
                  .first())
          .isEqualTo(Value.integer(0));
    }
  }

  private static String setting(Session session, String name) {
    return session
        .query(sql("SELECT current_setting(?)", bound("text", Value.text(name))), 1)
        .first()
        .display();
  }

  @Test
  void neverLowersAHigherSynchronousCommit() {
    postgres.execute("CREATE ROLE careful SUPERUSER LOGIN PASSWORD 'careful'");
    postgres.execute("ALTER ROLE careful SET synchronous_commit = 'remote_apply'");
    DatabaseSettings settings =
        Databases.settings(
            postgres,
            postgres.address().port(),
            "careful",
            "careful",
            DatabaseSettings.Expectation.nothing());
    try (Database careful = Database.open(settings, 1);
        Session session = careful.session(step("a"))) {
      assertThat(setting(session, "synchronous_commit")).isEqualTo("remote_apply");
    }
    postgres.execute("ALTER ROLE careful SET synchronous_commit = 'off'");
    try (Database careful = Database.open(settings, 1);
        Session session = careful.session(step("a"))) {
      assertThat(setting(session, "synchronous_commit")).isEqualTo("on");
    }
  }

  @Test
  void cancelsFromAnotherThread() throws Exception {
    try (Session session = database.session(step("sleeper"))) {
      session.begin(null);
      CompletableFuture<Throwable> ending =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  session.execute(sql("SELECT pg_sleep(50)"), 0);
                  return new AssertionError("not cancelled");
                } catch (DatabaseFailure failure) {
                  return failure;
                }
              });
      awaitActive("pgrunbook/r1/sleeper");
      session.cancel();
      assertThat(ending.get(20, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              StatementFailure.class,
              failure -> assertThat(failure.condition()).isEqualTo("query_canceled"));
      session.rollback();
      assertThat(session.query(sql("SELECT 1"), 1).first()).isEqualTo(Value.integer(1));
    }
  }

  private void awaitActive(String name) throws InterruptedException {
    while (database.backends(name).stream().noneMatch(b -> "active".equals(b.state()))) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Test
  void namesWhoBlocksAndFailsByTheLockTimeout() throws Exception {
    postgres.execute("INSERT INTO t VALUES (1)");
    try (Session holder = database.session(step("holder"));
        Session waiter =
            database.session(step("waiter").withTimeouts(null, Duration.ofSeconds(2)))) {
      holder.begin(null);
      holder.execute(sql("UPDATE t SET x = 'mine'"), 0);
      waiter.begin(null);
      CompletableFuture<DatabaseFailure> ending =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      DatabaseFailure.class, () -> waiter.execute(sql("TRUNCATE t"), 0)));
      List<Blocker> blockers = database.blockers(waiter.backendPid());
      while (blockers.isEmpty() && !ending.isDone()) {
        TimeUnit.MILLISECONDS.sleep(5);
        blockers = database.blockers(waiter.backendPid());
      }
      assertThat(blockers).hasSize(1);
      Blocker blocker = blockers.get(0);
      assertThat(blocker.pid()).isEqualTo(holder.backendPid());
      assertThat(blocker.user()).isEqualTo(postgres.address().user());
      assertThat(blocker.application()).isEqualTo("pgrunbook/r1/holder");
      assertThat(blocker.state()).isEqualTo("idle in transaction");
      assertThat(blocker.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
      assertThat(ending.get(20, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              StatementFailure.class,
              failure -> assertThat(failure.condition()).isEqualTo("lock_not_available"));
      waiter.rollback();
      holder.rollback();
    }
  }

  @Test
  void masksSecretsWhereverTheServerEchoesThem() {
    String secret = "s3cr'et\"\\pass";
    SecretValue value = new SecretValue(secret);
    postgres.execute("ALTER TABLE t ADD CONSTRAINT short CHECK (length(x) < 5)");
    try (Session session = database.session(step("a"))) {
      List<StatementFailure> failures =
          List.of(
              failure(session, "SELECT ?::text::int", value),
              failure(session, "INSERT INTO t VALUES (1, ?)", value),
              failure(session, "SELECT ?::jsonb", new SecretValue("{" + secret)),
              failure(
                  session,
                  "INSERT INTO t VALUES (1, ?)",
                  new SecretValue("long-secret-".repeat(20))));
      for (StatementFailure failure : failures) {
        assertThat(failure.report().toString() + failure.getMessage())
            .contains(SecretValue.MASK)
            .doesNotContain("s3cr")
            .doesNotContain("long-sec");
      }
    }
  }

  @Test
  void masksSecretsInNotices() {
    SecretValue value = new SecretValue("tell-nobody");
    SessionSettings settings = step("a").withVariables(Map.of("key", value));
    try (Session session = database.session(settings)) {
      StatementOutcome outcome =
          session.executeAlone(
              sql("DO $$ BEGIN RAISE NOTICE 'key %', current_setting('pgrunbook.key'); END $$"), 0);
      assertThat(outcome.notices())
          .containsExactly(new StatementOutcome.Notice("NOTICE", "key ***"));
    }
  }

  private static StatementFailure failure(Session session, String text, SecretValue secret) {
    session.begin(null);
    StatementFailure failure =
        catchThrowableOfType(
            StatementFailure.class, () -> session.execute(sql(text, bound("text", secret)), 0));
    session.rollback();
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void aDeferredConstraintFailsTheCommit() {
    postgres.execute("ALTER TABLE t ADD CONSTRAINT later UNIQUE (x) DEFERRABLE INITIALLY DEFERRED");
    try (Session session = database.session(step("a"))) {
      session.begin(null);
      session.execute(sql("INSERT INTO t VALUES (1, 'a'), (2, 'a')"), 0);
      assertThatThrownBy(session::commit)
          .isInstanceOfSatisfying(
              StatementFailure.class,
              failure -> assertThat(failure.condition()).isEqualTo("unique_violation"));
      assertThat(session.query(sql("SELECT count(*) FROM t"), 1).first())
          .isEqualTo(Value.integer(0));
    }
  }

  @Test
  void committingAFailedTransactionIsAFailure() {
    try (Session session = database.session(step("a"))) {
      session.begin(null);
      assertThatThrownBy(() -> session.execute(sql("SELECT 1/0"), 0))
          .isInstanceOf(StatementFailure.class);
      assertThatThrownBy(session::commit).isInstanceOf(StatementFailure.class);
    }
  }

  @Test
  void findsTheSessionsOfARun() {
    try (Session session = database.session(step("one"));
        Session other = database.session(SessionSettings.of(ApplicationName.of("r10", "one")))) {
      assertThat(database.backends(ApplicationName.ofRun("r1")))
          .singleElement()
          .satisfies(backend -> assertThat(backend.pid()).isEqualTo(session.backendPid()));
      assertThat(database.cancel(other.backendPid())).isTrue();
    }
  }

  @Test
  void aPoolLendsAsManyAsItWasSizedFor() {
    try (Database pooled = Database.open(Databases.settings(postgres), 2)) {
      int first;
      try (Session a = pooled.session(step("a"));
          Session b = pooled.session(step("b"))) {
        first = a.backendPid();
        assertThat(b.backendPid()).isNotEqualTo(first);
        a.executeAlone(sql("SET work_mem = '123MB'"), 0);
      }
      try (Session a = pooled.session(step("a"));
          Session b = pooled.session(step("b"))) {
        assertThat(List.of(a.backendPid(), b.backendPid())).contains(first);
        assertThat(setting(a, "work_mem")).isNotEqualTo("123MB");
        assertThat(setting(b, "work_mem")).isNotEqualTo("123MB");
        assertThat(pooled.terminate(a.backendPid())).isTrue();
        assertThatThrownBy(() -> a.query(sql("SELECT 1"), 1)).isInstanceOf(ConnectionLost.class);
      }
      try (Session c = pooled.session(step("c"))) {
        assertThat(c.query(sql("SELECT 1"), 1).first()).isEqualTo(Value.integer(1));
      }
    }
  }
}
