package dev.pgrunbook.telemetry;

import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.RunResumed;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.RunEvent.StatementCommitted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementFinished;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StatementResult;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepSkipped;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.StepAddress;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of records: the run in this process, its steps and items, their statements. Times are
 * the journal's; attributes have the names of OpenTelemetry's database conventions where there are
 * such. SQL is not sent: it may hold what nobody outside may read.
 */
final class RunSpans {

  private final Tracer tracer;
  private final Context parent;
  private final Map<StepAddress, Open> steps = new LinkedHashMap<>();
  private final Map<StepAddress, StatementPrepared> prepared = new HashMap<>();
  private @Nullable Span run;
  private Context inRun;
  private Instant lastAt = Instant.EPOCH;

  RunSpans(OpenTelemetry telemetry, Context parent) {
    this.tracer = telemetry.getTracer("dev.pgrunbook");
    this.parent = parent;
    this.inRun = parent;
  }

  /** A step that has not ended, and when something of it happened last. */
  private static final class Open {
    private final Span span;
    private final Context within;
    private Instant last;

    Open(Span span, Context within, Instant last) {
      this.span = span;
      this.within = within;
      this.last = last;
    }
  }

  void take(JournalRecord entry) {
    lastAt = entry.at();
    RunEvent event = entry.event();
    if (event instanceof StepEvent stepEvent) {
      step(stepEvent, entry.at());
    } else if (event instanceof RunStarted started) {
      Span span = begin("run " + started.runbook(), entry);
      span.setAttribute("pgrunbook.runbook", started.runbook());
      span.setAttribute("pgrunbook.runbook.version", started.version());
      span.setAttribute("pgrunbook.operator", started.by());
    } else if (event instanceof RunResumed resumed) {
      Span span = begin("resume", entry);
      span.setAttribute("pgrunbook.operator", resumed.by());
    } else if (event instanceof RunPaused paused) {
      end("paused: " + paused.reason().word(), false);
    } else if (event instanceof RunFinished finished) {
      end(finished.outcome().word(), finished.outcome() == Outcome.FAILED);
    }
  }

  private Span begin(String name, JournalRecord entry) {
    Span span =
        tracer.spanBuilder(name).setParent(parent).setStartTimestamp(entry.at()).startSpan();
    span.setAttribute("pgrunbook.run", entry.run());
    run = span;
    inRun = parent.with(span);
    return span;
  }

  private void step(StepEvent event, Instant at) {
    StepAddress address = event.address();
    Open open = open(address, at);
    if (event instanceof StepSkipped skipped) {
      open.span.setAttribute("pgrunbook.skipped", skipped.reason());
      end(address, at);
    } else if (event instanceof StepFinished) {
      end(address, at);
    } else if (event instanceof StepFailed failed) {
      open.span.setStatus(StatusCode.ERROR, failed.message());
      end(address, at);
    } else if (event instanceof StatementPrepared transaction) {
      prepared.put(address, transaction);
    } else if (event instanceof StatementCommitted) {
      StatementPrepared transaction = prepared.remove(address);
      statements(open, transaction == null ? List.of() : transaction.outcomes(), at);
    } else if (event instanceof StatementFinished finished) {
      statements(open, finished.outcomes(), at);
    } else if (event instanceof StatementFailed failed) {
      refused(open, failed.error(), at);
    } else if (!(event instanceof StepStarted)) {
      open.span.addEvent(event.getClass().getSimpleName(), at);
      open.last = at;
    }
  }

  private Open open(StepAddress address, Instant at) {
    Open known = steps.get(address);
    if (known != null) {
      return known;
    }
    Open around = address.items().isEmpty() ? null : steps.get(StepAddress.of(address.step()));
    Context within = around == null ? inRun : around.within;
    String name = address.toString();
    Span span = tracer.spanBuilder(name).setParent(within).setStartTimestamp(at).startSpan();
    span.setAttribute("pgrunbook.step", address.step());
    Open open = new Open(span, within.with(span), at);
    steps.put(address, open);
    return open;
  }

  private void end(StepAddress address, Instant at) {
    Open open = steps.remove(address);
    if (open != null) {
      open.span.end(at);
    }
  }

  /** The statements of a transaction are told at once; the time is that of all of them. */
  private void statements(Open open, List<StatementResult> outcomes, Instant at) {
    Span span = statement(open, outcomes.size() == 1 ? outcomes.get(0).command() : "transaction");
    if (outcomes.size() > 1) {
      span.setAttribute("db.operation.batch.size", outcomes.size());
    }
    long rows = 0;
    for (StatementResult outcome : outcomes) {
      Long changed = outcome.rows();
      rows += changed == null ? 0 : changed;
    }
    span.setAttribute("pgrunbook.rows", rows);
    span.end(at);
    open.last = at;
  }

  private void refused(Open open, ServerError error, Instant at) {
    Span span = statement(open, "statement");
    span.setAttribute("db.response.status_code", error.sqlstate());
    span.setStatus(StatusCode.ERROR, error.message());
    span.end(at);
    open.last = at;
  }

  private Span statement(Open open, String name) {
    return tracer
        .spanBuilder(name.isEmpty() ? "statement" : name)
        .setParent(open.within)
        .setStartTimestamp(open.last)
        .setAttribute("db.system.name", "postgresql")
        .setAttribute("db.operation.name", name)
        .startSpan();
  }

  private void end(String outcome, boolean failed) {
    Span span = run;
    if (span != null) {
      span.setAttribute("pgrunbook.outcome", outcome);
      if (failed) {
        span.setStatus(StatusCode.ERROR, outcome);
      }
    }
    end();
  }

  /** Ends whatever has not ended, the innermost first. */
  void end() {
    List<StepAddress> open = List.copyOf(steps.keySet());
    for (int i = open.size() - 1; i >= 0; i--) {
      end(open.get(i), lastAt);
    }
    Span span = run;
    if (span != null) {
      span.end(lastAt);
      run = null;
    }
  }
}
