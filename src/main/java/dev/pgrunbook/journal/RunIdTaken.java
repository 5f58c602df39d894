package dev.pgrunbook.journal;

/** There is a run of that id already. */
public final class RunIdTaken extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Takes a sentence for people. */
  public RunIdTaken(String message) {
    super(message);
  }
}
