package dev.pgrunbook.cli;

/** When a run comes under the operator's hand. */
enum Stepping {
  /** Never: it asks what it has to ask, and ends with a failure. */
  NEVER,
  /** Once a step has failed. */
  ON_ERROR,
  /** Before every step. */
  ALWAYS
}
