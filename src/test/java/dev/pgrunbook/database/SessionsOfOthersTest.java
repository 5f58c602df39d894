package dev.pgrunbook.database;

import static dev.pgrunbook.database.Databases.sql;
import static dev.pgrunbook.database.Databases.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be done about a session, and seen of it, from outside. */
@Timeout(60)
final class SessionsOfOthersTest extends OneTable {

  SessionsOfOthersTest(TestPostgres postgres) {
    super(postgres);
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
  void findsTheSessionsOfARun() {
    try (Session session = database.session(step("one"));
        Session other = database.session(SessionSettings.of(ApplicationName.of("r10", "one")))) {
      assertThat(database.backends(ApplicationName.ofRun("r1")))
          .singleElement()
          .satisfies(backend -> assertThat(backend.pid()).isEqualTo(session.backendPid()));
      assertThat(database.cancel(other.backendPid())).isTrue();
    }
  }
}
