package dev.pgrunbook.sql;

import java.util.Objects;

/**
 * What surrounds a statement when it runs.
 *
 * @param block its transaction block
 * @param lockTimeout whether waiting for locks is bounded
 * @param serverVersion the server's version as {@code server_version_num}, such as 150012; 0 when
 *     no server was asked
 */
public record StatementContext(Block block, boolean lockTimeout, int serverVersion) {

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
    return new StatementContext(block, false, 0);
  }

  /** Returns this context with a bound on waiting for locks, or without. */
  public StatementContext withLockTimeout(boolean bounded) {
    return new StatementContext(block, bounded, serverVersion);
  }

  /** Returns this context on a server. */
  public StatementContext on(int version) {
    return new StatementContext(block, lockTimeout, version);
  }
}
