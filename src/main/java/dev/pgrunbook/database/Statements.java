package dev.pgrunbook.database;

import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.BoundValue;
import java.sql.SQLException;

/**
 * Runs a user's statements on a connection; remembers secrets, and whether the connection lives.
 */
final class Statements {

  private final Backend backend;
  private final SecretMask mask;
  private final FailureReader failures;
  private boolean lost;

  Statements(Backend backend, SecretMask mask) {
    this.backend = backend;
    this.mask = mask;
    this.failures = new FailureReader(mask);
  }

  /**
   * Runs a request.
   *
   * @throws DatabaseFailure when it fails
   */
  Backend.Response run(Backend.Request request) {
    for (BoundValue bound : request.sql().values()) {
      mask.add(bound.value());
    }
    NativeStatement statement = null;
    try {
      statement = NativeStatement.of(request.sql().text());
      return backend.run(request, statement, mask);
    } catch (SQLException failure) {
      throw seen(failures.read(failure, statement));
    }
  }

  /**
   * Has the server parse a statement without executing it.
   *
   * @throws DatabaseFailure when it does not understand it
   */
  void describe(BoundSql sql) {
    for (BoundValue bound : sql.values()) {
      mask.add(bound.value());
    }
    NativeStatement statement = null;
    try {
      statement = NativeStatement.of(sql.text());
      backend.describe(statement, sql.values());
    } catch (SQLException failure) {
      throw seen(failures.read(failure, statement));
    }
  }

  /** Commits and returns the tag that the server answered. */
  String commit() {
    try {
      return backend.command("COMMIT");
    } catch (SQLException failure) {
      throw seen(failures.readCommit(failure));
    }
  }

  /** Rolls back; a lost connection has done so already. */
  void rollback() {
    try {
      backend.command("ROLLBACK");
    } catch (SQLException failure) {
      seen(failure);
    }
  }

  /** Returns what a failure of a question of this program's own means. */
  DatabaseFailure seen(SQLException failure) {
    return seen(failures.read(failure, null));
  }

  private DatabaseFailure seen(DatabaseFailure failure) {
    lost |= !(failure instanceof StatementFailure);
    return failure;
  }

  void connectionIsLost() {
    lost = true;
  }

  boolean isLost() {
    return lost || backend.isClosed();
  }
}
