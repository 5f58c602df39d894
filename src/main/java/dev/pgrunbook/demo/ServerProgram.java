package dev.pgrunbook.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs one of PostgreSQL's programs to its end. */
final class ServerProgram {
  private ServerProgram() {}

  /** What a program left: its exit code and everything it printed. */
  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /** Runs it and takes any exit code but zero for a failure. */
  static String run(Path directory, List<String> command) {
    Outcome outcome = attempt(directory, command);
    if (!outcome.succeeded()) {
      throw new ClusterException(
          "%s ended with exit code %d: %s"
              .formatted(String.join(" ", command), outcome.exitCode(), outcome.output().strip()));
    }
    return outcome.output();
  }

  static Outcome attempt(Path directory, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    // Neither the caller's connection habits nor its language may reach the server's programs.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      try (InputStream output = process.getInputStream()) {
        String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
      }
    } catch (IOException failure) {
      throw new ClusterException("cannot run " + command.get(0), failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while running " + command.get(0), interruption);
    }
  }
}
