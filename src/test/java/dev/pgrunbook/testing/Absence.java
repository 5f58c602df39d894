package dev.pgrunbook.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** What a test does when this machine lacks what it needs: never pass in silence. */
public final class Absence {
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

  /** Skips the test, loudly, unless these programs are there. */
  public static void unlessInstalled(String... programs) {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String program : programs) {
      boolean there =
          Stream.of(path.split(File.pathSeparator, -1))
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
      if (!there) {
        report("there is no " + program, isContinuousIntegration());
      }
    }
  }

  /** Continuous integration installs what can be installed. */
  static boolean isContinuousIntegration() {
    return Boolean.parseBoolean(System.getenv("CI"));
  }
}
