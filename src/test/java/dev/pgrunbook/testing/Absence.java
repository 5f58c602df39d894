package dev.pgrunbook.testing;

import org.opentest4j.TestAbortedException;

/** What a test does when this machine lacks what it needs: never pass in silence. */
final class Absence {
  private Absence() {}

  /** Skips the test, with a line nobody overlooks; where everything has to be there, fails it. */
  static void report(String reason) {
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError("CI=true, and " + reason);
    }
    System.err.println("SKIPPED: " + reason);
    throw new TestAbortedException(reason);
  }
}
