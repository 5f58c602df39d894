package dev.pgrunbook.database;

import static dev.pgrunbook.database.Databases.sql;
import static dev.pgrunbook.database.Databases.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgrunbook.model.Isolation;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a commit leaves as evidence, and what becomes of a transaction without one. */
@Timeout(60)
final class SessionCommitTest extends OneTable {

  SessionCommitTest(TestPostgres postgres) {
    super(postgres);
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
}
