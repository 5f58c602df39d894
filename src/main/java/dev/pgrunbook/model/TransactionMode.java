package dev.pgrunbook.model;

import java.util.Locale;

/** Which transactions the statements of a step run in. */
public enum TransactionMode {
  /** All statements of the step and item in one. */
  SINGLE,
  /** Each statement in its own. */
  EACH,
  /** Outside a transaction block, for statements that PostgreSQL bars from one. */
  NONE;

  /** Returns the word that files use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
