package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.RowsSaved;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.testing.RunbookRun;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What runs side by side: how much at once, what it saves, and who hears of it. */
class SideBySideTest extends SideBySideRuns {

  @Test
  void asManyItemsAsSaidRunAtOnceAndNoMore() throws SQLException {
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2, 3, 4, 5, 6, 7], parallel: 3}
              target: db
              transaction: single
              sql: |
                SELECT pg_advisory_xact_lock_shared(1);
                SELECT pg_advisory_xact_lock_shared(2);
                %s
            """
                .formatted(WITHIN));
    CompletableFuture<RunResult> result;
    try (Hurdle hurdle = new Hurdle(2)) {
      result = begin(run);
      hurdle.awaitWaiting(3);
      assertThat(run.events(StepStarted.class)).hasSize(4);
    }
    assertThat(result.join()).isEqualTo(RunbookRun.DONE);
    assertThat(log("within")).isEqualTo("1 2 3 4 5 6 7");
    assertThat(postgres.queryLong("SELECT max(y) FROM log WHERE what = 'within'")).isEqualTo(3);
  }

  @Test
  void stepsOfAGroupRunAtOnce() throws SQLException {
    RunbookRun run =
        run(
            """
            - id: group
              parallel: 2
              steps:
                - {id: a, target: db, sql: "SELECT pg_advisory_xact_lock_shared(2); INSERT INTO log VALUES ('a', 1)"}
                - id: b
                  steps:
                    - {id: b1, target: db, sql: "SELECT pg_advisory_xact_lock_shared(2) IS NULL AS n", save: {n: n}}
                    - {id: b2, target: db, sql: "INSERT INTO log VALUES ('b', :n::int)"}
                - {id: c, target: db, sql: "INSERT INTO log VALUES ('c', 1)"}
            - {id: after, target: db, sql: "INSERT INTO log VALUES ('after', :n::int)"}
            """);
    CompletableFuture<RunResult> result;
    try (Hurdle hurdle = new Hurdle(2)) {
      result = begin(run);
      hurdle.awaitWaiting(2);
      assertThat(log("c")).isEmpty();
    }
    assertThat(result.join()).isEqualTo(RunbookRun.DONE);
    assertThat(log("a") + log("b") + log("c") + log("after")).isEqualTo("1010");
  }

  @Test
  void whatIsSavedKeepsTheItemsOrderWhateverOrderTheyEndIn() throws SQLException {
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2, 3, 4], parallel: 2}
              target: db
              sql: |
                SELECT CASE WHEN :n = 1 THEN pg_advisory_xact_lock_shared(2) END;
                SELECT :n * 10 AS ten
              transaction: single
              save: {tens: ten}
            - {id: after, forEach: {t: tens}, target: db, sql: "INSERT INTO log VALUES ('after', :t)"}
            """);
    CompletableFuture<RunResult> result;
    try (Hurdle hurdle = new Hurdle(2)) {
      result = begin(run);
      hurdle.awaitWaiting(1);
      Waiting.until(() -> run.events(RowsSaved.class).size() == 3);
    }
    assertThat(result.join()).isEqualTo(RunbookRun.DONE);
    assertThat(run.events(RowsSaved.class).stream().map(saved -> saved.address().items().get(0)))
        .containsExactly(2, 3, 4, 1);
    assertThat(run.variable("tens").display()).isEqualTo("[10,20,30,40]");
    assertThat(run.events(StepFinished.class).stream().map(done -> done.address().toString()))
        .contains("after[1]", "after[4]");
  }

  @Test
  void someoneWhoGoesThroughItStepByStepHasOneItemAtATime() {
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2, 3], parallel: 3}
              target: db
              transaction: single
              sql: |
                SELECT pg_advisory_xact_lock_shared(1);
                %s
            """
                .formatted(WITHIN));
    assertThat(run.oneAtATime().run()).isEqualTo(RunbookRun.DONE);
    List<String> order = new ArrayList<>();
    for (RunEvent event : run.journal().stream().map(JournalRecord::event).toList()) {
      if (event instanceof StepStarted started && !started.address().items().isEmpty()) {
        order.add("+" + started.address().items().get(0));
      } else if (event instanceof StepFinished done && !done.address().items().isEmpty()) {
        order.add("-" + done.address().items().get(0));
      }
    }
    assertThat(order).containsExactly("+1", "-1", "+2", "-2", "+3", "-3");
  }

  @Test
  void probesAreWatchedTogether() {
    RunbookRun run =
        run(
            """
            - id: watch
              forEach: {n: [1, 2, 3], parallel: 3}
              probe:
                every: 100ms
                timeout: 60s
                sources: {db: "SELECT count(DISTINCT x) AS done FROM log WHERE what = 'nudged' AND :n > 0"}
                until: done == 3
                stall: {after: 150ms, steps: [{id: nudge, target: db, sql: "INSERT INTO log VALUES ('nudged', :n)"}]}
            """);
    // Each ends only because the others nudge, too: one after the other the first would time out.
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(run.told().samples("watch").stream().map(sample -> sample.address().items()))
        .contains(List.of(1), List.of(2), List.of(3));
  }

  @Test
  void listenersHearTheJournalInItsOrderOneRecordAtATime() {
    AtomicInteger within = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<JournalRecord> heard = new ArrayList<>();
    RunbookRun run =
        run(
            """
            - {id: items, forEach: {n: [1, 2, 3, 4, 5, 6, 7, 8], parallel: 8}, target: db, sql: "INSERT INTO log VALUES ('items', :n); INSERT INTO log VALUES ('again', :n)"}
            """);
    run.listening(
        new RunListener() {
          @Override
          public void recorded(JournalRecord entry) {
            most.accumulateAndGet(within.incrementAndGet(), Math::max);
            heard.add(entry);
            Thread.yield();
            within.decrementAndGet();
          }
        });
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(most).hasValue(1);
    List<JournalRecord> journal = run.journal();
    assertThat(heard).isEqualTo(journal.subList(1, journal.size()));
  }
}
