package dev.pgrunbook.database;

import static dev.pgrunbook.database.Databases.sql;
import static dev.pgrunbook.database.Databases.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
@Timeout(60)
final class ReadOnlySessionTest {

  private final TestPostgres postgres;

  ReadOnlySessionTest(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO w VALUES (1)",
        "WITH i AS (INSERT INTO w VALUES (1) RETURNING n) SELECT * FROM i",
        "SELECT nextval('ws')",
        "SELECT setval('ws', 5)",
        "COPY w FROM STDIN",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "CREATE TABLE made AS SELECT 1",
        "SELECT n FROM w FOR UPDATE",
        "SELECT write_it()",
        "DO $$ BEGIN INSERT INTO w VALUES (1); END $$",
        "DO $$ BEGIN COMMIT; INSERT INTO w VALUES (1); END $$",
        "SET TRANSACTION READ WRITE",
        "SET transaction_read_only = off",
        "SELECT set_config('transaction_read_only', 'off', true)",
        "SELECT set_config('transaction_read_only', 'off', true), write_it()",
        "COMMIT",
        "ROLLBACK",
        "BEGIN; INSERT INTO w VALUES (1); COMMIT",
        "COMMIT; INSERT INTO w VALUES (1)",
        "VACUUM w",
        "/* SELECT */ -- SELECT\n DELETE FROM w",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
        "EXPLAIN ANALYZE INSERT INTO w VALUES (1)",
        "LOAD 'plpgsql'",
        "SELECT lo_create(0), write_it()",
      })
  void cannotWrite(String attempt) {
    postgres.execute("DROP TABLE IF EXISTS w CASCADE; CREATE TABLE w (n int)");
    postgres.execute("DROP SEQUENCE IF EXISTS ws CASCADE; CREATE SEQUENCE ws");
    postgres.execute(
        """
        CREATE OR REPLACE FUNCTION write_it() RETURNS int LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO w VALUES (1); RETURN 1; END $$""");
    try (Database database = Databases.open(postgres);
        ReadOnlySession session = database.readOnlySession(step("read"))) {
      Throwable refused = catchThrowable(() -> session.query(sql(attempt), 10));
      assertThat(refused).as(attempt).isInstanceOf(StatementFailure.class);
      Throwable after = catchThrowable(() -> session.query(sql("SELECT write_it()"), 10));
      assertThat(after)
          .isInstanceOfSatisfying(
              StatementFailure.class,
              failure -> assertThat(failure.condition()).isEqualTo("read_only_sql_transaction"));
      assertThat(session.query(sql("SELECT count(*) FROM w"), 1).first())
          .isEqualTo(Value.integer(0));
    }
    assertThat(postgres.queryText("SELECT is_called FROM ws")).isEqualTo("f");
  }

  @Test
  void readingSessionSettingsStickForNoLongerThanAQuery() {
    try (Database database = Databases.open(postgres);
        ReadOnlySession session = database.readOnlySession(step("read"))) {
      session.query(sql("SELECT set_config('work_mem', '123MB', false)"), 1);
      assertThat(session.query(sql("SHOW work_mem"), 1).first()).isNotEqualTo(Value.text("123MB"));
      assertThat(session.query(sql("SHOW transaction_read_only"), 1).first())
          .isEqualTo(Value.text("on"));
    }
  }

  @Test
  void takesNoMoreRowsThanAskedFor() {
    try (Database database = Databases.open(postgres);
        ReadOnlySession session = database.readOnlySession(step("read"))) {
      String endless = "SELECT repeat('x', 100000) FROM generate_series(1, 1000000)";
      Rows few = session.query(sql(endless), 3);
      assertThat(few.size()).isEqualTo(3);
      assertThat(few.truncated()).isTrue();
      Rows exact = session.query(sql("SELECT generate_series(1, 3)"), 3);
      assertThat(exact.size()).isEqualTo(3);
      assertThat(exact.truncated()).isFalse();
      Rows all = session.query(sql("SELECT generate_series(1, 2000)"), 0);
      assertThat(all.size()).isEqualTo(2000);
      assertThat(all.truncated()).isFalse();
    }
  }
}
