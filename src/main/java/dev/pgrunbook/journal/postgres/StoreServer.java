package dev.pgrunbook.journal.postgres;

import dev.pgrunbook.database.ApplicationName;
import dev.pgrunbook.database.CannotConnect;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.database.ReadOnlySession;
import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.Session;
import dev.pgrunbook.database.SessionSettings;
import dev.pgrunbook.database.StatementFailure;
import dev.pgrunbook.journal.JournalFailure;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server that keeps a store: its sessions, and its failures in the store's own terms. */
final class StoreServer implements AutoCloseable {

  /** Nothing that is asked here takes longer. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String INSUFFICIENT_PRIVILEGE = "insufficient_privilege";

  private final Database database;

  StoreServer(DatabaseSettings settings) {
    this.database = Database.openQuick(settings, LIMIT.multipliedBy(2));
  }

  /** Returns what people are told of where the store is. */
  String name() {
    return database.settings().display();
  }

  /**
   * Returns a session that may write, and is not ended for being idle.
   *
   * @throws DatabaseFailure when there is none
   */
  Session session() {
    Session session = database.session(settings());
    boolean ready = false;
    try {
      session.executeAlone(
          sql(
              "SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings"
                  + " WHERE name = 'idle_session_timeout'"),
          0);
      ready = true;
      return session;
    } finally {
      if (!ready) {
        session.close();
      }
    }
  }

  private static SessionSettings settings() {
    return SessionSettings.of(ApplicationName.of("store")).withTimeouts(LIMIT, LIMIT);
  }

  /** Returns all rows of a query, on a connection that owns nothing. */
  Rows read(String query, BoundValue... values) {
    try (ReadOnlySession session = database.readOnlySession(settings())) {
      return session.query(sql(query, values), 0);
    } catch (DatabaseFailure failure) {
      throw told(failure);
    }
  }

  /** Returns what a failure means for whoever uses the store. */
  JournalFailure told(DatabaseFailure failure) {
    if (!(failure instanceof StatementFailure refused)) {
      boolean absent = failure instanceof CannotConnect;
      String what = absent ? "the store cannot be reached: " : "the store is gone: ";
      return JournalFailure.outside(what + sentence(failure), failure);
    }
    String sentence = "the store " + name() + " refuses: " + refused.getMessage();
    boolean forbidden = refused.condition().equals(INSUFFICIENT_PRIVILEGE);
    String more =
        forbidden
            ? "; what its users must be granted stands in pgrunbook's command-line.md, \"Sharing"
                + " a store\""
            : " (" + refused.sqlState() + ")";
    return JournalFailure.outside(sentence + more, failure);
  }

  private static String sentence(DatabaseFailure failure) {
    String hint = failure.hint();
    return hint == null ? failure.getMessage() : failure.getMessage() + "; " + hint;
  }

  static BoundSql sql(String text, BoundValue... values) {
    return new BoundSql(text, List.of(values));
  }

  static BoundValue text(@Nullable String text) {
    return new BoundValue("text", text == null ? Value.none() : Value.text(text));
  }

  static BoundValue number(long number) {
    return new BoundValue("int8", Value.integer(number));
  }

  static BoundValue numbers(List<? extends Number> numbers) {
    return new BoundValue(
        "int8[]", new ListValue(numbers.stream().map(n -> Value.integer(n.longValue())).toList()));
  }

  static BoundValue texts(List<String> texts) {
    return new BoundValue("text[]", new ListValue(texts.stream().map(t -> Value.text(t)).toList()));
  }

  @Override
  public void close() {
    database.close();
  }
}
