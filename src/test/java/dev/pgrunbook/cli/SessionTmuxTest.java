package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.testing.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sessions as a person has them: in a terminal window, with keys, against a real server. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class SessionTmuxTest {

  private static final String RUNBOOK =
      """
      runbook: window
      version: "1.0.0"
      title: In a window
      targets: {db: {}}
      steps:
        - {id: first, title: The first step, target: db, query: SELECT count(*) AS n FROM "Orders"}
        - {id: sure, gate: Is everybody ready}
        - id: filled
          probe:
            sources: {db: SELECT count(*) AS done FROM "Orders"}
            every: 200ms
            until: done >= 2
      """;
  private static final String ESCAPE = "\u001b";

  @TempDir Path folder;
  private TestPostgres database;

  @BeforeEach
  void tables(TestPostgres server) throws IOException {
    database = server.newDatabase();
    database.execute("CREATE TABLE \"Orders\" (id int, placed_at date)");
    Files.writeString(folder.resolve("window.yaml"), RUNBOOK);
  }

  private String step(String more) {
    // Who runs tests in the background has INT ignored, and children inherit that.
    return "env --default-signal=INT,QUIT "
        + Path.of(System.getProperty("java.home"), "bin", "java")
        + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dpgrunbook.terminal=yes -cp '"
        + System.getProperty("java.class.path")
        + "' dev.pgrunbook.cli.Main step ../window.yaml --target 'db="
        + database.uri()
        + "' --run-id "
        + more;
  }

  /** Opens a window in a workspace of its own, with one state for all. */
  private Tmux window(String workspace, int columns, String command) throws IOException {
    return window(workspace, columns, Map.of(), command);
  }

  private Tmux window(String workspace, int columns, Map<String, String> more, String command)
      throws IOException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    Path directory = Files.createDirectories(folder.resolve(workspace));
    return Tmux.run(directory, columns, 40, environment, command);
  }

  @Test
  void sqlIsCompletedGoesOnToItsSemicolonAndIsCancelledAlone() throws IOException {
    try (Tmux window = window("one", 100, step("r1"))) {
      window.awaitPrompt("db 1/3 first> ");

      window.type("lis").press("Tab", "Enter").await("▸  1 first");
      window.awaitPrompt("db 1/3 first> ");
      window.type("select placed").press("Tab").await("select placed_at");
      window.type("from \"Ord").press("Tab").await("\"Orders\"");
      window.press("Enter").awaitPrompt("         ...> ");
      window.enter("where id = 1;").await("(0 rows)");
      window.awaitPrompt("db 1/3 first> ");

      window.enter("select 'waits', pg_sleep(100);");
      awaitSleep();
      window.press("C-c").await("canceling statement due to user request");
      window.awaitPrompt("db 1/3 first> ");

      window.press("C-d").await("Leave? The run pauses, and resume goes on here. [y/N]");
      window.press("Enter").awaitPrompt("db 1/3 first> ");
      window.press("C-d").awaitPrompt("   Leave? The run pauses, and resume goes on here. [y/N]");
      window.enter("y").await("[exit 3]");
    }
  }

  @Test
  void theHistoryIsTheWorkspacesOwn() throws IOException {
    try (Tmux window = window("one", 100, step("r1"))) {
      window.awaitPrompt("db 1/3 first> ");
      window.enter("note only here").await("noted");
      window.awaitPrompt("db 1/3 first> ");
      window.enter("quit").await("[exit 3]");
    }
    try (Tmux other = window("two", 100, step("r2"))) {
      other.awaitPrompt("db 1/3 first> ");
      other.press("Up").type("quit").await("first> quit");
      other.press("Enter").await("[exit 3]");
    }
    try (Tmux again = window("one", 100, step("r3"))) {
      again.awaitPrompt("db 1/3 first> ");
      again.press("Up", "Up").await("first> note only here");
      again.press("C-c");
    }
  }

  @Test
  void whatIsWatchedChangesAboveThePromptAndLeavesWhatIsTypedAlone() throws IOException {
    try (Tmux window = window("one", 100, step("r1"))) {
      window.awaitPrompt("db 1/3 first> ");
      window.enter("watch filled").await("▸ filled  not yet  done = 0\ndb 1/3 first>");
      window.type("list of th");
      window.await("\ndb 1/3 first> list of th");
      database.execute("INSERT INTO \"Orders\" VALUES (1), (2)");
      String seen = window.await("▸ filled  reached  done = 2\ndb 1/3 first> list of th");
      assertThat(seen).endsWith("list of th");
      assertThat(lines(seen, "▸ filled")).isEqualTo(1);

      String narrow = window.resize(60, 30).await("▸ filled  reached  done = 2");
      assertThat(lines(narrow, "▸ filled")).isEqualTo(1);
      window.press("C-u").type("watch off").press("Enter").await("nothing is watched");
      window.awaitPrompt("db 1/3 first> ");
      database.execute("DELETE FROM \"Orders\"");
      assertThat(window.enter("list").await("   2 sure")).doesNotContain("done = 0\ndb");
      window.awaitPrompt("db 1/3 first> ");

      String shown = window.press("C-l").enter("show").await("The first step ─");
      window.awaitPrompt("db 1/3 first> ");
      assertThat(shown.lines()).allMatch(line -> line.length() <= 60);
      assertThat(shown.lines()).anyMatch(line -> line.startsWith("──") && line.length() == 60);
    }
  }

  @Test
  void anAnswerFromElsewhereEndsThePromptAndRunsNothing() throws IOException {
    String shared = "r1 --store '" + database.uri() + "'";
    try (Tmux window = window("one", 100, step(shared))) {
      window.awaitPrompt("db 1/3 first> ");
      window.enter("next").awaitPrompt("db 2/3 sure> ");
      window.enter("next").awaitPrompt("db 2/3 sure gate> ");
      window.type("rejec").await("gate> rejec");

      Caller other = new Caller(folder.resolve("one"));
      ExitCode answered = other.call("approve", "r1", "sure", "--store", database.uri());
      assertThat(answered).as("%s", other.said()).isEqualTo(ExitCode.DONE);

      window.await("approved by postgres, from elsewhere");
      window.await("what you had begun to type was not run: rejec");
      window.awaitPrompt("db 3/3 filled> ");
      window.press("Up").await("filled> rejec");
    }
  }

  @Test
  void aDumbTerminalGetsNoEscapes() throws IOException {
    String shared = "r1 --store '" + database.uri() + "'";
    try (Tmux window = window("one", 100, Map.of("TERM", "dumb"), "TERM=dumb " + step(shared))) {
      window.awaitPrompt("db 1/3 first> ");
      window.enter("watch filled").await("▸ filled  not yet  done = 0\ndb 1/3 first>");
      window.enter("select 1 as").awaitPrompt("         ...> ");
      window.enter("one;").await("(1 row)");
      window.await("(1 row)\n▸ filled  not yet  done = 0\ndb 1/3 first>");
      window.enter("next").awaitPrompt("db 2/3 sure> ");
      window.enter("next").awaitPrompt("db 2/3 sure gate> ");
      window.type("rejec");

      Caller other = new Caller(folder.resolve("one"));
      assertThat(other.call("approve", "r1", "sure", "--store", database.uri()))
          .as("%s", other.said())
          .isEqualTo(ExitCode.DONE);

      window.await("somebody has answered elsewhere; Enter goes on");
      window.enter("t").await("what you had begun to type was not run: reject");
      window.awaitPrompt("db 3/3 filled> ");
      window.enter("quit").await("[exit 3]");
      assertThat(afterClear(window.written())).contains("first").doesNotContain(ESCAPE);
    }
  }

  @Test
  void commandsFromAFileGiveNoEscapes() throws IOException {
    Files.writeString(
        folder.resolve("commands.txt"), "watch filled\nselect 1 as one;\nnext\nquit\n");
    String piped = step("r1 < ../commands.txt").replace("terminal=yes", "terminal=no");
    try (Tmux window = window("one", 100, piped)) {
      String screen = window.await("[exit 3]");
      assertThat(screen).contains("▸ filled  not yet  done = 0\ndb 1/3 first> select 1 as one;");
      assertThat(afterClear(window.written())).contains("first").doesNotContain(ESCAPE);
    }
  }

  /** What was written by the program itself, without what cleared the window before. */
  private static String afterClear(String written) {
    return written.substring(written.indexOf("window 1.0.0"));
  }

  private static long lines(String screen, String text) {
    return Arrays.stream(screen.split("\n", -1)).filter(line -> line.contains(text)).count();
  }

  private void awaitSleep() {
    String sleeping =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND wait_event = 'PgSleep'";
    while (database.queryLong(sleeping) == 0) {
      Thread.onSpinWait();
    }
  }
}
