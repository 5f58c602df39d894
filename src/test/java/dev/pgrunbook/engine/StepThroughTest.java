package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.engine.MortalJournal.Death;
import dev.pgrunbook.engine.MortalJournal.Moment;
import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator decides while a run waits for him, and what becomes of it when all dies. */
@ExtendWith(PostgresExtension.class)
class StepThroughTest {

  private static final String HEAD =
      """
      runbook: test/hand
      version: "1.0.0"
      title: Under a hand
      params: {n: {type: integer, default: 1}}
      targets: {db: {}}
      """;
  private static final String UNDOABLE =
      HEAD
          + """
          steps:
            - id: outer
              forEach: {item: [1, 2]}
              steps:
                - id: fill
                  target: db
                  sql: INSERT INTO log VALUES ('fill', :item)
                  undo: |
                    INSERT INTO log VALUES ('undone', :item);
                    INSERT INTO log VALUES ('undone too', :item)
            - id: last
              target: db
              sql: INSERT INTO log VALUES ('last', 0)
          """;
  private static final StepAddress FILL = new StepAddress("fill", List.of(2));

  @TempDir private Path store;
  private TestPostgres postgres;

  @BeforeEach
  void tables(TestPostgres fresh) {
    postgres = fresh;
    postgres.execute("CREATE TABLE log (what text, x bigint)");
  }

  private RunbookRun run(String runbook) {
    postgres.execute("TRUNCATE log");
    return RunbookRun.of(runbook, store).on("db", postgres);
  }

  private List<List<@Nullable String>> log() {
    return postgres.queryRows("SELECT what, x FROM log ORDER BY what, x");
  }

