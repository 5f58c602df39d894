package dev.pgrunbook.database;

import org.jspecify.annotations.Nullable;

/** The connection broke; an open transaction is lost with it, a COMMIT was not on its way. */
public final class ConnectionLost extends DatabaseFailure {

  private static final long serialVersionUID = 1L;

  ConnectionLost(String message, @Nullable String sqlState) {
    super(message, sqlState);
  }
}
