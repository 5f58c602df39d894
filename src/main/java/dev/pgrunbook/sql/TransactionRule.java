package dev.pgrunbook.sql;

/** How a statement gets along with a transaction block. */
public enum TransactionRule {
  /** Runs in a transaction block and outside. */
  ALLOWED,
  /** PostgreSQL refuses it inside a transaction block. */
  BARRED,
  /** Begins, ends or configures transactions itself. */
  CONTROL
}
