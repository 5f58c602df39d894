package dev.pgrunbook.journal;

/** A process owns the run, or holds what was claimed; the message names it. */
public final class RunLocked extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Takes a sentence for people. */
  public RunLocked(String message) {
    super(message);
  }
}
