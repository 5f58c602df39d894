package dev.pgrunbook.database;

import java.sql.SQLException;

/** A session on a server for as long as its lease lasts. */
abstract class LeasedSession {

  final Lease lease;
  final Statements statements;

  LeasedSession(Lease lease, SecretMask mask) {
    this.lease = lease;
    this.statements = new Statements(lease.backend(), mask);
  }

  /** Returns the server process. */
  public final int backendPid() {
    return lease.backend().pid();
  }

  /** Asks the server to cancel what runs. */
  public final void cancel() {
    try {
      lease.backend().cancel();
    } catch (SQLException gone) {
      // There is nothing left to cancel on a server that cannot be reached.
      statements.connectionIsLost();
    }
  }
}
