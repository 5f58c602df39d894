package dev.pgrunbook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.testing.LossyProxy;
import dev.pgrunbook.testing.OwnServer;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.SharedStore;
import dev.pgrunbook.testing.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** An owner that loses its connection goes on where nobody else has, and nowhere else. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class LostStoreTest {

  private static final StepAddress STEP = StepAddress.of("step");

  private static Journal begin(RunStore store) {
    Journal journal = store.create("r1");
    journal.append(Stories.runStarted());
    journal.flush();
    return journal;
  }

  private static void goOn(Journal journal) {
    journal.append(new StepFinished(STEP));
    journal.flush();
  }

  private static void hasRecords(SharedStore shared, long count) {
    List<Long> seqs = new ArrayList<>();
    shared.open("reader").read("r1", entry -> seqs.add(entry.seq()));
    assertThat(seqs).containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
  }

  @Test
  void aLostSessionIsMadeAnewAndNothingIsWrittenTwice(TestPostgres postgres) {
    try (SharedStore shared = new SharedStore(postgres)) {
      RunStore store = shared.open("one");
      try (RunStore.Claim claim = store.claim("a runbook", "run r1");
          Journal journal = begin(store)) {
        for (int i = 0; i < 3; i++) {
          shared.loseOwner();
          journal.append(new StepFinished(STEP));
          goOn(journal);
        }
        assertThatThrownBy(() -> shared.open("two").open("r1"))
            .isInstanceOf(RunLocked.class)
            .hasMessageContaining("held by one");
        assertThatThrownBy(() -> shared.open("two").claim("a runbook", "run r2"))
            .isInstanceOf(RunLocked.class);
      }
      hasRecords(shared, 7);
      assertThat(postgres.queryRows("SELECT DISTINCT epoch FROM pgrunbook.events")).hasSize(1);
    }
  }

  @Test
  void aLostAnswerIsAskedFor(TestPostgres postgres) throws Exception {
    try (SharedStore shared = new SharedStore(postgres);
        LossyProxy proxy = new LossyProxy(postgres.address().host(), postgres.address().port())) {
      RunStore store =
          shared.open(
              postgres.settings(
                  postgres.address().user(), postgres.address().password(), proxy.port()),
              "one",
              Duration.ofSeconds(30));
      try (Journal journal = begin(store)) {
        // The answer to the statement that writes records; they are there.
        proxy.loseNext("SELECT 1");
        journal.append(new StepFinished(STEP));
        journal.append(new StepFinished(STEP));
        journal.flush();
        proxy.awaitLoss();
        // What was on its way is not there.
        proxy.breakAll();
        goOn(journal);
        proxy.breakAll();
        assertThat(journal.attachment(journal.attach("text"))).isEqualTo("text");
      }
      hasRecords(shared, 4);
      assertThat(shared.news()).anyMatch(told -> told.endsWith("; trying again"));
      assertThat(shared.news()).contains("the store is back");
    }
  }

  @Test
  void aServerThatRestartsIsWaitedFor(@OwnServer(durable = true) TestPostgres postgres) {
    try (SharedStore shared = new SharedStore(postgres)) {
      try (Journal journal = begin(shared.open("one"))) {
        for (int i = 0; i < 2; i++) {
          postgres.restart(true);
          goOn(journal);
        }
        postgres.server().stop(true);
        journal.append(new StepFinished(STEP));
        Thread starter = new Thread(() -> postgres.server().start());
        starter.start();
        journal.flush();
      }
      hasRecords(shared, 4);
    }
  }

  @Test
  void aStoreThatStaysAwayEndsTheRunWhereItStands(
      @OwnServer(durable = true) TestPostgres postgres) {
    try (SharedStore shared = new SharedStore(postgres)) {
      RunStore store = shared.open(postgres.settings(), "one", Duration.ofSeconds(1));
      Journal journal = begin(store);
      postgres.server().stop(false);
      journal.append(new StepFinished(STEP));
      assertThatThrownBy(journal::flush)
          .isInstanceOf(JournalFailure.class)
          .hasMessageContaining("the store cannot be reached: ")
          .matches(failure -> ((JournalFailure) failure).isOutside());
      assertThatThrownBy(() -> journal.append(new StepFinished(STEP)))
          .isInstanceOf(JournalFailure.class)
          .hasMessageContaining("the run must be resumed");
      journal.close();
      postgres.server().start();
      assertThatThrownBy(journal::flush).isInstanceOf(JournalFailure.class);
      try (Journal again = shared.open("two").open("r1")) {
        assertThat(again.state().lastSeq()).isEqualTo(1);
        goOn(again);
      }
      hasRecords(shared, 2);
    }
  }

  @Test
  void whoeverWasTakenOverWritesNothingMore(TestPostgres postgres) {
    try (SharedStore shared = new SharedStore(postgres);
        Journal lost = begin(shared.open("one"))) {
      lost.append(new StepFinished(STEP.item(1)));
      lost.append(new StepFinished(STEP.item(2)));
      RunStore two = shared.open("two");
      try (Journal other = shared.takeOver(() -> two.open("r1"))) {
        long before = other.state().lastSeq();
        isRefused(lost);
        goOn(other);
        isRefused(lost);
        hasRecords(shared, before + 1);
      }
      isRefused(lost);
      assertThat(shared.open("three").audit("r1").damage()).isNull();
    }
  }

  private static void isRefused(Journal journal) {
    assertThatThrownBy(
            () -> {
              journal.append(new StepFinished(STEP.item(3)));
              journal.flush();
            })
        .satisfiesAnyOf(
            refused ->
                assertThat(refused)
                    .isInstanceOf(RunLocked.class)
                    .hasMessageStartingWith(
                        "run r1 was taken over while the store was away by two, role "),
            refused ->
                assertThat(refused)
                    .isInstanceOf(JournalFailure.class)
                    .hasMessageContaining("the run must be resumed"));
  }

  @Test
  void whoeverWasTakenOverAndLetGoWritesNothingMore(TestPostgres postgres) {
    try (SharedStore shared = new SharedStore(postgres);
        Journal lost = begin(shared.open("one"))) {
      RunStore two = shared.open("two");
      shared.takeOver(() -> two.open("r1")).close();
      isRefused(lost);
      hasRecords(shared, 1);
    }
  }

  @Test
  void aClaimThatSomebodyElseHadMeanwhileEndsTheRunToo(TestPostgres postgres) {
    try (SharedStore shared = new SharedStore(postgres)) {
      RunStore store = shared.open("one");
      try (RunStore.Claim claim = store.claim("a runbook", "run r1");
          Journal journal = begin(store)) {
        RunStore two = shared.open("two");
        shared.takeOver(() -> two.claim("a runbook", "run r2")).close();
        assertThatThrownBy(() -> goOn(journal))
            .isInstanceOf(RunLocked.class)
            .hasMessageContaining("a runbook was taken over while the store was away by run r2");
      }
      hasRecords(shared, 1);
    }
  }

  /** A pooler would give one session's lock to another; the epoch would still tell. */
  @Test
  void aLaterEpochIsNotWrittenOver(TestPostgres postgres) {
    try (SharedStore shared = new SharedStore(postgres);
        Journal journal = begin(shared.open("one"))) {
      postgres.execute("UPDATE pgrunbook.runs SET epoch = epoch + 1");
      assertThatThrownBy(() -> goOn(journal)).isInstanceOf(RunLocked.class);
      hasRecords(shared, 1);
    }
  }

  @Test
  void whatTheServerHasNotNoticedTheLossOfIsEnded(TestPostgres postgres) throws Exception {
    try (SharedStore shared = new SharedStore(postgres);
        Journal journal = begin(shared.open("one"));
        var ghost = postgres.connect();
        var statement = ghost.createStatement()) {
      boolean locked = false;
      while (!locked) {
        shared.loseOwner();
        try (var row =
            statement.executeQuery("SELECT pg_try_advisory_lock(pgrunbook.lock_key('run r1'))")) {
          locked = row.next() && row.getBoolean(1);
        }
      }
      statement.execute("UPDATE pgrunbook.claims SET backend_pid = pg_backend_pid()");
      goOn(journal);
      assertThatThrownBy(() -> statement.execute("SELECT 1")).hasMessageContaining("administrator");
      hasRecords(shared, 2);
    }
  }

  @Test
  void ofTwoThatResumeAtOnceOneWins(TestPostgres postgres) throws Exception {
    try (SharedStore shared = new SharedStore(postgres)) {
      begin(shared.open("one")).close();
      List<Journal> won = new ArrayList<>();
      List<RunLocked> lost = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (String name : List.of("two", "three", "four", "five")) {
        RunStore store = shared.open(name);
        Thread thread =
            new Thread(
                () -> {
                  try {
                    Journal journal = store.open("r1");
                    synchronized (won) {
                      won.add(journal);
                    }
                  } catch (RunLocked locked) {
                    synchronized (won) {
                      lost.add(locked);
                    }
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(won).hasSize(1);
      assertThat(lost).hasSize(3);
      goOn(won.get(0));
      won.get(0).close();
      hasRecords(shared, 2);
    }
  }
}
