package dev.pgrunbook.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.TestSql;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DemoTest {

  @Test
  void bringsUpAPairDamagesItAndThrowsItAway() {
    List<String> told = new ArrayList<>();
    ProcessHandle publisher;
    try (Demo demo =
        Demo.start(
            PostgresInstallation.embedded(), ReplicationKind.BUILT_IN, new TestSql(), told::add)) {
      publisher = ProcessHandle.of(demo.publisherProcessId()).orElseThrow();
      assertThat(demo.runbook()).isEqualTo("logical/resync-tables");
      assertThat(demo.compare()).isEqualTo(new Demo.Comparison(200_000, 200_000, true));

      assertThat(demo.damage()).isEqualTo(new Demo.Comparison(200_000, 195_000, false));
    }

    publisher.onExit().completeOnTimeout(publisher, 10, TimeUnit.SECONDS).join();
    assertThat(publisher.info().commandLine()).isEmpty();
    assertThat(told)
        .anyMatch(line -> line.contains("up and in sync after"))
        .anyMatch(line -> line.contains("200,000 rows on the publisher and 195,000"))
        .last()
        .isEqualTo("Both servers are stopped and removed.");
  }
}
