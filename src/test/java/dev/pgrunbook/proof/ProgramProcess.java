package dev.pgrunbook.proof;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pgrunbook.cli.Main;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own that prints its events as JSON, a line each. */
final class ProgramProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 180;

  private final Process process;
  private final Path errors;
  private final List<JsonObject> events = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch begun = new CountDownLatch(1);
  private final Thread reader;

  private ProgramProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.reader = new Thread(this::read, "events");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts the program in a folder. */
  static ProgramProcess start(Path folder, List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dpgrunbook.terminal=no"));
    command.addAll(List.of("-cp", classPath(), Main.class.getName()));
    command.addAll(words);
    command.addAll(List.of("--output", "jsonl"));
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    return new ProgramProcess(builder.redirectError(errors.toFile()).start(), errors);
  }

  /** Absolute, because the process starts in another folder. */
  private static String classPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        events.add(JsonParser.parseString(line).getAsJsonObject());
        begun.countDown();
      }
    } catch (IOException | RuntimeException cutShort) {
      // A process that is killed may leave half a line.
    } finally {
      begun.countDown();
    }
  }

  /** Waits until it has begun or resumed the run, or has ended. */
  void awaitBegun() throws InterruptedException {
    if (!begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the program has not begun: " + errors());
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it as {@code kill -9} does, and returns whether it was still alive. */
  boolean kill() throws InterruptedException {
    boolean alive = process.isAlive();
    process.destroyForcibly();
    await();
    // Who is killed ends with 128 + 9; who had ended by itself says how.
    return alive && process.exitValue() == 137;
  }

  /** Waits until it ends, and returns its exit code. */
  int await() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the program does not end: " + errors());
    }
    reader.join();
    return process.exitValue();
  }

  /** Returns the events it has printed. */
  List<JsonObject> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  /** Returns what it has said beside its events. */
  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
