package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.engine.RunResult.Paused;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Answers that come from another terminal while the run stands still. */
@ExtendWith(PostgresExtension.class)
class ApprovalTest {

  private static final String HEAD =
      """
      runbook: test/approval
      version: "1.0.0"
      title: Approved
      targets: {db: {}}
      steps:
      """;

  private static final String GENERATE =
      HEAD
          + "  - {id: add, target: db, generate: \"SELECT 'INSERT INTO t VALUES (' || x || ')' FROM"
          + " t ORDER BY x\"}\n";

  private static final RunControl NOBODY = request -> new Decision.Pause();

  @TempDir private Path store;

  private RunbookRun run(String runbook, TestPostgres postgres) {
    postgres.execute("CREATE TABLE t (x int)");
    return RunbookRun.of(runbook, store).on("db", postgres);
  }

  private static String rows(TestPostgres postgres) {
    return String.valueOf(postgres.queryText("SELECT string_agg(x::text, ' ' ORDER BY x) FROM t"));
  }

  private static ReviewAnswered answer(RunbookRun run, Answer answer) {
    ReviewRequested asked = run.events(ReviewRequested.class).get(0);
    return new ReviewAnswered(
        asked.address(), "carol", answer, null, asked.digest(), asked.attachment());
  }

  @Test
  void whatWasApprovedElsewhereIsWhatRuns(TestPostgres postgres) {
    RunbookRun run = run(GENERATE, postgres).answering("add", NOBODY);
    postgres.execute("INSERT INTO t VALUES (1), (2)");
    assertThat(((Paused) run.run()).reason()).isEqualTo(PauseReason.WAITING);
    postgres.execute("INSERT INTO t VALUES (3)");
    run.appending(answer(run, Answer.APPROVED));
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(rows(postgres)).isEqualTo("1 1 2 2 3");
    assertThat(run.told().requests(Request.Review.class)).isEmpty();
  }

  @Test
  void whatWasRejectedElsewhereIsAskedAgain(TestPostgres postgres) {
    RunbookRun run = run(GENERATE, postgres).answering("add", NOBODY);
    postgres.execute("INSERT INTO t VALUES (1)");
    run.run();
    run.appending(answer(run, Answer.REJECTED));
    assertThat(((Paused) run.resume()).reason()).isEqualTo(PauseReason.WAITING);
    assertThat(run.told().requests(Request.Review.class)).hasSize(1);
    assertThat(rows(postgres)).isEqualTo("1");
  }

  @Test
  void aGateIsApprovedElsewhereForExactlyItsQuestion(TestPostgres postgres) {
    RunbookRun run = run(HEAD + "  - {id: g, gate: \"Sure?\"}\n", postgres).answering("g", NOBODY);
    run.run();
    GateRequested asked = run.events(GateRequested.class).get(0);
    run.appending(approval(asked, "of another question", GateKind.GATE));
    assertThat(((Paused) run.resume()).reason()).isEqualTo(PauseReason.WAITING);
    run.appending(approval(asked, asked.digest(), GateKind.GATE));
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
  }

  private static GateAnswered approval(GateRequested asked, String digest, GateKind kind) {
    return new GateAnswered(asked.address(), kind, "carol", Answer.APPROVED, null, digest);
  }

  @Test
  void aManualStepIsApprovedElsewhereUnlessSomethingHasToBeRead(TestPostgres postgres) {
    RunbookRun run =
        run(
                HEAD + "  - {id: m, manual: Pull}\n  - {id: n, manual: Read, ask: {x: integer}}\n",
                postgres)
            .answering("m", NOBODY)
            .answering("n", NOBODY);
    run.run();
    GateRequested pull = run.events(GateRequested.class).get(0);
    run.appending(approval(pull, pull.digest(), GateKind.MANUAL));
    run.resume();
    GateRequested read = run.events(GateRequested.class).get(1);
    assertThat(read.address()).isEqualTo(StepAddress.of("n"));
    run.appending(approval(read, read.digest(), GateKind.MANUAL));
    assertThat(((Paused) run.resume()).reason()).isEqualTo(PauseReason.WAITING);
  }

  @Test
  void aProtectedTargetIsAskedForOnceBeforeTheFirstWrite(TestPostgres postgres) {
    RunbookRun run =
        run(
                HEAD
                    + """
                      - {id: look, target: db, sql: "SELECT 1"}
                      - {id: one, target: db, sql: "INSERT INTO t VALUES (1)"}
                      - {id: two, target: db, sql: "INSERT INTO t VALUES (2)"}
                    """,
                postgres)
            .protecting("db");
    assertThat(((Paused) run.run()).reason()).isEqualTo(PauseReason.WAITING);
    assertThat(run.told().requests(Request.Gate.class))
        .singleElement()
        .satisfies(
            gate -> {
              assertThat(gate.address()).isEqualTo(StepAddress.of("one"));
              assertThat(gate.kind()).isEqualTo(GateKind.PROTECTED);
              assertThat(gate.type()).isEqualTo("db");
            });
    assertThat(rows(postgres)).isEqualTo("null");
    run.answering("one", request -> new Decision.Approve("carol", null, null));
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(run.told().requests(Request.Gate.class)).hasSize(1);
    assertThat(rows(postgres)).isEqualTo("1 2");
  }
}
