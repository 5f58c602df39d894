package dev.pgrunbook.journal;

/** There is no run of that id. */
public final class UnknownRun extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Takes a sentence for people. */
  public UnknownRun(String message) {
    super(message);
  }
}
