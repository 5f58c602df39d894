package dev.pgrunbook.render.report;

import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.OperatorNote;
import dev.pgrunbook.journal.RunEvent.OperatorSql;
import dev.pgrunbook.journal.RunEvent.ProbeFinished;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.RunResumed;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.SqlProgress;
import dev.pgrunbook.journal.RunEvent.StatementCommitted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementFinished;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StatementStarted;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepSkipped;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.report.RunHistory.Decision;
import dev.pgrunbook.render.report.RunHistory.Doing;
import dev.pgrunbook.render.report.RunHistory.Sitting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes the records of a run in order, and keeps of each what reports tell. */
public final class HistoryReader implements Consumer<JournalRecord> {

  static final int MOST_DECISIONS = 500;

  final Map<StepAddress, StepLog> steps = new LinkedHashMap<>();
  final List<Sitting> sittings = new ArrayList<>();
  final List<Decision> decisions = new ArrayList<>();
  final Map<String, String> servers = new LinkedHashMap<>();
  private final Map<StepAddress, JournalRecord> questions = new HashMap<>();
  int decisionCount;
  @Nullable RunStarted started;
  String run = "";
  String digest = "";
  private @Nullable Sitting current;
  private Instant lastAt = Instant.EPOCH;

  @Override
  public void accept(JournalRecord entry) {
    RunEvent event = entry.event();
    if (event instanceof OperatorSql sql) {
      aside(sql, entry.at());
    } else if (event instanceof OperatorNote note) {
      decided(
          new Decision(note.address(), null, entry.at(), "note", note.text(), "", note.by(), null));
    } else if (event instanceof StepEvent stepEvent) {
      StepLog step = steps.computeIfAbsent(stepEvent.address(), StepLog::new);
      take(step, stepEvent, entry);
    } else if (event instanceof RunStarted start) {
      started = start;
      run = entry.run();
      digest = start.digest();
      start.targets().forEach((role, target) -> heard(role, target.server()));
      begin(entry.at(), start.by() + "@" + start.host(), "began");
    } else if (event instanceof RunResumed resumed) {
      endSitting(lastAt, "its process died");
      digest = resumed.digest();
      resumed.servers().forEach(this::heard);
      String how = resumed.abort() ? "aborted" : "resumed";
      begin(entry.at(), resumed.by() + "@" + resumed.host(), how);
    } else if (event instanceof RunPaused paused) {
      String why = paused.message() == null ? "" : ": " + paused.message();
      endSitting(entry.at(), "paused, " + paused.reason().word() + why);
    } else if (event instanceof RunFinished finished) {
      endSitting(entry.at(), finished.outcome().word());
    }
    lastAt = entry.at();
  }

  private void heard(String role, @Nullable String server) {
    if (server != null) {
      servers.put(role, server);
    }
  }

  private void begin(Instant at, String by, String how) {
    current = new Sitting(at, at, by, how, "");
    // What was cut short goes on without a word that it has started.
    steps.values().stream().filter(s -> s.status == Status.RUNNING).forEach(s -> s.goesOn(at));
  }

  private void endSitting(Instant at, String how) {
    Sitting open = current;
    if (open != null) {
      sittings.add(new Sitting(open.from(), at, open.by(), open.began(), how));
      current = null;
      steps.values().forEach(step -> step.stops(at));
    }
  }

  /** Ends what has not ended: the run goes on, or its process died. */
  void close(String how) {
    endSitting(lastAt, how);
  }

  private void take(StepLog step, StepEvent event, JournalRecord entry) {
    Instant at = entry.at();
    if (event instanceof StepStarted start) {
      step.status = Status.RUNNING;
      step.message = null;
      step.items = start.items() == null ? step.items : start.items();
      step.goesOn(at);
    } else if (event instanceof StepSkipped skipped) {
      step.goesOn(at);
      end(step, Status.SKIPPED, Doing.WORK, skipped.reason(), at);
    } else if (event instanceof StepFinished) {
      end(step, Status.DONE, Doing.WORK, null, at);
    } else if (event instanceof StepFailed failed) {
      end(step, Status.FAILED, Doing.FAILURE, failed.message(), at);
    } else if (event instanceof ProbeFinished probe) {
      step.probed(probe, at);
    } else if (event instanceof StatementFailed failed) {
      step.refused(failed, at);
    } else {
      takeStatement(step, event, entry);
    }
  }

  private static void end(
      StepLog step, Status status, Doing doing, @Nullable String message, Instant at) {
    step.status = status;
    step.message = message;
    step.ended = at;
    step.stops(doing, at);
  }

  private void takeStatement(StepLog step, StepEvent event, JournalRecord entry) {
    Instant at = entry.at();
    if (event instanceof StatementPrepared prepared) {
      step.prepared = prepared;
    } else if (event instanceof StatementCommitted committed) {
      StatementPrepared prepared = step.prepared;
      step.completed(
          committed.statements(),
          prepared == null ? List.of() : prepared.outcomes(),
          prepared == null ? null : prepared.transaction().xid(),
          "committed",
          at);
      step.prepared = null;
    } else if (event instanceof StatementFinished finished) {
      step.completed(finished.statements(), finished.outcomes(), null, "done", at);
    } else if (event instanceof StatementStarted) {
      step.last = at;
    } else {
      takeDecision(step, event, entry);
    }
  }

  private void takeDecision(StepLog step, StepEvent event, JournalRecord entry) {
    Instant at = entry.at();
    if (event instanceof ReviewRequested || event instanceof GateRequested) {
      questions.put(step.address, entry);
      step.turnsTo(Doing.QUESTION, at);
    } else if (event instanceof ReviewAnswered answered) {
      step.turnsTo(Doing.WORK, at);
      decide(step, at, "review", answered.answer().word(), answered.by(), answered.comment());
    } else if (event instanceof GateAnswered answered) {
      step.turnsTo(Doing.WORK, at);
      String what = answered.gate().word();
      decide(step, at, what, answered.answer().word(), answered.by(), answered.comment());
    } else if (event instanceof OperatorMarked marked) {
      decide(step, at, "mark", marked.mark().word(), marked.by(), marked.reason());
    } else if (event instanceof VariableSet set && !set.value().isNull()) {
      step.last = at;
    }
  }

  /** What was sent and never answered is told by its first record alone. */
  private void aside(OperatorSql sql, Instant at) {
    boolean answered = sql.progress() != SqlProgress.SENT;
    if (answered && !decisions.isEmpty()) {
      Decision last = decisions.get(decisions.size() - 1);
      if (last.what().equals("sql") && last.text().equals(sql.sql())) {
        decisions.remove(decisions.size() - 1);
        decisionCount--;
      }
    }
    String said = sql.error() == null ? null : sql.error().message();
    String text = sql.sql();
    decided(
        new Decision(sql.address(), null, at, "sql", text, sql.progress().word(), sql.by(), said));
  }

  private void decided(Decision decision) {
    decisionCount++;
    if (decisions.size() < MOST_DECISIONS) {
      decisions.add(decision);
    }
  }

  private void decide(
      StepLog step, Instant at, String what, String answer, String by, @Nullable String comment) {
    JournalRecord question = what.equals("mark") ? null : questions.get(step.address);
    String text = "";
    if (question != null && question.event() instanceof GateRequested gate) {
      text = gate.text();
    } else if (question != null && question.event() instanceof ReviewRequested review) {
      text = Quantities.count(review.count(), "statement");
    }
    Instant asked = question == null ? null : question.at();
    decided(new Decision(step.address, asked, at, what, text, answer, by, comment));
  }
}
