package dev.pgrunbook.database;

import static dev.pgrunbook.database.Databases.bound;
import static dev.pgrunbook.database.Databases.sql;
import static dev.pgrunbook.database.Databases.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How every session begins, whoever had its connection before. */
@Timeout(60)
final class SessionSetupTest extends OneTable {

  SessionSetupTest(TestPostgres postgres) {
    super(postgres);
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
