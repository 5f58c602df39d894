package dev.pgrunbook.database;

/** Lends connections to one database. */
interface Connections extends AutoCloseable {

  /**
   * Lends a connection.
   *
   * @throws CannotConnect when there is none
   */
  Lease borrow();

  /** Returns whether a server process is that of one of its connections, lent or not. */
  boolean holds(int pid);

  /** Closes every connection that is not lent, and the others when they come back. */
  @Override
  void close();
}
