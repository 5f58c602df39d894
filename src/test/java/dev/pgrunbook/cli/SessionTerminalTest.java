package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** A step-through session on a real terminal of the kernel's, in a process of its own. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class SessionTerminalTest {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final String RUNBOOK =
      """
      runbook: terminal
      version: "1.0.0"
      title: At a terminal
      params: {key: {type: secret}}
      targets: {db: {}}
      steps:
        - {id: first, target: db, query: "SELECT :key = 'hunter2' AS same"}
        - {id: second, target: db, query: SELECT 2 AS two}
      """;
  private static final char TAB = '\t';
  private static final char CTRL_C = 3;
  private static final char CTRL_D = 4;

  @TempDir Path folder;
  private InputStream screen = InputStream.nullInputStream();

  private String until(String shown) throws IOException {
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

  private static void type(Process session, String keys) throws IOException {
    session.getOutputStream().write(keys.getBytes(StandardCharsets.US_ASCII));
    session.getOutputStream().flush();
  }

  private Process start(TestPostgres database) throws IOException {
    if (!Files.isExecutable(SCRIPT)) {
      System.err.println("SKIPPED: there is no " + SCRIPT + " to make a pseudo-terminal with");
      throw new TestAbortedException("no " + SCRIPT);
    }
    // Who runs tests in the background has INT ignored, and children inherit that.
    String command =
        "stty cols 100 rows 60; exec env --default-signal=INT,QUIT "
            + Path.of(System.getProperty("java.home"), "bin", "java")
            + " -XX:TieredStopAtLevel=1 -Dpgrunbook.terminal=yes -Djava.io.tmpdir='"
            + Files.createDirectory(folder.resolve("temporary"))
            + "' -cp '"
            + System.getProperty("java.class.path")
            + "' dev.pgrunbook.cli.Main step terminal.yaml --run-id r1 -p key=hunter2 --target 'db="
            + database.uri()
            + "'";
    ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), "-qec", command, "/dev/null");
    builder.environment().put("TERM", "xterm");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    builder.environment().remove("COLUMNS");
    Process session = builder.directory(folder.toFile()).redirectErrorStream(true).start();
    screen = session.getInputStream();
    return session;
  }

  @Test
  void commandsAreCompletedCancelledKeptAndLeft(TestPostgres db) throws Exception {
    db.execute("CREATE TABLE \"Orders\" (id int, placed_at date)");
    Files.writeString(folder.resolve("terminal.yaml"), RUNBOOK);
    Process session = start(db);
    try {
      assertThat(until("first")).contains("\u001b[");
      until("then");
      until("> ");

      type(session, "nex" + TAB + "\r");
      until("second");
      until("SELECT");
      until("> ");

      type(session, "select placed" + TAB + "from \"Ord" + TAB + "\r");
      until("...> ");
      type(session, "where 'hunter2' <> ''" + ";\r");
      assertThat(until("(0 rows)")).contains("placed_at");
      until("> ");

      type(session, "select 'waits', pg_sleep(100);\r");
      until("\r\n");
      awaitSleep(db);
      type(session, String.valueOf(CTRL_C));
      until("canceling statement due to user request");
      until("> ");

      type(session, String.valueOf(CTRL_D));
      until("Leave?");
      type(session, "y\r");
      until("resume r1");
      assertThat(session.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(session.exitValue()).isEqualTo(ExitCode.PAUSED.number());
    } finally {
      session.destroyForcibly();
    }
    assertThat(folder.resolve("temporary")).isEmptyDirectory();
    String kept = history();
    assertThat(kept).contains("next", "placed_at", "\"Orders\"", "***").doesNotContain("hunter2");
  }

  private static void awaitSleep(TestPostgres db) {
    String sleeping =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND wait_event = 'PgSleep'";
    while (db.queryLong(sleeping) == 0) {
      Thread.onSpinWait();
    }
  }

  private String history() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("state/pgrunbook/history"))) {
      return Files.readString(files.findFirst().orElseThrow());
    }
  }
}
