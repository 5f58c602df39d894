package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import org.jline.builtins.ScreenTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real run side by side, as somebody at a terminal sees it. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class SideBySideTerminalTest {

  private static final String RUNBOOK =
      """
      runbook: wide
      version: "1.0.0"
      title: Wide
      targets: {db: {}}
      steps:
        - id: alter
          target: db
          forEach: {table: [one, two, three], parallel: 3}
          lockTimeout: 50s
          sql: ALTER TABLE :"table" ADD COLUMN more int
        - {id: after, title: What comes next, target: db, query: SELECT 1 AS one}
      """;

  private static final int COLUMNS = 100;

  @TempDir private Path folder;
  private final StringBuilder written = new StringBuilder();

  @Test
  void eachItemSaysWhoBlocksItUntilItIsDone(TestPostgres db) throws Exception {
    db.execute("CREATE TABLE one (a int); CREATE TABLE two (a int); CREATE TABLE three (a int)");
    Files.writeString(folder.resolve("wide.yaml"), RUNBOOK);
    List<String> words =
        List.of("run", "wide.yaml", "--run-id", "r1", "--target", "db=" + db.uri());
    try (Connection holder = db.connect();
        var statement = holder.createStatement();
        TerminalProcess run = TerminalProcess.start(folder, COLUMNS, words)) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE one, three");
      List<String> rows = List.of();
      while (rows.stream().filter(row -> row.startsWith("  blocked by ")).count() < 2) {
        // With that the frame ends.
        until(run, "0 of 2 steps");
        rows = rows();
      }
      assertThat(rows).anyMatch(row -> row.startsWith("✓ alter[2] ") && row.contains("two"));
      int whole = first(rows, "▸ alter ");
      assertThat(rows.get(whole)).contains("1 of 3 items");
      assertThat(rows.get(whole + 1)).contains("alter[1]").endsWith("one");
      assertThat(rows.get(whole + 2)).startsWith("  blocked by pid ").contains("LOCK TABLE one");
      assertThat(rows.get(whole + 3)).contains("alter[3]").endsWith("three");
      assertThat(rows.get(whole + 4)).startsWith("  blocked by pid ");
      assertThat(rows.get(whole + 5)).startsWith("  after").endsWith("What comes next");
      while (rows().stream().noneMatch(row -> row.matches("  blocked by .*, for [3-9] s: .*"))) {
        until(run, "0 of 2 steps");
      }
      holder.rollback();

      until(run, "done in");
      assertThat(run.end()).isZero();
      assertThat(rows())
          .noneMatch(row -> row.contains("blocked by") || row.contains("of 3 items"))
          .anyMatch(row -> row.startsWith("✓ alter[1] "))
          .anyMatch(row -> row.startsWith("✓ alter[3] "));
    }
  }

  private void until(TerminalProcess run, String shown) throws IOException {
    written.append(run.until(shown));
  }

  private static int first(List<String> rows, String beginning) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).startsWith(beginning)) {
        return i;
      }
    }
    throw new AssertionError("no row begins with " + beginning + ":\n" + String.join("\n", rows));
  }

  /** Returns what stands on the screen after everything that was written. */
  private List<String> rows() {
    ScreenTerminal screen = new ScreenTerminal(COLUMNS, 50);
    String text =
        new String(
            written.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    screen.write(text);
    return Arrays.stream(screen.toString().split("\n")).map(String::stripTrailing).toList();
  }
}
