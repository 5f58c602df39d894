package dev.pgrunbook.database;

import dev.pgrunbook.database.CannotConnect.Reason;
import dev.pgrunbook.database.DatabaseSettings.Expectation;
import dev.pgrunbook.value.Value;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.PgConnection;

/** Makes connections to one database. */
final class Connector {

  /** Seconds until an address counts as dead. */
  private static final String CONNECT_TIMEOUT = "10";

  /** Seconds until a server that accepts but does not answer counts as dead. */
  private static final String LOGIN_TIMEOUT = "30";

  private final DatabaseSettings settings;
  private final Duration answerWithin;
  private final Logger driverLog = Logger.getLogger("org.postgresql");

  /**
   * @param answerWithin how long an answer may take; zero for as long as it takes
   */
  Connector(DatabaseSettings settings, Duration answerWithin) {
    this.settings = settings;
    this.answerWithin = answerWithin;
    // Everything it has to say comes as an exception; nothing may reach the terminal.
    driverLog.setLevel(Level.OFF);
  }

  /**
   * Makes a connection and checks that it is the expected database.
   *
   * @throws CannotConnect when there is none
   */
  PgConnection connect() {
    SecretMask mask = new SecretMask();
    Properties properties = properties(mask);
    try {
      Connection made = new Driver().connect(settings.url(), properties);
      PgConnection connection = (PgConnection) java.util.Objects.requireNonNull(made);
      checkExpectation(connection);
      return connection;
    } catch (SQLException failure) {
      throw new ConnectFailureReader(settings, mask).read(failure);
    }
  }

  private Properties properties(SecretMask mask) {
    Properties properties = new Properties();
    PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_TIMEOUT);
    PGProperty.LOGIN_TIMEOUT.set(properties, LOGIN_TIMEOUT);
    PGProperty.APPLICATION_NAME.set(properties, "pgrunbook");
    settings.properties().forEach(properties::setProperty);
    PGProperty.USER.set(properties, settings.user());
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    // Without a limit: a statement may run for hours without a byte on the wire.
    PGProperty.SOCKET_TIMEOUT.set(properties, (int) answerWithin.toSeconds());
    PGProperty.PREFER_QUERY_MODE.set(properties, "extended");
    // Never null: the driver would then look into ~/.pgpass by rules of its own.
    PGProperty.PASSWORD.set(properties, password(mask));
    return properties;
  }

  private String password(SecretMask mask) {
    SecretSource source = settings.password();
    if (source == null) {
      return "";
    }
    try {
      Value.SecretValue secret = source.read();
      mask.add(secret);
      return secret.secret();
    } catch (SecretUnavailable missing) {
      throw new CannotConnect(
          Reason.NO_PASSWORD,
          "cannot look up the password of " + settings.name() + ": " + missing.getMessage(),
          null,
          missing.hint());
    }
  }

  private void checkExpectation(PgConnection connection) throws SQLException {
    Expectation expect = settings.expect();
    if (expect.equals(Expectation.nothing())) {
      return;
    }
    try {
      Backend backend = new Backend(connection);
      check("database", expect.database(), backend, "pg_catalog.current_database()::text");
      check(
          "system identifier",
          expect.systemIdentifier(),
          backend,
          "system_identifier::text FROM pg_catalog.pg_control_system()");
    } catch (SQLException | CannotConnect failure) {
      connection.close();
      throw failure;
    }
  }

  private void check(
      String what, @org.jspecify.annotations.Nullable String wanted, Backend backend, String sql)
      throws SQLException {
    if (wanted == null) {
      return;
    }
    Value found = backend.ask("SELECT " + sql, List.of()).first();
    String actual = found == null ? "" : found.display();
    if (!actual.equals(wanted)) {
      throw new CannotConnect(
          Reason.UNEXPECTED_SERVER,
          "%s reached %s \"%s\", but \"%s\" is expected there"
              .formatted(settings.name(), what, actual, wanted),
          null,
          "check the address of " + settings.name() + ", or its expect: in pgrunbook.yaml");
    }
  }
}
