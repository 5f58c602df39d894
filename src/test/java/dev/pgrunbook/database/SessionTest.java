package dev.pgrunbook.database;

import static dev.pgrunbook.database.Databases.bound;
import static dev.pgrunbook.database.Databases.sql;
import static dev.pgrunbook.database.Databases.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgrunbook.model.Isolation;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a session tells of the statements that it runs. */
@Timeout(60)
final class SessionTest extends OneTable {

  SessionTest(TestPostgres postgres) {
    super(postgres);
  }

  @Test
  void whatIsRunAgainIsKeptByTheServerUntilTheSessionIsDiscarded() {
    String insert = "INSERT INTO t VALUES (?, 'x')";
    String kept = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT%'";
    int backend;
    try (Session session = database.session(step("a"))) {
      backend = session.backendPid();
      for (int n = 1; n <= 3; n++) {
        StatementOutcome outcome =
            session.executeAgain(sql(insert, bound("int4", Value.integer(n))));
        assertThat(outcome.command()).isEqualTo("INSERT");
        assertThat(outcome.count()).isEqualTo(1);
      }
      assertThat(session.query(sql(kept), 1).first()).isEqualTo(Value.integer(1));
      StatementFailure failure =
          catchThrowableOfType(
              StatementFailure.class,
              () -> session.executeAgain(sql(insert, bound("int4", Value.integer(3)))));
      assertThat(failure.condition()).isEqualTo("unique_violation");
      session.executeAgain(sql(insert, bound("int4", Value.integer(4))));
    }
    try (Session session = database.session(step("b"))) {
      assertThat(session.backendPid()).isEqualTo(backend);
      assertThat(session.query(sql(kept), 1).first()).isEqualTo(Value.integer(0));
      session.executeAgain(sql(insert, bound("int4", Value.integer(5))));
      assertThat(session.query(sql(kept), 1).first()).isEqualTo(Value.integer(1));
    }
    assertThat(postgres.queryLong("SELECT sum(n) FROM t")).isEqualTo(15);
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
}
