package dev.pgrunbook.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Keeps what a developer needs of a defect in a file, and tells the operator in one line. */
final class DefectLog {
  private final Surroundings surroundings;

  DefectLog(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The arguments are not kept, because they may hold passwords; the command's name is. */
  void report(Throwable defect, String command) {
    PrintStream err = surroundings.err();
    String what = String.valueOf(defect).lines().findFirst().orElse("");
    String text = describe(defect, command);
    try {
      err.println(
          "pgrunbook: a defect in pgrunbook itself: " + what + "; details are in " + keep(text));
    } catch (IOException | RuntimeException unwritable) {
      err.println("pgrunbook: a defect in pgrunbook itself; no log file could be written:");
      err.println(text);
    }
  }

  private Path keep(String text) throws IOException {
    Path directory = directory();
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    Files.createDirectories(directory);
    // A temporary file's name is unique and the file readable by its owner only.
    return Files.writeString(Files.createTempFile(directory, "defect-" + time + "-", ".log"), text);
  }

  /** {@code $XDG_STATE_HOME/pgrunbook}, by default {@code ~/.local/state/pgrunbook}. */
  private Path directory() {
    String state = surroundings.environment().get("XDG_STATE_HOME");
    Path base =
        state == null || !Path.of(state).isAbsolute()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return base.resolve("pgrunbook");
  }

  private static String describe(Throwable defect, String command) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    writer.println("pgrunbook " + version() + ", command: " + command);
    writer.println(
        "Java "
            + System.getProperty("java.runtime.version")
            + ", "
            + System.getProperty("os.name"));
    defect.printStackTrace(writer);
    return text.toString();
  }

  private static String version() {
    try {
      return Version.ofThisProgram();
    } catch (RuntimeException unreadable) {
      return "of an unknown version";
    }
  }
}
