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
      err.println("pgrunbook: a defect in pgrunbook itself: " + what + "; no log can be written");
    }
  }

  /** Where the state directory cannot be written, the system's own for temporary files will do. */
  private Path keep(String text) throws IOException {
    try {
      return keep(surroundings.stateDirectory(), text);
    } catch (IOException | RuntimeException unwritable) {
      return keep(Path.of(System.getProperty("java.io.tmpdir")), text);
    }
  }

  private static Path keep(Path directory, String text) throws IOException {
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    Files.createDirectories(directory);
    // A temporary file's name is unique and the file readable by its owner only.
    return Files.writeString(Files.createTempFile(directory, "defect-" + time + "-", ".log"), text);
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
