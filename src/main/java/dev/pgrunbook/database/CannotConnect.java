package dev.pgrunbook.database;

import org.jspecify.annotations.Nullable;

/** No connection was made. */
public final class CannotConnect extends DatabaseFailure {

  private static final long serialVersionUID = 1L;

  /** Why no connection was made. */
  public enum Reason {
    /** Nothing listens at the address, or a firewall says no. */
    REFUSED,
    UNKNOWN_HOST,
    TIMEOUT,
    /** The server is starting up, shutting down or recovering. */
    NOT_READY,
    TOO_MANY_CONNECTIONS,
    AUTHENTICATION,
    /** A password was asked for and none is known, or it could not be looked up. */
    NO_PASSWORD,
    /** {@code pg_hba.conf} has no entry that lets the user in. */
    NOT_ADMITTED,
    DATABASE_MISSING,
    TLS,
    /** The server is not the one the settings expect. */
    UNEXPECTED_SERVER,
    OTHER;

    /** Returns whether trying again later may help without anybody changing anything. */
    public boolean isTransient() {
      return this == REFUSED
          || this == TIMEOUT
          || this == NOT_READY
          || this == TOO_MANY_CONNECTIONS;
    }
  }

  private final Reason reason;
  private final @Nullable String hint;

  CannotConnect(Reason reason, String message, @Nullable String sqlState, @Nullable String hint) {
    super(message, sqlState);
    this.reason = reason;
    this.hint = hint;
  }

  /** Returns why. */
  public Reason reason() {
    return reason;
  }

  @Override
  public @Nullable String hint() {
    return hint;
  }
}
