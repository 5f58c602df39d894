package dev.pgrunbook.database;

import org.jspecify.annotations.Nullable;

/** COMMIT was sent and its answer was lost: only the server knows what became of it. */
public final class CommitUnknown extends DatabaseFailure {

  private static final long serialVersionUID = 1L;

  CommitUnknown(String message, @Nullable String sqlState) {
    super(message, sqlState);
  }

  @Override
  public String hint() {
    return "the transaction may or may not be committed; pg_xact_status() tells";
  }
}
