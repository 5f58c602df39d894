package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.journal.FileRunStore;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What options answer and what they do not; approvals and rejections from elsewhere. */
@ExtendWith(PostgresExtension.class)
class AnswersTest {
  private static final String HEAD =
      """
      runbook: ask
      version: "1.0.0"
      title: Ask
      targets: {db: {}}
      steps:
      """;
  private static final String REVIEW =
      HEAD
          + """
          - id: drop
            target: db
            generate: SELECT format('DROP TABLE %I', c) AS statement, 'small' AS size FROM unnest(ARRAY['t']) AS c
          - id: ask
            confirm: Is it well
            target: db
            sql: CREATE TABLE u ()
          """
              .indent(2);

  @TempDir Path folder;
  private Caller caller;

  @BeforeEach
  void atHome() {
    caller = new Caller(folder).file("review.yaml", REVIEW);
  }

  @Test
  void yesAnswersReviewsAndConfirmationsAndShowsWhatItApproves(TestPostgres db) {
    db.execute("CREATE TABLE t ()");
    assertThat(caller.run("review.yaml", db, "r1", "--yes")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("DROP TABLE t", "small", "--yes");
    assertThat(db.queryText("SELECT to_regclass('u')")).isEqualTo("u");
    assertThat(caller.call("show", "r1")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("approved by " + user() + " (--yes)");
  }

  @Test
  void approveAnswersOneStepOnly(TestPostgres db) {
    db.execute("CREATE TABLE t ()");
    assertThat(caller.run("review.yaml", db, "r1", "--approve", "drop")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out()).contains("--approve drop", "paused: ask waits");
    assertThat(db.queryText("SELECT to_regclass('t')")).isNull();
    assertThat(caller.resume("r1", db, "--approve", "aks")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("ask has no step \"aks\"", "did you mean \"ask\"?");
    assertThat(caller.resume("r1", db, "--approve=ask")).isEqualTo(ExitCode.DONE);
  }

  @Test
  void anAuditTellsWhoDidWhatAndFindsWhatWasChanged(TestPostgres db) throws IOException {
    db.execute("CREATE TABLE t ()");
    assertThat(caller.run("review.yaml", db, "r1", "--yes")).isEqualTo(ExitCode.DONE);
    assertThat(caller.call("audit", "r1")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .contains("began ask 1.0.0 on db ", "drop: approved the statements of digest", "--yes")
        .contains("ask: committed statement 1 in transaction", "ended: done")
        .containsPattern(
            "\\n\\d+ records are whole and unchanged; the last one's hash is \\w{64}\\R$");

    Path journal = folder.resolve("state/pgrunbook/runs/r1/journal.jsonl");
    Files.writeString(journal, Files.readString(journal).replaceFirst("--yes", "--yet"));
    assertThat(caller.call("audit", "r1")).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(caller.err()).contains(journal.toString(), "line ");
    assertThat(caller.call("show", "r1")).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(caller.err()).contains(journal.toString(), "damaged at line ");
    assertThat(caller.resume("r1", db)).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(caller.call("audit", "r2")).isEqualTo(ExitCode.INVALID);
  }

  @Test
  void whatWaitsForAReviewIsShown(TestPostgres db) {
    db.execute("CREATE TABLE t ()");
    assertThat(caller.run("review.yaml", db, "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out()).contains("DROP TABLE t");
    assertThat(caller.call("show", "r1")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("To review: drop", "DROP TABLE t;", "size: small");
  }

  @Test
  void aRejectionIsAskedAgainAndNotOverriddenByYes(TestPostgres db) {
    db.execute("CREATE TABLE t ()");
    assertThat(caller.run("review.yaml", db, "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.call("reject", "r1", "drop", "--comment", "not today"))
        .isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).startsWith("rejected: drop.");
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.PAUSED);
    assertThat(db.queryText("SELECT to_regclass('t')")).isEqualTo("t");
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.PAUSED);

    assertThat(caller.call("approve", "r1", "drop")).isEqualTo(ExitCode.DONE);
    assertThat(caller.resume("r1", db)).isEqualTo(ExitCode.PAUSED);
    assertThat(db.queryText("SELECT to_regclass('t')")).isNull();
    assertThat(caller.call("reject", "r1", "ask")).isEqualTo(ExitCode.DONE);
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.call("approve", "r1", "ask")).isEqualTo(ExitCode.DONE);
    assertThat(caller.resume("r1", db)).isEqualTo(ExitCode.DONE);
  }

  @Test
  void yesAnswersNothingThatIsTypedOrNeedsOthersOrOnlyAPersonCanTell(TestPostgres db) {
    caller.file("typed.yaml", HEAD + "  - {id: q, gate: Sure, type: TRUNCATE}\n");
    caller.file("two.yaml", HEAD + "  - {id: q, gate: Sure, approvals: 2}\n");
    caller.file("manual.yaml", HEAD + "  - {id: q, manual: Look, ask: {lag: integer}}\n");
    for (String file : new String[] {"typed", "two", "manual"}) {
      assertThat(caller.run(file + ".yaml", db, file, "--yes", "--approve", "q"))
          .as(file)
          .isEqualTo(ExitCode.PAUSED);
      assertThat(caller.out()).contains("paused: q waits");
    }
    assertThat(caller.call("approve", "manual", "q")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("step q asks for what only a person at its terminal");
  }

  @Test
  void aProtectedTargetIsNotWrittenToByYes(TestPostgres db) {
    caller.file(
        "pgrunbook.yaml",
        "connections: {main: {url: \"postgresql://"
            + db.address().user()
            + "@"
            + db.address().host()
            + ":"
            + db.address().port()
            + "/"
            + db.database()
            + "\", protected: true}}\nenvironments: {prod: {db: main}}\n");
    caller.with("PGPASSWORD", db.address().password());
    caller.file("write.yaml", HEAD + "  - {id: make, target: db, sql: CREATE TABLE t ()}\n");
    assertThat(caller.call("run", "write.yaml", "--env=prod", "--run-id=r1", "--yes"))
        .isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out()).contains("make waits for an answer");
    assertThat(db.queryText("SELECT to_regclass('t')")).isNull();
    assertThat(caller.call("show", "r1")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("The target main is protected");

    assertThat(caller.call("approve", "r1", "make")).isEqualTo(ExitCode.DONE);
    assertThat(caller.call("resume", "r1")).isEqualTo(ExitCode.DONE);
    assertThat(db.queryText("SELECT to_regclass('t')")).isEqualTo("t");
  }

  @Test
  void severalApprovalsAreOfSeveralOtherPeople(TestPostgres db) {
    caller.file("two.yaml", HEAD + "  - {id: q, gate: Sure, approvals: 2}\n");
    assertThat(caller.run("two.yaml", db, "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.call("approve", "r1", "q")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("people other than " + user() + ", who began the run");

    approve("r1", "anna");
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.call("show", "r1")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("approved by anna", "pgrunbook approve r1 q");
    approve("r1", "anna");
    assertThat(caller.resume("r1", db)).isEqualTo(ExitCode.PAUSED);
    approve("r1", "berta");
    assertThat(caller.resume("r1", db)).isEqualTo(ExitCode.DONE);
  }

  @Test
  void whatDoesNotWaitCannotBeAnswered(TestPostgres db) {
    db.execute("CREATE TABLE t ()");
    assertThat(caller.call("approve", "r1", "drop")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("there is no run r1 in", "`pgrunbook runs` lists the runs");
    assertThat(caller.run("review.yaml", db, "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.call("approve", "r1", "ask")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("step ask of run r1 waits for no answer", "this waits: drop");
    assertThat(caller.call("reject", "r1")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).startsWith("pgrunbook reject: STEP is missing.");
    assertThat(caller.call("approve")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).startsWith("pgrunbook: approve takes RUN and STEP, or --plan FILE");
  }

  /** Approves as somebody else, as their own process would. */
  private void approve(String run, String by) {
    Path store = folder.resolve("state/pgrunbook");
    StepAddress address = StepAddress.of("q");
    try (Journal journal = new FileRunStore(store, Clock.systemUTC(), by).open(run)) {
      GateRequested gate = journal.state().step(address).gateRequested();
      assertThat(gate).isNotNull();
      journal.append(
          new GateAnswered(address, gate.gate(), by, Answer.APPROVED, null, gate.digest()));
    }
  }

  private static String user() {
    return System.getProperty("user.name");
  }
}
