package dev.pgrunbook.database;

import static dev.pgrunbook.database.Databases.sql;
import static dev.pgrunbook.database.Databases.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgrunbook.database.DatabaseSettings.Expectation;
import dev.pgrunbook.testing.LossyProxy;
import dev.pgrunbook.testing.OwnServer;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Timeout(120)
final class LostConnectionTest {

  @Test
  void aSessionTerminatedInMidStatementIsLost(TestPostgres postgres) throws Exception {
    try (Database database = Databases.open(postgres)) {
      Session session = database.session(step("victim"));
      session.begin(null);
      CompletableFuture<DatabaseFailure> ending = sleeping(session);
      awaitActive(database, "pgrunbook/r1/victim");
      assertThat(database.terminate(session.backendPid())).isTrue();
      assertThat(ending.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ConnectionLost.class)
          .hasMessageContaining("administrator command");
      session.rollback();
      session.close();
      try (Session next = database.session(step("next"))) {
        assertThat(next.query(sql("SELECT 1"), 1).first()).isEqualTo(Value.integer(1));
      }
    }
  }

  @Test
  void aServerRestartedInMidStatementIsFoundAgain(@OwnServer TestPostgres postgres)
      throws Exception {
    try (Database database = Databases.open(postgres)) {
      database.identity();
      Session session = database.session(step("victim"));
      session.begin(null);
      session.execute(sql("CREATE TABLE gone (n int)"), 0);
      String xid = session.evidence().xid();
      CompletableFuture<DatabaseFailure> ending = sleeping(session);
      awaitActive(database, "pgrunbook/r1/victim");
      // Without a record on disk the server would not even know that the id was given out.
      postgres.execute("CHECKPOINT");
      postgres.restart(true);
      assertThat(ending.get(20, TimeUnit.SECONDS)).isInstanceOf(ConnectionLost.class);
      session.close();
      assertThat(database.transactionStatus(xid)).isEqualTo(TransactionStatus.ABORTED);
      try (Session next = database.session(step("next"))) {
        assertThat(next.query(sql("SELECT to_regclass('gone')"), 1).first().isNull()).isTrue();
      }
    }
  }

  @Test
  void aConnectionThatBrokeWhileIdleIsReplaced(TestPostgres postgres) {
    try (Database database = Databases.open(postgres)) {
      int pid;
      try (Session session = database.session(step("a"))) {
        pid = session.backendPid();
      }
      assertThat(database.terminate(pid)).isTrue();
      try (Session session = database.session(step("b"))) {
        assertThat(session.backendPid()).isNotEqualTo(pid);
      }
    }
  }

  @Test
  void aLostAnswerToCommitIsUnknownAndTheServerKnows(TestPostgres postgres) throws Exception {
    postgres.execute("CREATE TABLE lossy (n int)");
    try (LossyProxy proxy = new LossyProxy(postgres.address().host(), postgres.address().port());
        Database database = Database.open(Databases.settings(postgres, proxy.port()), 1)) {
      Session session = database.session(step("a"));
      session.begin(null);
      session.execute(sql("INSERT INTO lossy VALUES (1)"), 0);
      TransactionEvidence evidence = session.evidence();
      proxy.loseNextCommit();
      assertThatThrownBy(session::commit).isInstanceOf(CommitUnknown.class);
      proxy.awaitLoss();
      session.close();
      assertThat(database.transactionStatus(evidence.xid())).isEqualTo(TransactionStatus.COMMITTED);
      assertThat(postgres.queryLong("SELECT count(*) FROM lossy")).isEqualTo(1);
    }
  }

  @Test
  void aCommitThatNeverArrivedIsUnknownAndTheServerKnows(TestPostgres postgres) throws Exception {
    postgres.execute("CREATE TABLE lossy (n int)");
    try (Database database = Databases.open(postgres)) {
      Session session = database.session(step("a"));
      session.begin(null);
      session.execute(sql("INSERT INTO lossy VALUES (1)"), 0);
      TransactionEvidence evidence = session.evidence();
      assertThat(database.terminate(session.backendPid())).isTrue();
      assertThatThrownBy(session::commit).isInstanceOf(CommitUnknown.class);
      session.close();
      while (database.transactionStatus(evidence.xid()) == TransactionStatus.IN_PROGRESS) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      assertThat(database.transactionStatus(evidence.xid())).isEqualTo(TransactionStatus.ABORTED);
    }
  }

  @Test
  void saysWhyThereIsNoConnection(TestPostgres postgres) throws IOException {
    int port = postgres.address().port();
    String user = postgres.address().user();
    String password = postgres.address().password();
    Expectation nothing = Expectation.nothing();
    assertThat(reason(Databases.settings(postgres, port, user, "wrong-password", nothing)))
        .isEqualTo(CannotConnect.Reason.AUTHENTICATION);
    assertThat(reason(Databases.settings(postgres, port, user, "", nothing)))
        .isIn(CannotConnect.Reason.AUTHENTICATION, CannotConnect.Reason.NO_PASSWORD);
    assertThat(
            reason(
                Databases.settings(postgres, port, user, password, new Expectation("prod", null))))
        .isEqualTo(CannotConnect.Reason.UNEXPECTED_SERVER);
    assertThat(
            reason(Databases.settings(postgres, port, user, password, new Expectation(null, "1"))))
        .isEqualTo(CannotConnect.Reason.UNEXPECTED_SERVER);
    assertThat(reason(Databases.settings(postgres, freePort(), user, password, nothing)))
        .isEqualTo(CannotConnect.Reason.REFUSED);
    DatabaseSettings good = Databases.settings(postgres);
    assertThat(reason(withUrl(good, good.url() + "_missing")))
        .isEqualTo(CannotConnect.Reason.DATABASE_MISSING);
    assertThat(reason(withUrl(good, "jdbc:postgresql://nowhere.invalid:5432/x")))
        .isEqualTo(CannotConnect.Reason.UNKNOWN_HOST);
  }

  private static DatabaseSettings withUrl(DatabaseSettings settings, String url) {
    return new DatabaseSettings(
        settings.name(),
        url,
        settings.user(),
        settings.database(),
        settings.properties(),
        settings.password(),
        false,
        settings.expect());
  }

  private static CannotConnect.Reason reason(DatabaseSettings settings) {
    for (int poolSize = 2; poolSize >= 1; poolSize--) {
      try (Database database = Database.open(settings, poolSize)) {
        CannotConnect failure =
            catchThrowableOfType(CannotConnect.class, () -> database.session(step("a")).close());
        assertThat(failure).as(settings.toString()).isNotNull();
        assertThat(failure.getMessage() + failure.hint()).doesNotContain("wrong-password");
        if (poolSize == 1) {
          return failure.reason();
        }
      }
    }
    throw new AssertionError();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static CompletableFuture<DatabaseFailure> sleeping(Session session) {
    return CompletableFuture.supplyAsync(
        () ->
            catchThrowableOfType(
                DatabaseFailure.class, () -> session.execute(sql("SELECT pg_sleep(60)"), 0)));
  }

  private static void awaitActive(Database database, String name) throws InterruptedException {
    while (database.backends(name).stream().noneMatch(b -> "active".equals(b.state()))) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
