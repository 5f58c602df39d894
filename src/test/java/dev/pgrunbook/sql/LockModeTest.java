package dev.pgrunbook.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of lock modes is what the server does. */
@ExtendWith(PostgresExtension.class)
class LockModeTest {

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  @ParameterizedTest
  @EnumSource(LockMode.class)
  void theServerRefusesWhatConflicts(LockMode held, TestPostgres server) throws SQLException {
    TestPostgres database = server.newDatabase();
    database.execute("CREATE TABLE t (a int)");
    try (Connection holder = database.connect();
        Connection other = database.connect()) {
      holder.setAutoCommit(false);
      lock(holder, held);
      String mode = "SELECT mode FROM pg_locks WHERE relation = 't'::regclass";
      assertThat(database.queryText(mode)).isEqualTo(held.catalogName());
      for (LockMode wanted : LockMode.values()) {
        assertThat(isRefused(other, wanted))
            .as("%s while another holds %s", wanted, held)
            .isEqualTo(held.conflicts().contains(wanted));
      }
    }
  }

  private static boolean isRefused(Connection connection, LockMode mode) throws SQLException {
    connection.setAutoCommit(false);
    try {
      lock(connection, mode);
      return false;
    } catch (SQLException refused) {
      assertThat(refused.getSQLState()).isEqualTo(LOCK_NOT_AVAILABLE);
      return true;
    } finally {
      connection.rollback();
    }
  }

  private static void lock(Connection connection, LockMode mode) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE t IN " + mode.spelling() + " MODE NOWAIT");
    }
  }
}
