package dev.pgrunbook.database;

/** What {@code pg_xact_status} says of a transaction. */
public enum TransactionStatus {
  COMMITTED,
  ABORTED,
  IN_PROGRESS,
  /** Too old: the server has removed what it knew of it. */
  UNKNOWN,
  /**
   * The id was not given out yet: another or a restored cluster, or one that crashed before it had
   * written the transaction's first record to disk. It may be given to another transaction.
   */
  IN_THE_FUTURE
}
