package dev.pgrunbook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.RowsSaved;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.value.Value;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does, wherever it keeps its runs. */
abstract class RunStoreContract {

  static final StepAddress STEP = StepAddress.of("step");
  static final GateAnswered ANSWER =
      new GateAnswered(STEP, GateKind.GATE, "b", Answer.APPROVED, "x".repeat(20_000), "d");

  private final List<RunStore> opened = new ArrayList<>();

  /** Returns the store of this test, as another process would have it. */
  abstract RunStore open(Clock clock, String holder);

  final RunStore store(Clock clock, String holder) {
    RunStore store = open(clock, holder);
    opened.add(store);
    return store;
  }

  final RunStore store() {
    return store(Stories.CLOCK, "pid 1, anna@host1");
  }

  @AfterEach
  void closeStores() {
    opened.forEach(RunStore::close);
  }

  static void write(RunStore store, String run, RunEvent... events) {
    try (Journal journal = store.create(run)) {
      journal.append(Stories.runStarted());
      for (RunEvent event : events) {
        journal.append(event);
      }
    }
  }

  static List<RunEvent> read(RunStore store, String run) {
    List<RunEvent> events = new ArrayList<>();
    store.read(run, entry -> events.add(entry.event()));
    return events;
  }

  private static Status statusAfter(RunStore store, RunEvent... events) {
    String run = "r" + store.list().size();
    write(store, run, events);
    return status(store, run);
  }

  static Status status(RunStore store, String run) {
    return store.list().stream()
        .filter(summary -> summary.run().equals(run))
        .findFirst()
        .orElseThrow()
        .status();
  }

