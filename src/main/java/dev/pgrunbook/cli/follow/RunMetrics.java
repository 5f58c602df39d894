package dev.pgrunbook.cli.follow;

import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.RunResumed;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.StatementCommitted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementFinished;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StatementResult;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepSkipped;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.StepAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What there is to measure of a run in this process, as Prometheus's text format 0.0.4. Names end
 * with their unit, counters with {@code _total}; items of loops are summed up, so that a long loop
 * makes no series of its own.
 */
final class RunMetrics {

  private static final List<String> STATES =
      List.of("running", "paused", "done", "failed", "aborted");
  private static final List<String> STEP_STATES = List.of("running", "done", "skipped", "failed");

  /** Probes of items are as many as the items; only so many are told one by one. */
  private static final int MOST_PROBES = 100;

  private final String run;
  private final Map<String, String> steps = new LinkedHashMap<>();
  private final Map<String, Double> stepSeconds = new TreeMap<>();
  private final Map<String, Instant> stepBegan = new LinkedHashMap<>();
  private final Map<StepAddress, ProbeSample> probes = new LinkedHashMap<>();
  private final Map<StepAddress, StatementProgress> statements = new LinkedHashMap<>();
  private final Map<StepAddress, Integer> blockers = new LinkedHashMap<>();
  private final Map<StepAddress, StatementPrepared> prepared = new LinkedHashMap<>();
  private @Nullable RunStarted started;
  private @Nullable Instant began;
  private @Nullable Instant last;
  private String state = "running";
  private long completed;
  private long rows;
  private long refused;
  private long retried;

  RunMetrics(String run) {
    this.run = run;
  }

  void take(JournalRecord entry) {
    RunEvent event = entry.event();
    began = began == null ? entry.at() : began;
    last = entry.at();
    if (event instanceof RunStarted start) {
      started = start;
    } else if (event instanceof RunResumed) {
      state = "running";
    } else if (event instanceof RunPaused) {
      state = "paused";
    } else if (event instanceof RunFinished finished) {
      state = finished.outcome().word();
    } else if (event instanceof StatementPrepared transaction) {
      prepared.put(transaction.address(), transaction);
    } else if (event instanceof StatementCommitted committed) {
      StatementPrepared transaction = prepared.remove(committed.address());
      completed(committed.address(), committed.statements().size(), outcomes(transaction));
    } else if (event instanceof StatementFinished finished) {
      completed(finished.address(), finished.statements().size(), finished.outcomes());
    } else if (event instanceof StatementFailed failed) {
      refused++;
      retried += failed.willRetry() ? 1 : 0;
      statements.remove(failed.address());
      blockers.remove(failed.address());
    } else {
      step(event, entry.at());
    }
  }

  private static List<StatementResult> outcomes(@Nullable StatementPrepared transaction) {
    return transaction == null ? List.of() : transaction.outcomes();
  }

  private void completed(StepAddress address, int count, List<StatementResult> outcomes) {
    completed += count;
    for (StatementResult outcome : outcomes) {
      Long changed = outcome.rows();
      rows += changed == null ? 0 : changed;
    }
    statements.remove(address);
    blockers.remove(address);
  }

  private void step(RunEvent event, Instant at) {
    if (event instanceof StepStarted step) {
      step(step.address(), "running", at);
    } else if (event instanceof StepFinished step) {
      step(step.address(), "done", at);
    } else if (event instanceof StepFailed step) {
      step(step.address(), "failed", at);
    } else if (event instanceof StepSkipped step) {
      step(step.address(), "skipped", at);
    }
  }

  private void step(StepAddress address, String now, Instant at) {
    if (!now.equals("running")) {
      probes.remove(address);
      statements.remove(address);
      blockers.remove(address);
    }
    if (address.items().isEmpty()) {
      String id = address.step();
      steps.put(id, now);
      Instant since = stepBegan.computeIfAbsent(id, key -> at);
      if (!now.equals("running")) {
        stepSeconds.put(id, (at.toEpochMilli() - since.toEpochMilli()) / 1000.0);
        stepBegan.remove(id);
      }
    }
  }

  void take(ProbeSample sample) {
    if (probes.containsKey(sample.address()) || probes.size() < MOST_PROBES) {
      probes.put(sample.address(), sample);
    }
  }

  void take(StepAddress address, StatementProgress progress) {
    statements.put(address, progress);
  }

  void blocked(StepAddress address, int count) {
    blockers.put(address, count);
  }

  /** Returns all of them. */
  String text() {
    Page page = new Page();
    run(page);
    steps(page);
    probes(page);
    statements(page);
    return page.text.toString();
  }