  private RunbookRun undoingOnce() {
    RunbookRun run = run(UNDOABLE);
    return run.underTheHandOf(
        "last",
        request ->
            run.state().step(FILL.undo()).status() == Status.PENDING
                ? new Decision.Undo(FILL, RunbookRun.OPERATOR)
                : new Decision.Proceed());
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void anUndoingHasItsEffectOnceWhereverTheProcessDies(Moment moment) {
    RunbookRun whole = undoingOnce();
    assertThat(whole.run()).isEqualTo(RunbookRun.DONE);
    List<List<@Nullable String>> expected = log();
    assertThat(expected.toString())
        .isEqualTo("[[fill, 1], [fill, 2], [fill, 2], [last, 0], [undone, 2], [undone too, 2]]");
    int records = whole.journal().size();
    for (int append = 2; append <= records; append++) {
      RunbookRun mortal = undoingOnce();
      dieAt(mortal, append, moment);
      assertThat(mortal.resume()).as("death at %s", append).isEqualTo(RunbookRun.DONE);
      assertThat(log()).as("death at %s", append).isEqualTo(expected);
    }
  }

  private static void dieAt(RunbookRun run, int append, Moment moment) {
    run.through(journal -> new MortalJournal(journal, append, moment));
    try {
      run.run();
      throw new AssertionError("no death at " + append);
    } catch (Death expected) {
      run.through(journal -> journal);
    }
  }

  /** What was undone fails at its next try, in a group within a loop, both of which were done. */
  private RunbookRun failingOnceUndone() {
    RunbookRun run =
        run(
            UNDOABLE
                + """
                onFailure:
                  - {id: sorry, target: db, sql: "INSERT INTO log VALUES ('sorry', 0)"}
                """);
    return run.underTheHandOf(
            "last",
            request -> {
              if (run.state().step(FILL.undo()).status() != Status.PENDING) {
                return new Decision.Proceed();
              }
              postgres.execute(
                  "ALTER TABLE log ADD CONSTRAINT two CHECK (what <> 'fill' OR x <> 2) NOT VALID");
              return new Decision.Undo(FILL, RunbookRun.OPERATOR);
            })
        .underTheHandOf(
            "fill",
            request ->
                request instanceof Request.AfterFailure
                    ? new Decision.Fail()
                    : new Decision.Proceed());
  }

  @Test
  void aRunThatIsLeftAtTheFailureOfWhatWasUndoneEndsAsFailed() {
    RunbookRun run = failingOnceUndone();
    run.underTheHandOf("sorry", request -> new Decision.Pause());
    assertThat(((RunResult.Paused) run.run()).reason()).isEqualTo(PauseReason.OPERATOR);
    assertThat(run.state().step(StepAddress.of("outer")).status()).isEqualTo(Status.FAILED);
    assertThat(run.state().step(new StepAddress("outer", List.of(2))).status())
        .isEqualTo(Status.FAILED);

    run.underTheHandOf("sorry", request -> new Decision.Proceed());
    assertThat(run.resume()).isEqualTo(RunbookRun.FAILED);
    assertThat(run.events(StepFailed.class).stream().filter(one -> one.address().equals(FILL)))
        .hasSize(1);
    assertThat(log().toString())
        .isEqualTo("[[fill, 1], [fill, 2], [sorry, 0], [undone, 2], [undone too, 2]]");

    // The end is behind; what was undone is tried again, and fails, and so the run ends again.
    run.underTheHandOf("sorry", request -> new Decision.Pause());
    assertThat(run.resume()).isInstanceOf(RunResult.Paused.class);
    run.underTheHandOf("sorry", request -> new Decision.Proceed());
    assertThat(run.resume()).isEqualTo(RunbookRun.FAILED);
    assertThat(run.events(StepFailed.class).stream().filter(one -> one.address().equals(FILL)))
        .hasSize(2);

    postgres.execute("ALTER TABLE log DROP CONSTRAINT two");
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(log().toString())
        .isEqualTo(
            "[[fill, 1], [fill, 2], [fill, 2], [last, 0], [sorry, 0], [sorry, 0], [undone, 2],"
                + " [undone too, 2]]");
  }

  @Test
  void aFailedStepIsTriedAgainLeftOutOrDone() {
    RunbookRun run =
        run(
            HEAD
                + """
                steps:
                  - {id: again, target: db, sql: "INSERT INTO log SELECT 'again', x FROM source"}
                  - {id: skipped, target: db, check: SELECT false}
                  - {id: done, target: db, check: SELECT false}
                """);
    run.underTheHandOf(
        "again",
        request -> {
          if (request instanceof Request.AfterFailure failure) {
            assertThat(failure.refused()).isNotNull();
            postgres.execute("CREATE TABLE source AS SELECT 1 AS x");
            return new Decision.Settle(Mark.AGAIN, "made the table", "carol");
          }
          return new Decision.Proceed();
        });
    run.underTheHandOf(
        "skipped",
        request ->
            request instanceof Request.AfterFailure
                ? new Decision.Skip("does not matter")
                : new Decision.Proceed());
    run.underTheHandOf("done", request -> new Decision.Settle(Mark.DONE, "by hand", "carol"));

    assertThat(run.run()).isEqualTo(RunbookRun.DONE);

    assertThat(log().toString()).isEqualTo("[[again, 1]]");
    assertThat(run.state().step(StepAddress.of("skipped")).status()).isEqualTo(Status.SKIPPED);
    assertThat(run.state().step(StepAddress.of("done")).status()).isEqualTo(Status.DONE);
    assertThat(run.events(OperatorMarked.class))
        .containsExactly(
            new OperatorMarked(StepAddress.of("again"), Mark.AGAIN, "made the table", "carol"),
            new OperatorMarked(StepAddress.of("done"), Mark.DONE, "by hand", "carol"));
  }

  @Test
  void aRunLeftAtAFailureGoesOnWithThatStepAndNotWithItsEnd() {
    RunbookRun run =
        run(
            HEAD
                + """
                steps:
                  - {id: fails, target: db, check: SELECT count(*) > 0 FROM log}
                onFailure:
                  - {id: repair, target: db, sql: "INSERT INTO log VALUES ('repair', 0)"}
                """);
    run.underTheHandOf(
        "fails",
        request ->
            request instanceof Request.AfterFailure
                ? new Decision.Pause()
                : new Decision.Proceed());
    RunResult.Paused paused = (RunResult.Paused) run.run();
    assertThat(paused.reason()).isEqualTo(PauseReason.OPERATOR);

    postgres.execute("INSERT INTO log VALUES ('there', 0)");
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);

    assertThat(log().toString()).isEqualTo("[[there, 0]]");
    assertThat(run.events(StepFailed.class)).hasSize(1);
  }

  @Test
  void whatIsSetHoldsFromThereOnAlsoWhenResumed() {
    RunbookRun run =
        run(
            HEAD
                + """
                steps:
                  - {id: first, target: db, sql: "INSERT INTO log VALUES ('first', :n)"}
                  - {id: second, target: db, sql: "INSERT INTO log VALUES ('second', :n)"}
                  - {id: third, target: db, sql: "INSERT INTO log VALUES ('third', :n)"}
                """);
    run.underTheHandOf(
        "second",
        request ->
            run.state().hasVariable("n")
                ? new Decision.Proceed()
                : new Decision.SetVariable("n", Value.integer(7), "carol"));
    run.underTheHandOf("third", request -> new Decision.Pause());
    run.run();
    run.underTheHandOf("third", request -> new Decision.Proceed());

    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);

    assertThat(log().toString()).isEqualTo("[[first, 1], [second, 7], [third, 7]]");
  }
}
