package dev.pgrunbook.journal;

import dev.pgrunbook.journal.RunEvent.StepFinished;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Another process with a store: does one thing, says so on a line, and waits until its input ends
 * or it is killed.
 */
final class JournalChild {

  private JournalChild() {}

  public static void main(String[] arguments) throws IOException {
    FileRunStore store =
        new FileRunStore(Path.of(arguments[1]), Clock.systemUTC(), "pid 4711, carl@host3");
    try {
      System.out.println(act(store, arguments[0], arguments[2]));
    } catch (RuntimeException refused) {
      System.out.println(refused.getClass().getSimpleName() + ": " + refused.getMessage());
    }
    System.out.flush();
    while (System.in.read() != -1) {}
  }

  private static String act(RunStore store, String what, String name) {
    switch (what) {
      case "create" -> {
        Journal journal = store.create(name);
        journal.append(Stories.runStarted());
        journal.flush();
      }
      case "open" -> store.open(name).append(new StepFinished(StepAddress.of("by-child")));
      case "claim" -> store.claim(name, "run r1");
      case "list" -> {
        return store.list().get(0).status().word();
      }
      default -> throw new IllegalArgumentException(what);
    }
    return "done";
  }

  /** A running child. */
  static final class Running implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private Running(Process process) {
      this.process = process;
      this.lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Waits for what it says. */
    String answer() throws IOException {
      String line = lines.readLine();
      return line == null ? "" : line;
    }

    /** Kills it as {@code kill -9} does. */
    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
      kill();
    }
  }

  /** Starts a child; what comes before the Java command may run it as somebody else. */
  static Running start(String what, Path store, String name, String... prefix) throws IOException {
    List<String> command = new ArrayList<>(List.of(prefix));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            JournalChild.class.getName(),
            what,
            store.toString(),
            name));
    return new Running(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }
}