  @Test
  void aStoreThatIsNotThereKnowsNoRun() {
    RunStore store = store();
    assertThat(store.list()).isEmpty();
    assertThatThrownBy(() -> store.open("r1")).isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.read("r1", e -> {})).isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.audit("r1")).isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.attachment("r1", "x")).isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.answer("r1", state -> List.of())).isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.tail("r1")).isInstanceOf(UnknownRun.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../x", "a/b", "a b", ".hidden", "\u00e4", "';--"})
  void whatIsNoIdIsNoRun(String run) {
    RunStore store = store();
    assertThatThrownBy(() -> store.create(run)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.open(run)).isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.attachment(run, "x")).isInstanceOf(UnknownRun.class);
  }

  @Test
  void whatIsAppendedIsRead() {
    List<RunEvent> middle =
        SampleEvents.full().stream().filter(e -> !(e instanceof RunEvent.RunStarted)).toList();
    write(store(), "r1", middle.toArray(RunEvent[]::new));
    List<RunEvent> read = read(store(), "r1");
    assertThat(read.subList(1, read.size())).isEqualTo(middle);
    try (Journal journal = store().open("r1")) {
      assertThat(journal.state().lastSeq()).isEqualTo(read.size());
      assertThat(journal.append(new StepFinished(STEP)).seq()).isEqualTo(read.size() + 1L);
    }
    assertThat(read(store(), "r1")).hasSize(read.size() + 1);
  }

  @Test
  void whatIsFlushedIsThereForOthers() {
    try (Journal journal = store().create("r1")) {
      journal.append(Stories.runStarted());
      journal.append(new StepFinished(STEP));
      journal.flush();
      assertThat(read(store(), "r1")).hasSize(2);
      journal.flush();
      assertThat(read(store(), "r1")).hasSize(2);
    }
  }

  @Test
  void theEndsOfAJournalSayWhereItsRunStands() {
    RunStore store = store();
    RunPaused pause = new RunPaused(PauseReason.WAITING, null);
    VariableSet given = new VariableSet(STEP, "v", Value.integer(1));
    RunEvent goesOn = Stories.runResumed(false);
    assertThat(statusAfter(store)).isEqualTo(Status.INTERRUPTED);
    assertThat(statusAfter(store, new StepFinished(STEP))).isEqualTo(Status.INTERRUPTED);
    assertThat(statusAfter(store, pause)).isEqualTo(Status.PAUSED);
    assertThat(statusAfter(store, pause, ANSWER, ANSWER)).isEqualTo(Status.PAUSED);
    assertThat(statusAfter(store, pause, ANSWER, given)).isEqualTo(Status.PAUSED);
    assertThat(statusAfter(store, pause, goesOn)).isEqualTo(Status.INTERRUPTED);
    assertThat(statusAfter(store, pause, goesOn, ANSWER)).isEqualTo(Status.INTERRUPTED);
    assertThat(statusAfter(store, ANSWER)).isEqualTo(Status.INTERRUPTED);
    assertThat(statusAfter(store, new RunFinished(Outcome.DONE))).isEqualTo(Status.DONE);
    assertThat(statusAfter(store, new RunFinished(Outcome.FAILED), ANSWER))
        .isEqualTo(Status.FAILED);
    assertThat(statusAfter(store, new RunFinished(Outcome.ABORTED))).isEqualTo(Status.ABORTED);
  }

  @Test
  void aSummaryTellsWhatTheFirstRecordSaysAndWhoCarriesItOut() {
    RunStore store = store();
    try (Journal journal = store.create("r1")) {
      journal.append(Stories.runStarted());
      journal.flush();
      RunSummary summary = store().list().get(0);
      assertThat(summary)
          .isEqualTo(
              new RunSummary(
                  "r1",
                  "pglogical/resync",
                  "1.2.0",
                  Status.RUNNING,
                  null,
                  Stories.NOW,
                  Stories.NOW,
                  "anna",
                  summary.holder()));
      assertThat(summary.holder()).startsWith("pid 1, anna@host1, ");
    }
    assertThat(store.list().get(0).holder()).isNull();
  }

  @Test
  void runsComeInTheOrderTheyBegan() {
    for (String second : List.of("2026-01-03T00:00:00Z", "2026-01-01T00:00:00Z")) {
      Clock clock = Clock.fixed(Instant.parse(second), ZoneOffset.UTC);
      write(store(clock, "pid 1"), "r" + second.substring(8, 10));
    }
    assertThat(store().list()).extracting(RunSummary::run).containsExactly("r01", "r03");
  }

  @Test
  void aRunThatNeverBeganIsNone() {
    store().create("r1").close();
    RunStore store = store();
    assertThat(store.list()).isEmpty();
    for (int twice = 0; twice < 2; twice++) {
      assertThatThrownBy(() -> store.open("r1"))
          .isInstanceOf(UnknownRun.class)
          .hasMessageContaining("never began");
    }
    assertThatThrownBy(() -> store.read("r1", e -> {})).isInstanceOf(UnknownRun.class);
    assertThatThrownBy(() -> store.create("r1")).isInstanceOf(RunIdTaken.class);
  }

  @Test
  void anIdIsTakenOnce() {
    try (Journal journal = store().create("r1")) {
      assertThatThrownBy(() -> store().create("r1"))
          .isInstanceOf(RunIdTaken.class)
          .hasMessageStartingWith("there is a run r1 already in ");
      journal.append(Stories.runStarted());
    }
    assertThatThrownBy(() -> store().create("r1")).isInstanceOf(RunIdTaken.class);
    assertThat(read(store(), "r1")).hasSize(1);
  }

  @Test
  void oneOwnerAtATimeAndTheOtherIsToldWho() {
    write(store(), "r1");
    RunStore store = store();
    try (Journal journal = store.open("r1")) {
      for (RunStore other : List.of(store, store(Stories.CLOCK, "pid 2"))) {
        assertThatThrownBy(() -> other.open("r1"))
            .isInstanceOf(RunLocked.class)
            .hasMessageStartingWith("run r1 is held by pid 1, anna@host1")
            .hasMessageContaining("since ");
      }
      journal.append(new StepFinished(STEP));
    }
    try (Journal journal = store(Stories.CLOCK, "pid 2").open("r1")) {
      assertThat(journal.state().lastSeq()).isEqualTo(2);
    }
  }

  @Test
  void whatIsClaimedIsClaimedOnce() {
    RunStore store = store();
    RunStore other = store(Stories.CLOCK, "pid 2");
    RunStore.Claim claim = store.claim("a runbook on db=x", "run r1");
    store.claim("another", "run r1").close();
    assertThatThrownBy(() -> other.claim("a runbook on db=x", "run r2"))
        .isInstanceOf(RunLocked.class)
        .hasMessageStartingWith("a runbook on db=x is held by run r1, pid 1, anna@host1");
    claim.close();
    claim.close();
    other.claim("a runbook on db=x", "run r2").close();
  }

  @Test
  void aLongValueAndAnAttachmentAreKeptBeside() {
    Value rows = Value.text("\u00e4\ud83d\ude00\n".repeat(50_000));
    write(store(), "r1", new RowsSaved(STEP, "v", "d", 1, rows));
    assertThat(read(store(), "r1")).contains(new RowsSaved(STEP, "v", "d", 1, rows));
    try (Journal journal = store().open("r1")) {
      String digest = journal.attach("content \u00e4");
      assertThat(journal.attach("content \u00e4")).isEqualTo(digest);
      assertThat(journal.attachment(digest)).isEqualTo("content \u00e4");
      assertThat(store().attachment("r1", digest)).isEqualTo("content \u00e4");
      assertThatThrownBy(() -> journal.attachment("../journal.jsonl"))
          .isInstanceOf(JournalFailure.class);
      assertThatThrownBy(() -> store().attachment("r1", "0".repeat(64)))
          .isInstanceOf(JournalFailure.class)
          .hasMessageContaining("is missing, and the journal needs it");
    }
  }

  @Test
  void aDraftIsTheLastOneOfItsName() {
    write(store(), "r1");
    write(store(), "r2");
    try (Journal journal = store().open("r1")) {
      assertThat(journal.draft("../journal.jsonl")).isEmpty();
      journal.keepDraft("../a \u00e4[1]", "one");
      journal.keepDraft("../a \u00e4[1]", "two \u00e4");
      journal.keepDraft("b", "other");
      assertThat(journal.draft("../a \u00e4[1]")).isEqualTo("two \u00e4");
      assertThat(store().draft("r1", "b")).isEqualTo("other");
      assertThat(store().draft("r2", "b")).isEmpty();
      journal.keepDraft("b", "");
      assertThat(journal.draft("b")).isEmpty();
    }
    assertThat(store().audit("r1").damage()).isNull();
    assertThatThrownBy(() -> store().draft("r3", "b")).isInstanceOf(UnknownRun.class);
  }

  @Test
  void aClosedJournalTakesNothing() {
    Journal journal = store().create("r1");
    journal.append(Stories.runStarted());
    journal.close();
    journal.close();
    assertThatThrownBy(() -> journal.append(new StepFinished(STEP)))
        .isInstanceOf(JournalFailure.class);
    assertThatThrownBy(journal::flush).isInstanceOf(JournalFailure.class);
    assertThat(read(store(), "r1")).hasSize(1);
  }

  @Test
  void aTailReadsOnAndTellsWhetherSomebodyIsThere() {
    try (Journal journal = store().create("r1")) {
      journal.append(Stories.runStarted());
      journal.flush();
      List<Long> seen = new ArrayList<>();
      try (JournalTail tail = store().tail("r1")) {
        tail.read(entry -> seen.add(entry.seq()));
        tail.read(entry -> seen.add(entry.seq()));
        assertThat(seen).containsExactly(1L);
        journal.append(new StepFinished(STEP));
        journal.append(new RunFinished(Outcome.DONE));
        journal.flush();
        tail.read(entry -> seen.add(entry.seq()));
        assertThat(seen).containsExactly(1L, 2L, 3L);
        assertThat(tail.isOwned()).isTrue();
        journal.close();
        assertThat(tail.isOwned()).isFalse();
        assertThat(tail.torn()).isZero();
      }
    }
  }

  @Test
  void anAuditProvesTheRecordAndNamesItsLastHash() {
    write(store(), "r1", new RunFinished(Outcome.DONE));
    JournalAudit audit = store().audit("r1");
    assertThat(audit.damage()).isNull();
    assertThat(audit.records()).isEqualTo(2);
    assertThat(audit.hash()).hasSize(64).isEqualTo(store().audit("r1").hash());
    assertThat(audit.deeds()).extracting(JournalAudit.Deed::text).last().isEqualTo("ended: done");
  }

  @Test
  void anAnswerReachesWhoeverGoesOn() {
    GateRequested question = new GateRequested(STEP, GateKind.GATE, "Sure?", "d1", null);
    write(
        store(),
        "r1",
        Stories.stepStarted(STEP),
        question,
        new RunPaused(PauseReason.WAITING, null));
    store()
        .answer(
            "r1",
            state -> {
              String digest = PostedAnswer.question(state, STEP);
              assertThat(digest).isEqualTo("d1");
              return List.of(new PostedAnswer(STEP, digest, "carl", Answer.APPROVED, "fine"));
            });
    RunStore store = store();
    try (Journal journal = store.open("r1")) {
      for (PostedAnswer posted : store.posted("r1")) {
        journal.append(java.util.Objects.requireNonNull(posted.event(journal.state())));
      }
    }
    assertThat(store.posted("r1")).isEmpty();
    RunState state = store.read("r1", entry -> {});
    assertThat(state.isWaiting(STEP)).isFalse();
    assertThat(state.step(STEP).gateAnswers())
        .singleElement()
        .satisfies(
            given -> {
              assertThat(given.answer()).isEqualTo(Answer.APPROVED);
              assertThat(given.comment()).isEqualTo("fine");
              assertThat(given.digest()).isEqualTo("d1");
            });
  }
}
