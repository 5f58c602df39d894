package dev.pgrunbook.database;

import dev.pgrunbook.sql.BoundSql;
import java.sql.SQLException;

/** A read-only session on the server; it has no way to write. */
final class ServerReadOnlySession implements ReadOnlySession {

  private final Lease lease;
  private final Statements statements;
  private final Reading reading;

  ServerReadOnlySession(Lease lease, SecretMask mask) {
    this.lease = lease;
    this.statements = new Statements(lease.backend(), mask);
    this.reading = new Reading(lease.backend(), statements);
  }

  @Override
  public Rows query(BoundSql sql, int maxRows) {
    return reading.query(sql, maxRows);
  }

  @Override
  public int backendPid() {
    return lease.backend().pid();
  }

  @Override
  public void cancel() {
    try {
      lease.backend().cancel();
    } catch (SQLException gone) {
      // There is nothing left to cancel on a server that cannot be reached.
      statements.connectionIsLost();
    }
  }

  @Override
  public void close() {
    lease.end(statements.isLost());
  }
}
