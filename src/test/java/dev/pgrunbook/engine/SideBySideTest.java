package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.engine.RunResult.Paused;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.RowsSaved;
import dev.pgrunbook.journal.RunEvent.StatementStarted;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Items and steps side by side, on a server that tells who runs beside whom: a statement waits for
 * a lock that the test holds until it has seen enough.
 */
@ExtendWith(PostgresExtension.class)
class SideBySideTest {

  private static final String HEAD =
      """
      runbook: test/parallel
      version: "1.0.0"
      title: Side by side
      targets: {db: {}}
      steps:
      """;

  private static final String TIDY =
      "finally: [{id: tidy, target: db, sql: \"INSERT INTO log VALUES ('tidy', 0, 0)\"}]\n";

  /** Counts who is within at the same time. */
  private static final String WITHIN =
      "INSERT INTO log SELECT 'within', :n, count(*) FROM pg_locks"
          + " WHERE locktype = 'advisory' AND objid = 1 AND granted";

  @TempDir private Path store;
  private TestPostgres postgres;

  @BeforeEach
  void tables(TestPostgres fresh) {
    postgres = fresh;
    postgres.execute("CREATE TABLE log (what text, x bigint, y bigint)");
  }

  private RunbookRun run(String steps) {
    return RunbookRun.of(HEAD + steps.indent(2) + TIDY, store).on("db", postgres);
  }

  private String log(String what) {
    return postgres.queryRows("SELECT x FROM log WHERE what = '" + what + "' ORDER BY x").stream()
        .map(row -> String.valueOf(row.get(0)))
        .collect(Collectors.joining(" "));
  }

  /** A lock that statements wait for until it is closed. */
  private final class Hurdle implements AutoCloseable {

    private final Connection connection;

    Hurdle(int key) throws SQLException {
      connection = postgres.connect();
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT pg_advisory_lock(" + key + ")");
      }
    }

