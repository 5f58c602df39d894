package dev.pgrunbook.database;

import dev.pgrunbook.sql.BoundSql;

/** A session that can read only: each query has its own READ ONLY transaction, rolled back. */
public interface ReadOnlySession extends AutoCloseable {

  /**
   * Returns the rows of a query.
   *
   * @param maxRows how many rows to take at most; the server is not asked for more. 0 takes all, in
   *     memory; only then may the server use parallel workers
   * @throws DatabaseFailure when it fails
   */
  Rows query(BoundSql sql, int maxRows);

  /** Returns the pid of the server process. */
  int backendPid();

  /** Asks the server to cancel what the session is running; for another thread. */
  void cancel();

  /** Gives the connection back; never fails. */
  @Override
  void close();
}
