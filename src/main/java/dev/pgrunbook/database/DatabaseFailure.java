package dev.pgrunbook.database;

import org.jspecify.annotations.Nullable;

/** Something a database refused or did not answer; secrets in its texts are masked. */
public abstract sealed class DatabaseFailure extends RuntimeException
    permits StatementFailure, ConnectionLost, CannotConnect, CommitUnknown {

  private static final long serialVersionUID = 1L;

  private final @Nullable String sqlState;

  DatabaseFailure(String message, @Nullable String sqlState) {
    super(message);
    this.sqlState = sqlState;
  }

  /** Returns the message, which is never absent. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** Returns the SQLSTATE, or null when none was told. */
  public @Nullable String sqlState() {
    return sqlState;
  }

  /** Returns what to do about it, or null when nobody knows. */
  public @Nullable String hint() {
    return null;
  }
}
