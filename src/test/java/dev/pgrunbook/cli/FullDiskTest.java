package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A journal that can grow no more stops its run, tells how to go on, and nothing is done twice. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class FullDiskTest {

  private static final String RUNBOOK =
      """
      runbook: fill
      version: "1.0.0"
      title: Fill
      targets: {db: {}}
      steps:
        - id: fill
          forEach: {n: [%s]}
          target: db
          sql: INSERT INTO t VALUES (:n)
      """;

  @TempDir Path folder;

  @Test
  void itIsGoneOnWithWhereThereIsRoomAgain(TestPostgres db) throws Exception {
    db.execute("CREATE TABLE t (n int)");
    StringBuilder numbers = new StringBuilder("1");
    for (int n = 2; n <= 150; n++) {
      numbers.append(", ").append(n);
    }
    Caller caller = new Caller(folder).file("fill.yaml", RUNBOOK.formatted(numbers));
    Process run = limited(db);
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String said = caller.text("out.txt") + caller.text("err.txt");
    assertThat(run.exitValue()).as(said).isEqualTo(ExitCode.ENVIRONMENT.number());
    assertThat(said)
        .contains("paused: cannot write ", "journal.jsonl: File too large")
        .contains("pgrunbook resume r1 ")
        .doesNotContain("\tat ");
    long before = db.queryLong("SELECT count(*) FROM t");
    assertThat(before).isBetween(1L, 149L);
    assertThat(caller.resume("r1", db)).as(caller.said()).isEqualTo(ExitCode.DONE);
    assertThat(db.queryText("SELECT count(*) || ' ' || count(DISTINCT n) FROM t"))
        .isEqualTo("150 150");
    assertThat(caller.call("audit", "r1")).isEqualTo(ExitCode.DONE);
  }

  /** A process whose files end after 48 kB, as a quota would have it. */
  private Process limited(TestPostgres db) throws Exception {
    List<String> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      classPath.add(Path.of(entry).toAbsolutePath().toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash",
            "-c",
            "ulimit -f 48; exec \"$@\"",
            "bash",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Dpgrunbook.terminal=no",
            "-cp",
            String.join(File.pathSeparator, classPath),
            Main.class.getName(),
            "run",
            "fill.yaml",
            "--quiet",
            "--target",
            "db=" + db.uri(),
            "--run-id",
            "r1");
    builder.directory(folder.toFile());
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    Files.createDirectories(folder.resolve("state"));
    return builder
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }
}
