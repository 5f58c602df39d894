package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.engine.RunResult.Paused;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.value.Value;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * What becomes of what runs side by side when some of it fails, waits for a person or is stopped.
 */
class SideBySideEndingsTest extends SideBySideRuns {

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
}
