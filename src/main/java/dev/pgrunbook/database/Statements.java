package dev.pgrunbook.database;

import dev.pgrunbook.sql.BoundSql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

  private void remember(BoundSql sql) {
    sql.values().forEach(bound -> mask.add(bound.value()));
  }

  /**
   * Runs a request.
   *
   * @throws DatabaseFailure when it fails
   */
  Backend.Response run(Backend.Request request) {
    remember(request.sql());
    NativeStatement statement = null;
    try {
      statement = NativeStatement.of(request.sql().text());
      return backend.run(request, statement, mask);
    } catch (SQLException failure) {
      throw seen(failures.read(failure, statement));
    }
  }

  /**
   * Runs a statement that the server keeps.
   *
   * @throws DatabaseFailure when it fails
   */
  StatementOutcome runAgain(BoundSql sql) {
    remember(sql);
    try {
      return backend.runAgain(sql, mask);
    } catch (SQLException failure) {
      throw seen(failures.read(failure, null));
    }
  }

  /**
   * Has the server parse a statement without executing it.
   *
   * @throws DatabaseFailure when it does not understand it
   */
  void describe(BoundSql sql) {
    remember(sql);
    NativeStatement statement = null;
    try {
      statement = NativeStatement.of(sql.text());
      backend.describe(statement, sql.values());
    } catch (SQLException failure) {
      throw seen(failures.read(failure, statement));
    }
  }

  /**
   * Commits.
   *
   * @throws DatabaseFailure when the server refused, or its answer was lost
   */
  void commit() {
    try {
      requireCommit(backend.command("COMMIT"));
    } catch (SQLException failure) {
      throw seen(failures.readCommit(failure));
    }
  }

  /**
   * Runs a request without values whose first statement is COMMIT.
   *
   * @param committed is called when that has succeeded; what is thrown after that is about the rest
   * @throws DatabaseFailure when it fails
   */
  Backend.Response runAfterCommit(Backend.Request request, Runnable committed) {
    NativeStatement statement = NativeStatement.fixed(request.sql().text());
    Exchange exchange = new Exchange();
    try {
      Backend.Response response = backend.run(request, statement, mask, exchange);
      requireCommit(exchange.firstTag());
      committed.run();
      return response;
    } catch (SQLException failure) {
      String tag = exchange.firstTag();
      if (tag == null) {
        throw seen(failures.readCommit(failure));
      }
      requireCommit(tag);
      DatabaseFailure ofTheRest = seen(failures.read(failure, statement));
      committed.run();
      throw ofTheRest;
    }
  }

  /**
   * Runs statements without values in one round trip.
   *
   * @param before statements that come first
   * @param after a query that comes last
   * @param answered is given the outcome of each, up to the first that fails
   * @return the rows of the last query
   * @throws DatabaseFailure when one fails; those after it have not been carried out
   */
  Rows runAll(
      List<NativeStatement> before,
      List<BoundSql> sql,
      NativeStatement after,
      Consumer<StatementOutcome> answered) {
    List<NativeStatement> all = new ArrayList<>(before);
    sql.forEach(each -> all.add(NativeStatement.fixed(each.text())));
    all.add(after);
    Exchange exchange = new Exchange();
    SQLException failure = null;
    try {
      backend.runAll(all, exchange);
    } catch (SQLException refusedOrLost) {
      failure = refusedOrLost;
    }
    try {
      int whole = Math.min(exchange.answers().size() - before.size(), sql.size());
      for (int i = 0; i < whole; i++) {
        answered.accept(backend.outcome(exchange, before.size() + i, sql.get(i), mask));
      }
      if (failure != null) {
        throw seen(failures.read(failure, all.get(exchange.answers().size())));
      }
      return backend.rows(exchange, before.size() + sql.size());
    } catch (SQLException unreadable) {
      throw seen(unreadable);
    }
  }

  private static void requireCommit(@Nullable String tag) {
    if (!"COMMIT".equals(tag)) {
      throw new StatementFailure(
          StatementFailure.Report.of(
              "25P02",
              "the transaction had failed, so the server rolled it back instead of committing"));
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
