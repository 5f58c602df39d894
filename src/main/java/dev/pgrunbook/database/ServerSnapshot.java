package dev.pgrunbook.database;

import dev.pgrunbook.database.Backend.Fetching;
import dev.pgrunbook.database.Backend.Request;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.value.Value;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The transaction of a snapshot, with a savepoint around every query. */
final class ServerSnapshot extends LeasedSession implements Snapshot {

  /**
   * Opens the transaction and takes its snapshot: after that the server refuses {@code SET
   * TRANSACTION READ WRITE}.
   */
  private static final BoundSql FIRST_QUERY = BoundSql.of("SELECT pg_catalog.pg_backend_pid()");

  private static final List<NativeStatement> BEGIN =
      List.of(NativeStatement.fixed("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"));
  private static final List<NativeStatement> SAVEPOINT =
      List.of(NativeStatement.fixed("SAVEPOINT pgrunbook"));
  private static final List<NativeStatement> OWN_PATH =
      List.of(
          NativeStatement.fixed("SAVEPOINT pgrunbook"),
          NativeStatement.fixed(
              "SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)"));
  private static final List<NativeStatement> BACK =
      List.of(
          NativeStatement.fixed("ROLLBACK TO SAVEPOINT pgrunbook"),
          NativeStatement.fixed("RELEASE SAVEPOINT pgrunbook"));

  private ServerSnapshot(Lease lease, SecretMask mask) {
    super(lease, mask);
  }

  /** Opens the transaction on a session that is set up. */
  static ServerSnapshot begin(Lease lease, SecretMask mask) {
    ServerSnapshot snapshot = new ServerSnapshot(lease, mask);
    try {
      snapshot.statements.run(new Request(BEGIN, FIRST_QUERY, List.of(), Fetching.ALL, 0));
    } catch (DatabaseFailure failure) {
      snapshot.close();
      throw failure;
    }
    return snapshot;
  }

  @Override
  public Rows query(BoundSql sql, int maxRows) {
    return query(sql, Map.of(), maxRows);
  }

  @Override
  public Rows query(BoundSql sql, Map<String, Value> settings, int maxRows) {
    Reading.refuseOthersThanQueries(sql);
    try {
      BoundSql setting = SessionSetup.local(settings);
      statements.run(new Request(SAVEPOINT, setting, List.of(), Fetching.ALL, 0));
      Rows rows =
          statements
              .run(new Request(List.of(), sql, List.of(), Fetching.FIRST, maxRows))
              .outcome()
              .rows();
      return rows == null ? new Rows(List.of(), List.of(), false) : rows;
    } finally {
      back();
    }
  }

  /** One round trip when all goes well. */
  @Override
  public Rows ask(BoundSql sql) {
    boolean left = false;
    try {
      Rows rows =
          statements.run(new Request(OWN_PATH, sql, BACK, Fetching.ALL, 0)).outcome().rows();
      left = true;
      return rows == null ? new Rows(List.of(), List.of(), false) : rows;
    } finally {
      if (!left) {
        back();
      }
    }
  }

  @Override
  public void describe(BoundSql sql) {
    try {
      statements.run(new Request(SAVEPOINT, FIRST_QUERY, List.of(), Fetching.ALL, 0));
      statements.describe(sql);
    } finally {
      back();
    }
  }

  private void back() {
    try {
      if (!lease.backend().isClosed()) {
        lease.backend().commands(BACK);
      }
    } catch (SQLException lostOnTheWay) {
      // What comes next finds the transaction gone, and says so.
      statements.connectionIsLost();
    }
  }

  @Override
  public void close() {
    if (!lease.backend().isClosed()) {
      statements.rollback();
    }
    lease.end(statements.isLost());
  }
}
