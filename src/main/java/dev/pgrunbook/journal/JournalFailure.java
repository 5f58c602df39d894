package dev.pgrunbook.journal;

import org.jspecify.annotations.Nullable;

/** The store cannot keep or give what it should: full, read-only, damaged, gone. */
public final class JournalFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Takes a sentence for people that names the file and the place. */
  public JournalFailure(String message) {
    this(message, null);
  }

  /** Takes a sentence for people and what caused it. */
  public JournalFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
