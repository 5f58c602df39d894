package dev.pgrunbook.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepSkipped;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.SecretValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalAuditTest {

  private static final StepAddress STEP = StepAddress.of("copy");

  @TempDir Path directory;

  private JournalAudit audit(RunEvent... events) {
    FileRunStore store = new FileRunStore(directory, Stories.CLOCK, "pid 1");
    try (Journal journal = store.create("r1")) {
      journal.append(Stories.runStarted());
      for (RunEvent event : events) {
        journal.append(event);
      }
    }
    return store.audit("r1");
  }

  private JournalAudit again() {
    return new FileRunStore(directory, Stories.CLOCK, "pid 1").audit("r1");
  }

  @Test
  void itTellsWhoDidWhat() {
    JournalAudit audit =
        audit(
            Stories.stepStarted(STEP),
            new GateAnswered(STEP, GateKind.GATE, "carl", Answer.APPROVED, "ticket 7", "d"),
            Stories.prepared(STEP, null, 1, 2, 3),
            Stories.committed(STEP, 1, 2, 3),
            Stories.failed(STEP, "query_canceled", false),
            new RunPaused(PauseReason.IN_DOUBT, "who knows"),
            Stories.runResumed(true),
            new OperatorMarked(STEP, Mark.DONE, "seen it", "dora"),
            new VariableSet(STEP, "v", new SecretValue("hush")),
            new VariableSet(STEP, "w", Value.none()),
            new StepSkipped(STEP.item(2), "`when` is false"),
            new StepFinished(STEP),
            new RunFinished(Outcome.ABORTED));
    assertThat(audit.damage()).isNull();
    assertThat(audit.torn()).isZero();
    assertThat(audit.records()).isEqualTo(14);
    assertThat(audit.deeds())
        .extracting(deed -> deed.seq() + " " + deed.by() + " " + deed.address() + " " + deed.text())
        .containsExactly(
            "1 anna@host1 null began pglogical/resync 1.2.0 on publisher db1:5432/app as admin with"
                + " pgrunbook 0.1.0, runbook digest d1",
            "3 carl copy approved (gate): ticket 7",
            "5 anna@host1 copy committed statements 1 to 3 in transaction 71, digest d:"
                + " 3 \u00d7 INSERT, 30 rows",
            "6 anna@host1 copy statement 1 was refused: why (57014)\nSELECT 1",
            "7 anna@host1 null paused (inDoubt): who knows",
            "8 ben@host2 null gave the run up with pgrunbook 0.1.0, runbook digest d2",
            "9 dora copy marked done: seen it",
            "10 ben@host2 copy set v to ***",
            "12 ben@host2 copy[2] skipped: `when` is false",
            "14 ben@host2 null ended: aborted");
  }

  @Test
  void itsHashIsThatOfTheLastLine() throws IOException {
    JournalAudit audit = audit(new RunFinished(Outcome.DONE));
    assertThat(Files.readString(directory.resolve("runs/r1/journal.jsonl")).strip())
        .endsWith(",\"hash\":\"" + audit.hash() + "\"}");
  }

  @Test
  void damageIsToldWithWhatComesBeforeIt() throws IOException {
    audit(new StepFinished(STEP), new RunFinished(Outcome.DONE));
    Path file = directory.resolve("runs/r1/journal.jsonl");
    Files.writeString(file, Files.readString(file).replace("StepFinished", "StepFinishes"));
    JournalAudit audit = again();
    assertThat(audit.damage()).contains("is damaged at line 2, byte ");
    assertThat(audit.records()).isEqualTo(1);
    assertThat(audit.deeds()).hasSize(1);
  }

  @Test
  void aTornRecordIsToldAndIsNoDamage() throws IOException {
    audit(new RunFinished(Outcome.DONE));
    Path file = directory.resolve("runs/r1/journal.jsonl");
    Files.writeString(file, "{\"seq\"", StandardOpenOption.APPEND);
    JournalAudit audit = again();
    assertThat(audit.damage()).isNull();
    assertThat(audit.torn()).isEqualTo(6);
    assertThat(audit.records()).isEqualTo(2);
  }
}
