package dev.pgrunbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.render.Theme;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

/** A review on a real terminal of the kernel's, in a process of its own. */
@Timeout(60)
class PseudoTerminalTest {

  private static final Path SCRIPT = Path.of("/usr/bin/script");

  /** Asks for a review on the process's own terminal, and prints what was decided. */
  static final class Reviewer {
    private Reviewer() {}

    public static void main(String[] arguments) {
      PrintStream out =
          new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
      Map<String, String> environment = Map.of("LC_ALL", "C.UTF-8");
      try (Screen screen = Screen.terminal(out, Theme.ANSI, environment)) {
        out.println("columns " + screen.columns());
        Decision decision =
            new TerminalControl(screen, "alice", Set.of(), environment, null, new RunName("r1", ""))
                .decide(new Scene().review());
        out.println("decided " + decision);
      }
    }
  }

  /** Reads until something is shown; returns everything up to there. */
  private static String until(InputStream from, String shown) throws IOException {
    StringBuilder all = new StringBuilder();
    while (!all.toString().contains(shown)) {
      int next = from.read();
      if (next < 0) {
        throw new AssertionError("ended before \"" + shown + "\":\n" + all);
      }
      all.append((char) next);
    }
    return all.toString();
  }

  private static Process reviewer() throws IOException {
    if (!Files.isExecutable(SCRIPT)) {
      System.err.println("SKIPPED: there is no " + SCRIPT + " to make a pseudo-terminal with");
      throw new TestAbortedException("no " + SCRIPT);
    }
    // Who runs tests in the background has INT ignored, and children inherit that.
    String java =
        Path.of(System.getProperty("java.home"), "bin", "java")
            + " -XX:TieredStopAtLevel=1 -cp '"
            + System.getProperty("java.class.path")
            + "' '"
            + Reviewer.class.getName()
            + "'";
    ProcessBuilder builder =
        new ProcessBuilder(
            SCRIPT.toString(),
            "-qec",
            "stty cols 132 rows 40; exec env --default-signal=INT,QUIT " + java,
            "/dev/null");
    builder.environment().put("TERM", "xterm");
    builder.environment().remove("COLUMNS");
    return builder.redirectErrorStream(true).start();
  }

  @Test
  void aPickIsTypedAndApproved() throws IOException, InterruptedException {
    Process process = reviewer();
    InputStream out = process.getInputStream();
    OutputStream keys = process.getOutputStream();

    assertThat(until(out, "Run 3 statements")).contains("columns 132").contains("definition");
    keys.write("pick 2\r".getBytes(StandardCharsets.US_ASCII));
    keys.flush();
    until(out, "Run 1 statement");
    keys.write("approve\r".getBytes(StandardCharsets.US_ASCII));
    keys.flush();

    until(out, "decided ");
    assertThat(until(out, "\n")).contains("Approve[by=alice").contains("Person_name_lower_idx");
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void ctrlCPausesAndEndsNothing() throws IOException, InterruptedException {
    Process process = reviewer();
    InputStream out = process.getInputStream();
    until(out, "Run 3 statements on cred-model-api-dev? ");

    process.getOutputStream().write(3);
    process.getOutputStream().flush();

    assertThat(until(out, "decided Pause[]")).isNotEmpty();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
