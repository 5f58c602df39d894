package dev.pgrunbook.testing;

import dev.pgrunbook.demo.ServerAddress;
import dev.pgrunbook.demo.SqlRunner;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Brings pairs up by plain JDBC. */
public final class TestSql implements SqlRunner {

  @Override
  public @Nullable String run(ServerAddress server, String database, String sql) {
    try (Connection connection =
            DriverManager.getConnection(
                server.jdbcUrl(database), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows && statement.getUpdateCount() != -1) {
        rows = statement.getMoreResults();
      }
      if (!rows) {
        return null;
      }
      try (ResultSet result = statement.getResultSet()) {
        return result.next() ? result.getString(1) : null;
      }
    } catch (SQLException failure) {
      throw new AssertionError(failure.getMessage() + "\nin: " + sql, failure);
    }
  }
}