  private void run(Page page) {
    page.metric("pgrunbook_run_info", "gauge", "The run that this file is about.");
    RunStarted start = started;
    page.line("pgrunbook_run_info", 1, runbook(start));
    page.metric("pgrunbook_run_state", "gauge", "How the run stands: 1 for the state it is in.");
    for (String each : STATES) {
      page.line("pgrunbook_run_state", each.equals(state) ? 1 : 0, labels("state", each));
    }
    page.metric(
        "pgrunbook_run_start_timestamp_seconds", "gauge", "When this process began with it.");
    page.line("pgrunbook_run_start_timestamp_seconds", seconds(began), labels());
    page.metric(
        "pgrunbook_run_last_event_timestamp_seconds", "gauge", "When something happened last.");
    page.line("pgrunbook_run_last_event_timestamp_seconds", seconds(last), labels());
    page.metric("pgrunbook_statements_total", "counter", "Statements that took effect.");
    page.line("pgrunbook_statements_total", completed, labels());
    page.metric("pgrunbook_statement_rows_total", "counter", "Rows they returned or changed.");
    page.line("pgrunbook_statement_rows_total", rows, labels());
    page.metric("pgrunbook_statement_failures_total", "counter", "Statements that were refused.");
    page.line("pgrunbook_statement_failures_total", refused, labels());
    page.metric("pgrunbook_statement_retries_total", "counter", "Those that were tried again.");
    page.line("pgrunbook_statement_retries_total", retried, labels());
  }

  private List<String> runbook(@Nullable RunStarted start) {
    return start == null
        ? labels()
        : labels("runbook", start.runbook(), "version", start.version(), "operator", start.by());
  }

  private void steps(Page page) {
    page.metric("pgrunbook_steps", "gauge", "Steps by their state.");
    for (String each : STEP_STATES) {
      long count = steps.values().stream().filter(each::equals).count();
      page.line("pgrunbook_steps", count, labels("state", each));
    }
    page.metric("pgrunbook_step_duration_seconds", "gauge", "How long steps took that ended.");
    stepSeconds.forEach(
        (step, took) -> page.line("pgrunbook_step_duration_seconds", took, labels("step", step)));
  }

  private void probes(Page page) {
    page.metric("pgrunbook_probe_done", "gauge", "How far what a probe watches is.");
    probes.forEach(
        (at, probe) -> page.line("pgrunbook_probe_done", probe.done(), labels(at, probe)));
    page.metric("pgrunbook_probe_target", "gauge", "How far it has to go.");
    probes.forEach(
        (at, probe) -> page.line("pgrunbook_probe_target", probe.total(), labels(at, probe)));
    page.metric("pgrunbook_probe_stalled_seconds", "gauge", "For how long nothing has moved.");
    probes.forEach(
        (at, probe) ->
            page.line(
                "pgrunbook_probe_stalled_seconds",
                probe.stalled().toMillis() / 1000.0,
                labels(at, probe)));
    page.metric("pgrunbook_probe_value", "gauge", "The numbers that a probe's sources return.");
    probes.forEach(
        (at, probe) ->
            probe
                .values()
                .forEach(
                    (column, value) -> {
                      List<String> labels = new ArrayList<>(labels(at, probe));
                      labels.addAll(List.of("column", column));
                      page.line("pgrunbook_probe_value", value.number(), labels);
                    }));
  }

  private void statements(Page page) {
    page.metric("pgrunbook_statement_progress_done", "gauge", "How far the running statement is.");
    statements.forEach(
        (at, each) ->
            page.line("pgrunbook_statement_progress_done", number(each.done()), labels(at, each)));
    page.metric("pgrunbook_statement_progress_target", "gauge", "How far it has to go.");
    statements.forEach(
        (at, each) ->
            page.line(
                "pgrunbook_statement_progress_target", number(each.total()), labels(at, each)));
    page.metric("pgrunbook_lock_blockers", "gauge", "Sessions that hold a lock it waits for.");
    blockers.forEach(
        (at, count) -> page.line("pgrunbook_lock_blockers", count, labels("step", at.toString())));
  }

  private static @Nullable Double number(@Nullable Long number) {
    return number == null ? null : Double.valueOf(number);
  }

  private static double seconds(@Nullable Instant at) {
    return at == null ? 0 : at.toEpochMilli() / 1000.0;
  }

  private List<String> labels(String... further) {
    List<String> labels = new ArrayList<>(List.of("run", run));
    labels.addAll(List.of(further));
    return labels;
  }

  private List<String> labels(StepAddress address, ProbeSample probe) {
    String unit = probe.unit() == null ? "" : probe.unit();
    return labels("step", address.toString(), "item", probe.label(), "unit", unit);
  }

  private List<String> labels(StepAddress address, StatementProgress progress) {
    return labels(
        "step",
        address.toString(),
        "command",
        progress.command(),
        "phase",
        progress.phase(),
        "unit",
        progress.unit());
  }

  /** The text as it grows. */
  private static final class Page {

    private final StringBuilder text = new StringBuilder();

    void metric(String name, String type, String help) {
      text.append("# HELP ").append(name).append(' ').append(help).append('\n');
      text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** Writes nothing for what is not known. */
    void line(String name, @Nullable Number value, List<String> labels) {
      if (value == null) {
        return;
      }
      text.append(name).append('{');
      for (int i = 0; i < labels.size(); i += 2) {
        text.append(i == 0 ? "" : ",").append(labels.get(i)).append("=\"");
        text.append(escaped(labels.get(i + 1))).append('"');
      }
      text.append("} ").append(written(value.doubleValue())).append('\n');
    }

    private static String escaped(String label) {
      return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String written(double number) {
      if (Double.isNaN(number)) {
        return "NaN";
      } else if (Double.isInfinite(number)) {
        return number > 0 ? "+Inf" : "-Inf";
      }
      boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
      return whole ? String.valueOf((long) number) : String.valueOf(number);
    }
  }
}
