package dev.pgrunbook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process at a time, one thread at a time, and never a lock that outlives its process. */
class FileClaimTest {

  private static final String SINCE = "since 2026-01-02 03:04:05 UTC";

  @TempDir Path directory;

  private FileRunStore store() {
    return new FileRunStore(directory, Stories.CLOCK, "pid 1, anna@host1");
  }

  @Test
  void anotherProcessIsToldWhoHoldsIt() throws Exception {
    try (JournalChild.Running child = JournalChild.start("claim", directory, "a runbook")) {
      assertThat(child.answer()).isEqualTo("done");
      assertThatThrownBy(() -> store().claim("a runbook", "run r2"))
          .isInstanceOf(RunLocked.class)
          .hasMessageStartingWith("a runbook is held by run r1, pid 4711, carl@host3, since 20");
      store().claim("another runbook", "run r2").close();
    }
  }

  @Test
  void aKilledProcessHoldsNothing() throws Exception {
    try (JournalChild.Running child = JournalChild.start("create", directory, "r1")) {
      assertThat(child.answer()).isEqualTo("done");
      assertThatThrownBy(() -> store().open("r1")).isInstanceOf(RunLocked.class);
      child.kill();
      try (Journal journal = store().open("r1")) {
        assertThat(journal.state().started()).isEqualTo(Stories.runStarted());
      }
    }
  }

  /** POSIX gives a process's locks back when it closes any descriptor of the file. */
  @Test
  void whoeverLooksOrTriesInTheSameProcessTakesNothingFromTheOwner() throws Exception {
    try (Journal journal = store().create("r1")) {
      journal.append(Stories.runStarted());
      assertThat(store().list().get(0).status()).isEqualTo(RunSummary.Status.RUNNING);
      assertThatThrownBy(() -> store().open("r1"))
          .isInstanceOf(RunLocked.class)
          .hasMessage("run r1 is held by pid 1, anna@host1, " + SINCE);
      assertThatThrownBy(() -> store().create("r1")).isInstanceOf(RunIdTaken.class);
      try (JournalChild.Running child = JournalChild.start("open", directory, "r1")) {
        assertThat(child.answer())
            .isEqualTo("RunLocked: run r1 is held by pid 1, anna@host1, " + SINCE);
      }
    }
    try (JournalChild.Running child = JournalChild.start("open", directory, "r1")) {
      assertThat(child.answer()).isEqualTo("done");
    }
  }

  @Test
  void aDirectoryReachedByALinkIsTheSame() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    RunStore.Claim claim = new FileRunStore(real, Stories.CLOCK, "one").claim("x", "a");
    assertThatThrownBy(() -> new FileRunStore(link, Stories.CLOCK, "two").claim("x", "b"))
        .isInstanceOf(RunLocked.class)
        .hasMessage("x is held by a, one, " + SINCE);
    claim.close();
    claim.close();
    new FileRunStore(link, Stories.CLOCK, "two").claim("x", "b").close();
  }

  @Test
  void aShorterNameLeavesNothingOfALongerOne() throws Exception {
    store().claim("x", "a very long name of a holder").close();
    store().claim("x", "b").close();
    Path lock;
    try (var files = Files.list(directory.resolve("locks"))) {
      lock = files.findFirst().orElseThrow();
    }
    assertThat(lock).hasContent("b, pid 1, anna@host1, " + SINCE);
  }

  @Test
  void ofManyThreadsOneWins() throws Exception {
    AtomicInteger winners = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all =
          IntStream.range(0, 8)
              .<Future<?>>mapToObj(i -> threads.submit(() -> tryTo(winners)))
              .toList();
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(winners).hasValue(1);
  }

  private void tryTo(AtomicInteger winners) {
    try {
      store().claim("x", Thread.currentThread().getName());
      winners.incrementAndGet();
    } catch (RunLocked lost) {
      assertThat(lost).hasMessageContaining("is held by pool-");
    }
  }

  @Test
  void lookingDoesNotStopWhoeverClaims() throws Exception {
    try (Journal journal = store().create("r1")) {
      journal.append(Stories.runStarted());
    }
    Path lock = directory.resolve("runs/r1/lock");
    ExecutorService looking = Executors.newSingleThreadExecutor();
    try {
      Future<?> looks =
          looking.submit(
              () -> {
                while (!Thread.currentThread().isInterrupted()) {
                  FileClaim.isHeld(lock);
                }
              });
      for (int i = 0; i < 200; i++) {
        FileClaim.claim(lock, "run r1", "me").close();
      }
      looks.cancel(true);
    } finally {
      looking.shutdownNow();
    }
    try (JournalChild.Running child = JournalChild.start("list", directory, "")) {
      assertThat(child.answer()).isEqualTo("interrupted");
    }
  }
}
