package dev.pgrunbook.database;

/** Says why a password could not be looked up. */
public final class SecretUnavailable extends Exception {

  private static final long serialVersionUID = 1L;

  private final String hint;

  /** Makes a failure of a sentence and what to do about it. */
  public SecretUnavailable(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /** Returns what to do about it. */
  public String hint() {
    return hint;
  }
}
