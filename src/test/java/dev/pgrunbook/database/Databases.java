package dev.pgrunbook.database;

import dev.pgrunbook.database.DatabaseSettings.Expectation;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.List;
import java.util.Map;

/** Short spellings for tests of sessions. */
final class Databases {

  private Databases() {}

  static Database open(TestPostgres postgres) {
    return Database.open(settings(postgres), 1);
  }

  static DatabaseSettings settings(TestPostgres postgres) {
    return settings(postgres, postgres.address().port());
  }

  static DatabaseSettings settings(TestPostgres postgres, int port) {
    return settings(
        postgres,
        port,
        postgres.address().user(),
        postgres.address().password(),
        Expectation.nothing());
  }

  static DatabaseSettings settings(
      TestPostgres postgres, int port, String user, String password, Expectation expect) {
    return new DatabaseSettings(
        "test",
        "jdbc:postgresql://" + postgres.address().host() + ":" + port + "/" + postgres.database(),
        user,
        postgres.database(),
        Map.of(),
        SecretSource.of(new SecretValue(password)),
        false,
        expect);
  }

  static SessionSettings step(String name) {
    return SessionSettings.of(ApplicationName.of("r1", name));
  }

  static BoundSql sql(String text, BoundValue... values) {
    return new BoundSql(text, List.of(values));
  }

  static BoundValue bound(String type, Value value) {
    return new BoundValue(type, value);
  }
}