    /** Returns once so many statements wait at hurdles. */
    void awaitWaiting(int count) {
      Waiting.until(() -> waiting() == count);
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private long waiting() {
    return postgres.queryLong(
        "SELECT count(*) FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)"
            + " WHERE l.locktype = 'advisory' AND NOT l.granted"
            + " AND a.datname = current_database() AND a.application_name LIKE 'pgrunbook/%'");
  }

  private static CompletableFuture<RunResult> begin(RunbookRun run) {
    return CompletableFuture.supplyAsync(run::run);
  }

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
  void aFailedItemLetsOthersEndAndNoneBegin() throws SQLException {
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2, 3, 4], parallel: 3}
              target: db
              transaction: single
              sql: |
                SELECT pg_advisory_xact_lock_shared(1);
                SELECT CASE WHEN :n = 3 THEN pg_advisory_xact_lock_shared(2) END;
                SELECT 1 / (:n - 1);
                SELECT 1 / (:n - 2);
                INSERT INTO log VALUES ('items', :n)
            """);
    CompletableFuture<RunResult> result;
    try (Hurdle start = new Hurdle(1);
        Hurdle hurdle = new Hurdle(2)) {
      result = begin(run);
      start.awaitWaiting(3);
      start.close();
      Waiting.until(() -> run.events(StepFailed.class).size() == 2);
      hurdle.awaitWaiting(1);
      assertThat(log("tidy")).isEmpty();
    }
    assertThat(result.join()).isEqualTo(RunbookRun.FAILED);
    assertThat(log("items")).isEqualTo("3");
    assertThat(log("tidy")).isEqualTo("0");
    List<StepFailed> failed = run.events(StepFailed.class);
    assertThat(failed).hasSize(3);
    assertThat(failed.get(2).address()).isEqualTo(StepAddress.of("items"));
    assertThat(failed.get(2).message())
        .startsWith("2 of 4 failed\nitems[1]: division by zero")
        .contains("\nitems[2]: division by zero");
    assertThat(run.state().step(new StepAddress("items", List.of(4))).startedSeq()).isZero();
  }

  @Test
  void aFailedItemIsTriedAgainWhenTheRunIsResumed() {
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2, 3], parallel: 3}
              target: db
              sql: |
                INSERT INTO log VALUES ('items', :n);
                SELECT 1 / (2 - count(*)) FROM log WHERE what = 'broken' AND x = :n
            """);
    postgres.execute("INSERT INTO log VALUES ('broken', 2), ('broken', 2)");
    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);
    postgres.execute("DELETE FROM log WHERE what = 'broken'");
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(log("items")).isEqualTo("1 2 3");
  }

  @Test
  void oneItemThatWaitsForAPersonPausesTheRunWhenTheOthersHaveEnded() throws SQLException {
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2, 3, 4], parallel: 2}
              steps:
                - {id: ask, when: n == 1, gate: "Go on?", type: yes}
                - {id: work, target: db, transaction: single, sql: "SELECT pg_advisory_xact_lock_shared(2); INSERT INTO log VALUES ('work', :n)"}
            """);
    CountDownLatch asked = new CountDownLatch(1);
    run.answering(
        "ask",
        request -> {
          Waiting.until(() -> waiting() == 1);
          asked.countDown();
          return new Decision.Pause();
        });
    CompletableFuture<RunResult> result;
    try (Hurdle hurdle = new Hurdle(2)) {
      result = begin(run);
      Waiting.until(() -> asked.getCount() == 0);
      assertThat(result).isNotDone();
    }
    assertThat(result.join())
        .isEqualTo(new Paused(PauseReason.WAITING, "ask[1] waits for an answer"));
    assertThat(log("work")).isEqualTo("2");
    assertThat(log("tidy")).isEmpty();
    run.answering("ask", request -> new Decision.Approve(RunbookRun.OPERATOR, null, null));
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(log("work")).isEqualTo("1 2 3 4");
  }

  @Test
  void aQuestionKeepsNobodyElseFromGoingOn() {
    CountDownLatch answered = new CountDownLatch(1);
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2, 3, 4], parallel: 2}
              steps:
                - {id: ask, when: n == 1, gate: "Go on?"}
                - {id: work, target: db, sql: "INSERT INTO log VALUES ('work', :n)"}
            """);
    run.answering(
        "ask",
        request -> {
          Waiting.until(() -> log("work").equals("2 3 4"));
          answered.countDown();
          return new Decision.Approve(RunbookRun.OPERATOR, null, null);
        });
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(answered.getCount()).isZero();
    assertThat(log("work")).isEqualTo("1 2 3 4");
  }

  @Test
  void aProtectedTargetIsAskedAboutOnceForAllItems() {
    RunbookRun run =
        run(
            """
            - {id: items, forEach: {n: [1, 2, 3, 4], parallel: 4}, target: db, sql: "INSERT INTO log VALUES ('items', :n)"}
            """);
    run.protecting("db");
    run.answering("items", request -> new Decision.Approve(RunbookRun.OPERATOR, null, null));
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(run.told().requests(Request.Gate.class)).hasSize(1);
    assertThat(log("items")).isEqualTo("1 2 3 4");
  }

  @Test
  void stoppingCancelsEveryStatement() throws SQLException {
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2, 3], parallel: 2}
              target: db
              transaction: single
              sql: SELECT pg_advisory_xact_lock_shared(2); INSERT INTO log VALUES ('items', :n)
            """);
    try (Hurdle hurdle = new Hurdle(2)) {
      CompletableFuture<RunResult> result = begin(run);
      hurdle.awaitWaiting(2);
      run.interrupt();
      assertThat(result.join())
          .isEqualTo(new Paused(PauseReason.OPERATOR, "stopped by the operator"));
      assertThat(waiting()).isZero();
    }
    assertThat(run.events(StepFailed.class)).isEmpty();
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(log("items")).isEqualTo("1 2 3");
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
  void whoeverIsAskedAboutAFailureIsAskedWhenNothingElseRuns() throws SQLException {
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2, 3, 4, 5], parallel: 3}
              target: db
              transaction: single
              sql: |
                SELECT pg_advisory_xact_lock_shared(1);
                SELECT CASE WHEN :n = 2 THEN pg_advisory_xact_lock_shared(2) END;
                SELECT 1 / abs((:n - 1) * (:n - 3));
                INSERT INTO log VALUES ('items', :n)
            """);
    List<String> asked = new ArrayList<>();
    CompletableFuture<RunResult> result;
    run.underTheHandOf(
        "items",
        request -> {
          if (request instanceof Request.AfterFailure) {
            asked.add(request.address() + ": " + log("items"));
            return new Decision.Skip("never mind");
          }
          return new Decision.Proceed();
        });
    try (Hurdle start = new Hurdle(1);
        Hurdle hurdle = new Hurdle(2)) {
      result = begin(run);
      start.awaitWaiting(3);
      start.close();
      Waiting.until(() -> run.events(StepFailed.class).size() == 2);
      hurdle.awaitWaiting(1);
      assertThat(asked).isEmpty();
    }
    assertThat(result.join()).isEqualTo(RunbookRun.DONE);
    assertThat(asked).containsExactly("items[1]: 2", "items[3]: 2");
    assertThat(log("items")).isEqualTo("2 4 5");
  }

  @Test
  void itemsWaitForAPlaceOnAServerThatHasTooFew() throws SQLException {
    postgres.execute("CREATE ROLE narrow LOGIN PASSWORD 'secret' CONNECTION LIMIT 2");
    postgres.execute("GRANT INSERT ON log TO narrow");
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2, 3, 4, 5], parallel: 5}
              target: db
              transaction: single
              sql: SELECT pg_advisory_xact_lock_shared(2); INSERT INTO log VALUES ('items', :n)
            """);
    run.on("db", postgres.settings("narrow", "secret", postgres.address().port()));
    run.reconnectingFor(Duration.ofMillis(100));
    CompletableFuture<RunResult> result;
    try (Hurdle hurdle = new Hurdle(2)) {
      result = begin(run);
      hurdle.awaitWaiting(2);
      Waiting.until(() -> run.told().notices().size() == 3);
      assertThat(run.told().notices().toString()).contains("waiting for a place");
    }
    assertThat(result.join()).isEqualTo(RunbookRun.DONE);
    assertThat(log("items")).isEqualTo("1 2 3 4 5");
  }

  @Test
  void nobodyWaitsForAPlaceThatOthersHold() throws SQLException {
    postgres.execute("CREATE ROLE crowded LOGIN PASSWORD 'secret' CONNECTION LIMIT 2");
    postgres.execute("GRANT INSERT ON log TO crowded");
    RunbookRun run =
        run(
            """
            - {id: items, forEach: {n: [1, 2], parallel: 2}, target: db, sql: "SELECT :n"}
            """);
    run.on("db", postgres.settings("crowded", "secret", postgres.address().port()));
    run.reconnectingFor(Duration.ofMillis(100));
    try (Connection one = crowded();
        Connection two = crowded()) {
      assertThat(one.isValid(1) && two.isValid(1)).isTrue();
      assertThat(run.run())
          .isInstanceOfSatisfying(
              Paused.class,
              paused -> assertThat(paused.reason()).isEqualTo(PauseReason.ENVIRONMENT));
    }
    Waiting.until(
        () ->
            postgres.queryLong("SELECT count(*) FROM pg_stat_activity WHERE usename = 'crowded'")
                == 0);
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
  }

  private Connection crowded() throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), "crowded", "secret");
  }

  @Test
  void aLostSessionIsItsItemsAlone() throws SQLException {
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2, 3], parallel: 3}
              target: db
              transaction: single
              sql: |
                INSERT INTO log VALUES ('items', :n);
                SELECT pg_advisory_xact_lock_shared(:n);
            """);
    CompletableFuture<RunResult> result;
    try (Hurdle first = new Hurdle(1);
        Hurdle second = new Hurdle(2);
        Hurdle third = new Hurdle(3)) {
      result = begin(run);
      third.awaitWaiting(3);
      String lost =
          postgres.queryText(
              "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 2");
      postgres.execute("SELECT pg_terminate_backend(" + lost + ", 10000)");
      // It settles what it had begun without waiting for the others' sessions, and begins anew.
      third.awaitWaiting(3);
      second.close();
      first.close();
    }
    assertThat(result.join()).isEqualTo(RunbookRun.DONE);
    assertThat(log("items")).isEqualTo("1 2 3");
    assertThat(run.told().notices()).anyMatch(text -> text.contains("trying again"));
    assertThat(run.events(StatementStarted.class)).isEmpty();
  }

  @Test
  void whoEndsOldSessionsEndsNoneThatRunsBeside() throws SQLException {
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2], parallel: 2}
              target: db
              transaction: single
              sql: |
                INSERT INTO log VALUES ('items', :n);
                SELECT pg_advisory_xact_lock_shared(:n);
            """);
    run.terminatingBackends();
    CompletableFuture<RunResult> result;
    try (Hurdle first = new Hurdle(1);
        Hurdle second = new Hurdle(2)) {
      result = begin(run);
      second.awaitWaiting(2);
      String beside =
          postgres.queryText(
              "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 1");
      String lost =
          postgres.queryText(
              "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 2");
      postgres.execute("SELECT pg_terminate_backend(" + lost + ", 10000)");
      second.awaitWaiting(2);
      assertThat(
              postgres.queryText(
                  "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                      + " AND objid = 1"))
          .isEqualTo(beside);
      first.close();
    }
    assertThat(result.join()).isEqualTo(RunbookRun.DONE);
    assertThat(log("items")).isEqualTo("1 2");
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
  void whatIsSetAfterAFailureHoldsForAllThatIsLeft() {
    RunbookRun run =
        run(
            """
            - {id: before, target: db, query: "SELECT 0 AS d", save: {d: d}}
            - id: items
              forEach: {n: [1, 2, 3, 4], parallel: 2}
              target: db
              sql: INSERT INTO log SELECT 'items', :n, 1 / (:d::int + :n - 1)
            """);
    run.underTheHandOf(
        "items",
        request ->
            request instanceof Request.AfterFailure
                ? new Decision.SetVariable("d", Value.integer(10), RunbookRun.OPERATOR)
                : new Decision.Proceed());
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(log("items")).isEqualTo("1 2 3 4");
    assertThat(run.events(StepFailed.class)).hasSize(1);
    assertThat(postgres.queryLong("SELECT y FROM log WHERE what = 'items' AND x = 1")).isZero();
  }

  @Test
  void aFailedItemAndOneThatWaitsPauseTheRun() throws SQLException {
    CountDownLatch asked = new CountDownLatch(1);
    RunbookRun run =
        run(
            """
            - id: items
              forEach: {n: [1, 2], parallel: 2}
              steps:
                - {id: ask, when: n == 1, gate: "Go on?"}
                - {id: work, target: db, transaction: single, sql: "SELECT pg_advisory_xact_lock_shared(2); SELECT 1 / (2 - count(*)) FROM log WHERE what = 'broken' AND :n = 2"}
            """);
    postgres.execute("INSERT INTO log VALUES ('broken', 2), ('broken', 2)");
    run.answering(
        "ask",
        request -> {
          Waiting.until(() -> waiting() == 1);
          asked.countDown();
          Waiting.until(() -> !run.events(StepFailed.class).isEmpty());
          return new Decision.Pause();
        });
    CompletableFuture<RunResult> result;
    try (Hurdle hurdle = new Hurdle(2)) {
      result = begin(run);
      Waiting.until(() -> asked.getCount() == 0);
    }
    assertThat(result.join())
        .isEqualTo(new Paused(PauseReason.WAITING, "ask[1] waits for an answer"));
    assertThat(log("tidy")).isEmpty();
    postgres.execute("DELETE FROM log WHERE what = 'broken'");
    run.answering("ask", request -> new Decision.Approve(RunbookRun.OPERATOR, null, null));
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
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
