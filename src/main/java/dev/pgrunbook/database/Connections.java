package dev.pgrunbook.database;

/** Lends connections to one database. */
interface Connections extends AutoCloseable {

  /**
   * Lends a connection.
   *
   * @throws CannotConnect when there is none
   */
  Lease borrow();

  /** Closes every connection that is not lent, and the others when they come back. */
  @Override
  void close();
}
