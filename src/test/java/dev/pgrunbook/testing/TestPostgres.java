package dev.pgrunbook.testing;

import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.database.DatabaseSettings.Expectation;
import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.demo.ServerAddress;
import dev.pgrunbook.value.Value.SecretValue;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One database of a running server, as its superuser sees it. */
public final class TestPostgres {

  private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(60);

  /** The postmaster notices at once that a backend was killed. */
  private static final Duration LONGEST_ALARM = Duration.ofSeconds(5);

  private final TestServer server;
  private final String database;

  public TestPostgres(TestServer server, String database) {
    this.server = server;
    this.database = database;
  }

  public TestServer server() {
    return server;
  }

  public ServerAddress address() {
    return server.address();
  }

  public String database() {
    return database;
  }

  /** A libpq URI with the password in it. */
  public String uri() {
    return address().uri(database);
  }

  /** A JDBC URL without credentials; {@link #address} has them. */
  public String jdbcUrl() {
    return address().jdbcUrl(database);
  }

  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", address().user());
    properties.setProperty("password", address().password());
    properties.setProperty("ApplicationName", "test");
    return DriverManager.getConnection(jdbcUrl(), properties);
  }

  /** How the program reaches it, as its superuser. */
  public DatabaseSettings settings() {
    return settings(address().user(), address().password(), address().port());
  }

  /** How the program reaches it as somebody, perhaps through a proxy on another port. */
  public DatabaseSettings settings(String user, String password, int port) {
    return new DatabaseSettings(
        database,
        "jdbc:postgresql://" + address().host() + ":" + port + "/" + database,
        user,
        database,
        Map.of(),
        SecretSource.of(new SecretValue(password)),
        false,
        Expectation.nothing());
  }

  /** Runs a script of one or more statements in a session of its own. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new AssertionError(failure.getMessage() + "\nin: " + sql, failure);
    }
  }

  /** The first column of the only row, as text. */
  public @Nullable String queryText(String sql) {
    List<List<@Nullable String>> rows = queryRows(sql);
    if (rows.size() != 1) {
      throw new AssertionError("one row is expected, not " + rows.size() + ", from: " + sql);
    }
    return rows.get(0).get(0);
  }

  public long queryLong(String sql) {
    String text = queryText(sql);
    if (text == null) {
      throw new AssertionError("a number is expected, not null, from: " + sql);
    }
    return Long.parseLong(text);
  }

  /** Every row, every column as PostgreSQL writes it. */
  public List<List<@Nullable String>> queryRows(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<@Nullable String>> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          row.add(result.getString(column));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException failure) {
      throw new AssertionError(failure.getMessage() + "\nin: " + sql, failure);
    }
  }

  /** Another, empty database on the same server. */
  public TestPostgres newDatabase() {
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    return newDatabase(name);
  }

  public TestPostgres newDatabase(String name) {
    execute("CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\" TEMPLATE template0");
    return new TestPostgres(server, name);
  }

  /** Stops the server, as a crash would when {@code immediate}, and starts it on the same port. */
  public void restart(boolean immediate) {
    server.restart(immediate);
  }

  /**
   * Kills a backend, as the kernel does when it is short of memory, and returns once the server has
   * recovered: its postmaster lives on, and what was not flushed is lost with every session.
   *
   * @return whether it crashed; false when the backend had ended by itself just before
   */
  public boolean killBackend(long pid) {
    Optional<String> before = countsSince();
    Optional<ProcessHandle> backend = ProcessHandle.of(pid);
    if (backend.isEmpty() || !backend.get().destroyForcibly()) {
      return false;
    }
    Instant killed = Instant.now();
    while (Instant.now().isBefore(killed.plus(LONGEST_RECOVERY))) {
      Optional<String> now = countsSince();
      if (now.isPresent() && !now.equals(before)) {
        return true;
      } else if (now.isPresent() && Instant.now().isAfter(killed.plus(LONGEST_ALARM))) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("the server has not recovered");
  }

  /** Returns what changes with every crash; nothing while the server recovers. */
  private Optional<String> countsSince() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT stats_reset FROM pg_stat_bgwriter")) {
      result.next();
      return Optional.ofNullable(result.getString(1));
    } catch (SQLException recovering) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return address() + "/" + database;
  }
}
