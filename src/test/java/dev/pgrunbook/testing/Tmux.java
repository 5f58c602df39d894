package dev.pgrunbook.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A terminal as a person has it: a window of a tmux server of its own, in which one command runs.
 * What it shows is awaited, never slept for.
 */
public final class Tmux implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/tmux");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final Path socket;

  private Tmux(Path folder) {
    this.folder = folder;
    this.socket = folder.resolve("tmux");
  }

  /**
   * Opens a window and runs a command in it. Everything that it writes is kept, too.
   *
   * @param folder where it runs, and where the server's socket and what is written are
   * @param command a line for a shell; when it ends, the window stays
   */
  public static Tmux run(
      Path folder, int columns, int rows, Map<String, String> environment, String command) {
    if (!Files.isExecutable(PROGRAM)) {
      Absence.report(
          "there is no " + PROGRAM + " to have a terminal in", Absence.isContinuousIntegration());
    }
    Tmux tmux = new Tmux(folder);
    List<String> start =
        new ArrayList<>(List.of("-f", "/dev/null", "new-session", "-d", "-s", "main"));
    start.addAll(List.of("-x", String.valueOf(columns), "-y", String.valueOf(rows)));
    start.addAll(List.of("-c", folder.toString()));
    environment.forEach((name, value) -> start.addAll(List.of("-e", name + "=" + value)));
    // Nothing is missed: the command begins once what it writes is kept.
    start.add("read -r go; clear; " + command + "; echo \"[exit $?]\"; exec cat");
    tmux.call(start);
    tmux.call(List.of("set-option", "-g", "history-limit", "5000"));
    tmux.call(List.of("pipe-pane", "-o", "cat > '" + folder.resolve("written") + "'"));
    tmux.press("Enter");
    return tmux;
  }

  private String call(List<String> words) {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "-S", socket.toString()));
    command.addAll(words);
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("LC_ALL", "C.UTF-8");
      builder.environment().remove("TMUX");
      builder.environment().remove("COLUMNS");
      builder.environment().remove("NO_COLOR");
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(command + ": " + said);
      }
      return said;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** Types a text. */
  public Tmux type(String text) {
    // A semicolon at the end of a word would end tmux's own command.
    String escaped = text.endsWith(";") ? text.substring(0, text.length() - 1) + "\\;" : text;
    call(List.of("send-keys", "-t", "main", "-l", "--", escaped));
    return this;
  }

  /** Presses keys by tmux's names, such as {@code C-c}, {@code Tab} or {@code Up}. */
  public Tmux press(String... keys) {
    List<String> words = new ArrayList<>(List.of("send-keys", "-t", "main"));
    words.addAll(List.of(keys));
    call(words);
    return this;
  }

  /** Types a line and presses Enter. */
  public Tmux enter(String line) {
    return type(line).press("Enter");
  }

  /** Gives the window another size. */
  public Tmux resize(int columns, int rows) {
    call(
        List.of(
            "resize-window",
            "-t",
            "main",
            "-x",
            String.valueOf(columns),
            "-y",
            String.valueOf(rows)));
    return this;
  }

  /** Returns what the window shows now, without the empty lines at its end. */
  public String screen() {
    return call(List.of("capture-pane", "-p", "-t", "main")).stripTrailing();
  }

  /** Returns the last line that the window shows. */
  public String lastLine() {
    String screen = screen();
    return screen.substring(screen.lastIndexOf('\n') + 1);
  }

  /** Waits until the window shows a text; returns all of it then. */
  public String await(String text) {
    return await(screen -> screen.contains(text), "\"" + text + "\"");
  }

  /** Waits until the last line of the window is a prompt, behind which nothing is typed. */
  public String awaitPrompt(String text) {
    return await(
        screen -> screen.substring(screen.lastIndexOf('\n') + 1).equals(text.stripTrailing()),
        "a last line of \"" + text + "\"");
  }

  /** Waits until the window shows what is wanted; returns all of it then. */
  public String await(Predicate<String> wanted, String description) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String screen = screen();
    while (!wanted.test(screen)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no " + description + " on this screen:\n" + screen);
      }
      pause();
      screen = screen();
    }
    return screen;
  }

  /** Leaves the machine to what is waited for. */
  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** Returns every byte that was written to the terminal. */
  public String written() {
    try {
      return Files.readString(folder.resolve("written"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Ends the command and the server. */
  @Override
  public void close() {
    call(List.of("kill-server"));
  }
}
