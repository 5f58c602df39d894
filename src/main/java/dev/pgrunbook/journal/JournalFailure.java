package dev.pgrunbook.journal;

import org.jspecify.annotations.Nullable;

/** The store cannot keep or give what it should: full, read-only, damaged, gone. */
public final class JournalFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean outside;

  /** Takes a sentence for people that names the file and the place. */
  public JournalFailure(String message) {
    this(message, null);
  }

  /** Takes a sentence for people and what caused it. */
  public JournalFailure(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  private JournalFailure(String message, @Nullable Throwable cause, boolean outside) {
    super(message, cause);
    this.outside = outside;
  }

  /** Returns the failure of what keeps the store, a disk or a server; the store may be whole. */
  public static JournalFailure outside(String message, Throwable cause) {
    return new JournalFailure(message, cause, true);
  }

  /** Returns whether what keeps the store has failed, rather than what is kept in it. */
  public boolean isOutside() {
    return outside;
  }
}
