package dev.pgrunbook.cli.terminal;

/** How much of a run is told. */
public enum Detail {
  /** Failures and the end. */
  QUIET,
  /** A line for every step, and the rows of queries that are not saved. */
  NORMAL,
  /** All rows, and the SQL as far as the plan knows it. */
  VERBOSE
}
