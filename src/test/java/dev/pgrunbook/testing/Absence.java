package dev.pgrunbook.testing;

import org.opentest4j.TestAbortedException;

/** What a test does when this machine lacks what it needs: never pass in silence. */
final class Absence {
  private Absence() {}

  /**
   * Skips the test, with a line nobody overlooks.
   *
   * @param required whether to fail instead, since this machine was set up to have it
   */
  static void report(String reason, boolean required) {
    if (required) {
      throw new AssertionError("everything has to be there when CI=true, but " + reason);
    }
    System.err.println("SKIPPED: " + reason);
    throw new TestAbortedException(reason);
  }

  /** Continuous integration installs what can be installed. */
  static boolean isContinuousIntegration() {
    return Boolean.parseBoolean(System.getenv("CI"));
  }
}
