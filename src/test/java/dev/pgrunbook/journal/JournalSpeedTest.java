package dev.pgrunbook.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 100,000 records, in seconds of this thread's CPU, whatever else the machine does. */
class JournalSpeedTest {

  private static final int TRANSACTIONS = 50_000;
  private static final double LIMIT_SECONDS = 2;

  private static final StepAddress STEP = StepAddress.of("insert-each");

  @TempDir Path directory;

  @Test
  void appendingAndReplayingAHundredThousandRecordsIsQuick() {
    double appended = Double.MAX_VALUE;
    double replayed = Double.MAX_VALUE;
    for (int round = 0; round < 3 && Math.max(appended, replayed) >= LIMIT_SECONDS; round++) {
      FileRunStore store = new FileRunStore(directory.resolve("" + round), Stories.CLOCK, "pid 1");
      appended = Math.min(appended, append(store));
      replayed = Math.min(replayed, replay(store));
    }
    assertThat(appended).as("seconds to append").isLessThan(LIMIT_SECONDS);
    assertThat(replayed).as("seconds to replay").isLessThan(LIMIT_SECONDS);
  }

  private static double append(FileRunStore store) {
    double begun = cpuSeconds();
    try (Journal journal = store.create("r1")) {
      journal.append(Stories.runStarted());
      journal.append(Stories.stepStarted(STEP));
      for (int i = 1; i <= TRANSACTIONS; i++) {
        journal.append(Stories.prepared(STEP, null, i));
        journal.append(Stories.committed(STEP, i));
      }
      return cpuSeconds() - begun;
    }
  }

  private static double replay(FileRunStore store) {
    double begun = cpuSeconds();
    try (Journal journal = store.open("r1")) {
      assertThat(journal.state().step(STEP).completedStatements()).isEqualTo(TRANSACTIONS);
      return cpuSeconds() - begun;
    }
  }

  private static double cpuSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }
}
