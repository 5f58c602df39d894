package dev.pgrunbook.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresExtensionTest {

  @Test
  void everyParameterIsAnEmptyDatabaseOnOneServer(TestPostgres one, TestPostgres other) {
    one.execute("CREATE TABLE t (); CREATE TABLE u ()");

    assertThat(one.queryLong("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        .isEqualTo(2);
    assertThat(other.queryLong("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        .isZero();
    assertThat(one.server()).isSameAs(other.server());
  }

  @Test
  void aWrongPasswordIsRefused(TestPostgres server) {
    assertThat(server.queryText("SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'"))
        .startsWith("SCRAM-SHA-256$");
    assertThat(
            server.queryLong(
                "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"))
        .isZero();
  }

  @Test
  void anOwnServerTakesSettingsAndRestarts(
      @OwnServer(settings = "work_mem=7MB", durable = true) TestPostgres server) {
    server.execute("CREATE TABLE t AS SELECT 1 AS id");

    server.restart(true);

    assertThat(server.queryText("SHOW work_mem")).isEqualTo("7MB");
    assertThat(server.queryText("SHOW fsync")).isEqualTo("on");
    assertThat(server.queryLong("SELECT count(*) FROM t")).isEqualTo(1);
    assertThat(server.server().log()).contains("automatic recovery in progress");
  }
}
