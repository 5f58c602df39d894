package dev.pgrunbook.database;

import dev.pgrunbook.sql.BoundSql;

/** A read-only session on the server; it has no way to write. */
final class ServerReadOnlySession extends LeasedSession implements ReadOnlySession {

  private final Reading reading;

  ServerReadOnlySession(Lease lease, SecretMask mask) {
    super(lease, mask);
    this.reading = new Reading(lease.backend(), statements);
  }

  @Override
  public Rows query(BoundSql sql, int maxRows) {
    return reading.query(sql, maxRows);
  }

  @Override
  public void close() {
    lease.end(statements.isLost());
  }
}
