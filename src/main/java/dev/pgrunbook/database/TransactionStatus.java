package dev.pgrunbook.database;

/** What {@code pg_xact_status} says of a transaction. */
public enum TransactionStatus {
  COMMITTED,
  ABORTED,
  IN_PROGRESS,
  /** Too old to be known, or not yet given out: another or a restored cluster. */
  UNKNOWN
}
