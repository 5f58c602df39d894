package dev.pgrunbook.engine;

/** A step cannot go on; the message is for people. Never leaves the package. */
final class StepFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean timeout;

  StepFailure(String message) {
    this(message, false);
  }

  private StepFailure(String message, boolean timeout) {
    super(message);
    this.timeout = timeout;
  }

  /** Returns a failure for which a step may have an {@code onTimeout}. */
  static StepFailure timeout(String message) {
    return new StepFailure(message, true);
  }

  /** Returns what to tell people; there always is something. */
  String sentence() {
    return String.valueOf(getMessage());
  }

  boolean isTimeout() {
    return timeout;
  }
}
