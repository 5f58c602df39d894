package dev.pgrunbook.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** The program in a process of its own, on a real terminal of the kernel's. */
final class TerminalProcess implements AutoCloseable {

  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final InputStream screen;

  private TerminalProcess(Process process) {
    this.process = process;
    this.screen = process.getInputStream();
    // Nobody can interrupt a read from a process: one that says nothing more must end.
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(this::close);
  }

  /**
   * Starts it in a folder, where its own state is kept, too; where no terminal can be made the test
   * is skipped, loudly.
   */
  static TerminalProcess start(Path folder, int columns, List<String> words) throws IOException {
    if (!Files.isExecutable(SCRIPT)) {
      System.err.println("SKIPPED: there is no " + SCRIPT + " to make a pseudo-terminal with");
      throw new TestAbortedException("no " + SCRIPT);
    }
    // Who runs tests in the background has INT ignored, and children inherit that.
    StringBuilder command = new StringBuilder("stty cols " + columns + " rows 50; exec env ");
    command.append("--default-signal=INT,QUIT ");
    command.append(Path.of(System.getProperty("java.home"), "bin", "java"));
    command.append(" -XX:TieredStopAtLevel=1 -cp '").append(System.getProperty("java.class.path"));
    command.append("' dev.pgrunbook.cli.Main");
    words.forEach(word -> command.append(" '").append(word).append('\''));
    ProcessBuilder builder =
        new ProcessBuilder(SCRIPT.toString(), "-qec", command.toString(), "/dev/null");
    builder.environment().put("TERM", "xterm");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    builder.environment().put("HOME", folder.toString());
    builder.environment().remove("COLUMNS");
    return new TerminalProcess(
        builder.directory(folder.toFile()).redirectErrorStream(true).start());
  }

  /** Returns everything that is shown up to a text. */
  String until(String shown) throws IOException {
    StringBuilder all = new StringBuilder();
    while (all.indexOf(shown) < 0) {
      int next = screen.read();
      if (next < 0) {
        throw new AssertionError("ended before \"" + shown + "\":\n" + all);
      }
      all.append((char) next);
    }
    return all.toString();
  }

  void type(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    screen.readAllBytes();
  }

  /** Returns the exit code, once it has ended. */
  int end() throws IOException, InterruptedException {
    screen.readAllBytes();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
