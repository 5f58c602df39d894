package dev.pgrunbook.database;

import org.jspecify.annotations.Nullable;

/** The connection broke; an open transaction is lost with it, a COMMIT was not on its way. */
public final class ConnectionLost extends DatabaseFailure {

  private static final long serialVersionUID = 1L;

  private final @Nullable String sqlState;

  ConnectionLost(String message, @Nullable String sqlState) {
    super(message);
    this.sqlState = sqlState;
  }

  @Override
  public @Nullable String sqlState() {
    return sqlState;
  }

  @Override
  public @Nullable String hint() {
    return null;
  }
}
