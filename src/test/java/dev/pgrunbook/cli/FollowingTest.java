package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.journal.FileRunStore;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunResumed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.SharedStore;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run that somebody else carries out, told while it goes on. */
@ExtendWith(PostgresExtension.class)
@Timeout(90)
class FollowingTest {

  private static final String RUNBOOK =
      """
      runbook: watch
      version: "1.0.0"
      title: Watch
      steps:
        - {id: first, gate: "Sure?"}
        - {id: second, gate: "Really?"}
      """;

  @TempDir Path folder;
  private Caller caller;
  private Caller watcher;

  @BeforeEach
  void makeRunbook() {
    caller = new Caller(folder).with("LC_ALL", "C.UTF-8").file("watch.yaml", RUNBOOK);
    watcher = caller.in(folder);
  }

  @Test
  void aRunIsFollowedInADirectory() throws Exception {
    Path store = folder.resolve("store");
    RunStore runs = new FileRunStore(store, Clock.systemUTC(), "somebody");
    follow(runs, store.toString());
  }

  @Test
  void aRunIsFollowedInADatabase(TestPostgres db) throws Exception {
    try (SharedStore shared = new SharedStore(db)) {
      follow(shared.open("somebody"), db.uri());
    }
  }

  /** The first process pauses it, the second dies, the third ends it. */
  private void follow(RunStore runs, String store) throws Exception {
    caller.call("run", "watch.yaml", "--run-id", "r1", "--store", store);
    CompletableFuture<ExitCode> following =
        CompletableFuture.supplyAsync(
            () -> watcher.call("show", "r1", "--follow", "--store", store));
    awaitShown("paused: first waits");
    awaitShown("pgrunbook resume r1 --store ");
    StepAddress first = StepAddress.of("first");
    try (Journal journal = runs.open("r1")) {
      append(journal, resumed());
      append(journal, new StepFinished(first));
      awaitShown("\u2713 first");
      append(journal, new StepStarted(StepAddress.of("second"), false, null, null));
    }
    awaitShown("the process that carried this run out is gone; `pgrunbook resume r1 --store ");
    assertThat(following).isNotDone();
    try (Journal journal = runs.open("r1")) {
      append(journal, resumed());
      append(journal, new StepFinished(StepAddress.of("second")));
      append(journal, new RunFinished(Outcome.DONE));
    }
    assertThat(following.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
    assertThat(watcher.out()).contains("\u2713 second", "done in ").doesNotContain("password");
    assertThat(watcher.err()).isEmpty();

    assertThat(caller.call("show", "r1", "--follow", "--output", "jsonl", "--store", store))
        .isEqualTo(ExitCode.DONE);
    List<String> lines = caller.out().lines().toList();
    assertThat(lines).allMatch(line -> line.startsWith("{\"seq\":"));
    assertThat(lines.get(0)).contains("\"event\":\"RunStarted\"");
    assertThat(lines.get(lines.size() - 1)).contains("\"event\":\"RunFinished\"");
    assertThat(caller.call("show", "r1", "--output", "jsonl", "--store", store))
        .isEqualTo(ExitCode.DONE);
    assertThat(caller.out().lines().toList()).isEqualTo(lines);
    assertThat(caller.call("show", "r1", "--output", "xml", "--store", store))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.call("show", "r2", "--follow", "--store", store)).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("there is no run r2 in ");
  }

  private static void append(Journal journal, RunEvent event) {
    journal.append(event);
    journal.flush();
  }

  private static RunEvent resumed() {
    return new RunResumed("somebody", "here", "test", 1, false, "d", java.util.Map.of());
  }

  private void awaitShown(String text) {
    Instant end = Instant.now().plusSeconds(30);
    while (!watcher.out().contains(text)) {
      assertThat(Instant.now()).as(text + " in " + watcher.said()).isBefore(end);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
