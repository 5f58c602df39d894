package dev.pgrunbook.render.report;

import dev.pgrunbook.journal.CurveDraft;
import dev.pgrunbook.journal.JournalAudit;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.ProbeCurve;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.ProbeFinished;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.RowsSaved;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.RunResumed;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementFinished;
import dev.pgrunbook.journal.RunEvent.StatementResult;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.RunEvent.Target;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs that never were, read as a report reads them. */
final class Histories {

  static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private final HistoryReader reader = new HistoryReader();
  private final RunState state = RunState.empty();
  private final String name;
  private Instant now = START;
  private long seq;

  Histories(String name) {
    this.name = name;
    add(
        new RunStarted(
            name,
            "1.0.0",
            name,
            name,
            Map.of(name, Value.text(name)),
            Map.of(name, new Target(name, name, name)),
            name,
            1,
            name,
            name,
            Map.of(name, name)));
  }

  Histories add(RunEvent event) {
    now = now.plusMillis(40);
    seq++;
    JournalRecord entry = new JournalRecord(seq, now, name, event);
    state.apply(entry);
    reader.accept(entry);
    return this;
  }

  RunHistory build(Status status) {
    HistoryBuilder.Attachments attachments =
        new HistoryBuilder.Attachments() {
          @Override
          public List<String> statements(String digest) {
            return List.of(digest);
          }

          @Override
          public @Nullable ProbeCurve curve(String digest) {
            return Histories.curve(digest);
          }

          @Override
          public @Nullable CurveDraft draft(StepAddress probe) {
            return null;
          }
        };
    JournalAudit audit = new JournalAudit(seq, "0".repeat(64), 0, null, List.of());
    return new HistoryBuilder(state, null, attachments).build(reader, status, audit);
  }

  private static ProbeCurve curve(String name) {
    ProbeCurve.Recorder recorder = new ProbeCurve.Recorder();
    for (int i = 0; i < 2_000; i++) {
      Map<String, Value> values =
          Map.of(name, Value.integer(i % 7), name + " state", Value.text(name + i / 500));
      boolean restarted = i == 700;
      double done = i < 700 ? i : i - 700;
      recorder.take(Duration.ofSeconds(i), done, 1_400.0, values, restarted);
    }
    return recorder.curve(START, name);
  }

  /** Everything that can be told of a run, and every text of it is the same one. */
  static RunHistory everythingCalled(String name) {
    StepAddress step = StepAddress.of(name);
    StepAddress item = step.item(1);
    ServerError error = new ServerError("42703", name, name, name, name, 3, List.of(name));
    Histories run = new Histories(name);
    run.add(new StepStarted(step, false, 1, null));
    run.add(new StepStarted(item, false, null, null));
    run.add(new GateRequested(item, GateKind.CONFIRM, name, name, null));
    run.add(new RunPaused(PauseReason.WAITING, name));
    run.add(new RunResumed(name, name, name, 1, false, name, Map.of(name, name)));
    run.add(new GateAnswered(item, GateKind.CONFIRM, name, Answer.APPROVED, name, name));
    run.add(new ReviewRequested(item, name, name, 1));
    run.add(new ReviewAnswered(item, name, Answer.APPROVED, name, name, name));
    StatementResult result = new StatementResult(name, 7L);
    run.add(new StatementFailed(item, 1, name, error, true));
    run.add(new StatementFinished(item, List.of(1), List.of(result), null));
    run.add(new ProbeFinished(item, name, 9, Map.of(name, Value.text(name)), name));
    run.add(new RowsSaved(item, name, name, 1, Value.text(name)));
    run.add(new StatementFailed(item, 2, name, error, false));
    run.add(new StepFailed(item, name));
    run.add(new StepFailed(step, name));
    run.add(new RunFinished(Outcome.FAILED));
    return run.build(Status.FAILED);
  }

  /** A run of as many statements, in a step of half of them and a loop of the other half. */
  static RunHistory large(int statements) {
    Histories run = new Histories("large");
    StepAddress one = StepAddress.of("one-by-one");
    run.add(new StepStarted(one, false, null, null));
    StatementResult result = new StatementResult("UPDATE", 3L);
    for (int i = 1; i <= statements / 2; i++) {
      run.add(new StatementFinished(one, List.of(i), List.of(result), null));
    }
    run.add(new StepFinished(one));
    StepAddress loop = StepAddress.of("item-by-item");
    run.add(new StepStarted(loop, false, statements / 2, null));
    for (int i = 1; i <= statements / 2; i++) {
      run.add(new StepStarted(loop.item(i), false, null, null));
      run.add(new StatementFinished(loop.item(i), List.of(1), List.of(result), null));
      run.add(new StepFinished(loop.item(i)));
    }
    run.add(new StepFinished(loop));
    run.add(new RunFinished(Outcome.DONE));
    return run.build(Status.DONE);
  }

  /** A run of as many items, so many side by side, each of which begins as another one ends. */
  static RunHistory sideBySide(int items, int lanes, String name) {
    Histories run = new Histories(name);
    StepAddress loop = StepAddress.of("item-by-item");
    run.add(new StepStarted(loop, false, items, null));
    for (int i = 1; i <= items + lanes; i++) {
      if (i <= items) {
        run.add(new StepStarted(loop.item(i), false, null, null));
      }
      if (i > lanes) {
        StatementResult result = new StatementResult("UPDATE", 3L);
        run.add(new StatementFinished(loop.item(i - lanes), List.of(1), List.of(result), null));
        run.add(new StepFinished(loop.item(i - lanes)));
      }
    }
    run.add(new StepFinished(loop));
    run.add(new RunFinished(Outcome.DONE));
    return run.build(Status.DONE);
  }
}
