package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The list of runs, of which the newest are most wanted. */
@ExtendWith(PostgresExtension.class)
class RunsCommandTest {

  @Test
  void aLimitLeavesTheNewestAndTellsOfTheOthers(@TempDir Path folder, TestPostgres db) {
    Caller caller =
        new Caller(folder)
            .file(
                "asks.yaml",
                """
                runbook: asks
                version: "1.0.0"
                title: Asks
                targets: {db: {}}
                steps:
                  - {id: look, target: db, query: SELECT 1 AS one}
                  - {id: ask, gate: Go on}
                """);
    for (String run : new String[] {"r1", "r2", "r3"}) {
      assertThat(caller.run("asks.yaml", db, run)).isEqualTo(ExitCode.PAUSED);
    }

    assertThat(caller.call("runs")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out().lines().map(line -> line.split(" ")[0]))
        .containsExactly("run", "r3", "r2", "r1");
    assertThat(caller.out()).contains("paused, waiting");
    assertThat(caller.call("runs", "--limit", "1")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out().lines().map(line -> line.split(" ")[0])).containsExactly("run", "r3");
    assertThat(caller.err()).contains("2 earlier runs: `pgrunbook runs --limit 0`");
    assertThat(caller.call("runs", "--limit", "0")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out().lines()).hasSize(4);

    assertThat(caller.call("runs", "--limit", "few")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("--limit takes a number, not \"few\"");
  }
}
