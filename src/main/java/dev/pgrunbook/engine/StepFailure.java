package dev.pgrunbook.engine;

/** A step cannot go on; the message is for people. Never leaves the package. */
final class StepFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean timeout;
  private final boolean accepted;

  StepFailure(String message) {
    this(message, false, false);
  }

  private StepFailure(String message, boolean timeout, boolean accepted) {
    super(message);
    this.timeout = timeout;
    this.accepted = accepted;
  }

  /** Returns a failure for which a step may have an {@code onTimeout}. */
  static StepFailure timeout(String message) {
    return new StepFailure(message, true, false);
  }

  /** Returns what to tell people; there always is something. */
  String sentence() {
    return String.valueOf(getMessage());
  }

  /** Returns the same failure after somebody has decided to leave it at that. */
  StepFailure accepted() {
    return new StepFailure(sentence(), timeout, true);
  }

  /** Returns whether somebody has decided to leave it at that. */
  boolean isAccepted() {
    return accepted;
  }

  boolean isTimeout() {
    return timeout;
  }
}
