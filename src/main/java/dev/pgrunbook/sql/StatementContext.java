package dev.pgrunbook.sql;

import java.util.Objects;

/**
 * What surrounds a statement when it runs.
 *
 * @param block its transaction block
 * @param lockTimeout whether waiting for locks is bounded
 * @param statementTimeout whether the statement as a whole is
 */
public record StatementContext(Block block, boolean lockTimeout, boolean statementTimeout) {

  /** Which transaction block a statement runs in. */
  public enum Block {
    /** None: it commits by itself, and may be one that is barred from blocks. */
    NONE,
    /** One of its own. */
    OWN,
    /** One together with the statements around it. */
    SHARED
  }

  public StatementContext {
    Objects.requireNonNull(block);
  }

  /** Returns a context in which nothing is known but the block. */
  public static StatementContext in(Block block) {
    return new StatementContext(block, false, false);
  }

  /** Returns this context with bounds on waiting for locks and on the statement, or without. */
  public StatementContext withTimeouts(boolean lock, boolean statement) {
    return new StatementContext(block, lock, statement);
  }
}
