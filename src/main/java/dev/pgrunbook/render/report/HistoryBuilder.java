package dev.pgrunbook.render.report;

import dev.pgrunbook.journal.CurveDraft;
import dev.pgrunbook.journal.JournalAudit;
import dev.pgrunbook.journal.ProbeCurve;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.ProbeFinished;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.plan.RunScope;
import dev.pgrunbook.plan.StepExpander;
import dev.pgrunbook.plan.UnfitValue;
import dev.pgrunbook.render.ItemScopes;
import dev.pgrunbook.render.report.RunHistory.Probe;
import dev.pgrunbook.render.report.RunHistory.StatementHistory;
import dev.pgrunbook.render.report.RunHistory.StepHistory;
import dev.pgrunbook.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a history of what was read, with everything that stands beside the journal. */
public final class HistoryBuilder {

  /** Of how many items of a step the statements are told with their SQL. */
  private static final int MOST_ITEMS = 500;

  /** Every curve is read from a file of its own. */
  private static final int MOST_CURVES = 60;

  private final RunState state;
  private final @Nullable Runbook runbook;
  private final Attachments attachments;
  private final ItemScopes scopes;
  private final Map<String, Integer> told = new HashMap<>();
  private int curves;

  /** What is kept beside the journal. */
  public interface Attachments {

    /** Returns the statements of a review, by the digest of its attachment. */
    List<String> statements(String digest);

    /** Returns the curve of a digest; null when it is gone or of a later version. */
    @Nullable ProbeCurve curve(String digest);

    /** Returns what is left of the curve of a probe that did not end; null for nothing. */
    @Nullable CurveDraft draft(StepAddress probe);
  }

  /**
   * Takes where to look.
   *
   * @param runbook what the run follows; null when it cannot be loaded
   */
  public HistoryBuilder(RunState state, @Nullable Runbook runbook, Attachments attachments) {
    this.state = state;
    this.runbook = runbook;
    this.attachments = attachments;
    this.scopes = new ItemScopes(state, runbook);
  }

  /** Returns the history of a run that has begun. */
  public RunHistory build(HistoryReader read, Status status, JournalAudit audit) {
    RunStarted started = read.started;
    if (started == null) {
      throw new IllegalArgumentException("a run that has not begun");
    }
    read.close(status == Status.RUNNING ? "still running" : "its process died");
    List<StepHistory> steps = new ArrayList<>();
    for (StepLog log : inOrder(read.steps.values())) {
      steps.add(step(log));
    }
    Map<String, Value> variables = new LinkedHashMap<>();
    state.variables().forEach(name -> variables.put(name, state.variable(name)));
    return new RunHistory(
        read.run,
        started,
        status,
        read.digest,
        read.servers,
        read.sittings,
        steps,
        read.decisions,
        read.decisionCount,
        status == Status.ABORTED || status == Status.DONE ? List.of() : waiting(),
        variables,
        audit,
        runbook);
  }

  /** Steps in the order they first began; the items of a step behind it, in their own order. */
  private static List<StepLog> inOrder(Collection<StepLog> logs) {
    Map<String, List<StepLog>> bySteps = new LinkedHashMap<>();
    for (StepLog log : logs) {
      bySteps.computeIfAbsent(log.address.step(), key -> new ArrayList<>()).add(log);
    }
    List<StepLog> all = new ArrayList<>();
    for (List<StepLog> ofOne : bySteps.values()) {
      ofOne.sort(Comparator.comparing(log -> log.address, StepAddress.ITEMS));
      all.addAll(ofOne);
    }
    return all;
  }

  private List<String> waiting() {
    List<String> waiting = new ArrayList<>();
    state
        .steps()
        .forEach(
            (address, step) -> {
              GateRequested gate = step.gateRequested();
              if (state.isWaiting(address)) {
                boolean asks = gate != null && !step.isReviewWaiting();
                String what =
                    gate != null && asks ? "asks: " + gate.text().strip() : "waits for a review";
                waiting.add(address + " " + what);
              }
            });
    return waiting;
  }

  private StepHistory step(StepLog log) {
    Step step = runbook == null ? null : runbook.step(log.address.step());
    List<Probe> probes = new ArrayList<>();
    for (StepLog.Ended ended : log.probes()) {
      probes.add(new Probe(ended.at(), ended.finished(), curve(ended.finished().curve())));
    }
    Probe unfinished = unfinished(log, step);
    if (unfinished != null) {
      probes.add(unfinished);
    }
    return new StepHistory(
        log.address,
        scopes.label(log.address),
        log.status,
        log.items,
        log.began,
        log.status == StepState.Status.RUNNING ? null : log.ended,
        log.spans(),
        log.message,
        facts(state.step(log.address)),
        statements(log, step),
        log.work(),
        log.failures(),
        probes);
  }

  private @Nullable ProbeCurve curve(@Nullable String digest) {
    if (digest == null || curves >= MOST_CURVES) {
      return null;
    }
    curves++;
    return attachments.curve(digest);
  }

  private @Nullable Probe unfinished(StepLog log, @Nullable Step step) {
    boolean open = log.status == StepState.Status.RUNNING || log.status == StepState.Status.FAILED;
    boolean wanted = open && step instanceof ProbeStep && ++curves <= MOST_CURVES;
    CurveDraft draft = wanted ? attachments.draft(log.address) : null;
    if (draft == null) {
      return null;
    }
    List<ProbeCurve.Point> points = draft.curve().points();
    double seconds = points.isEmpty() ? 0 : points.get(points.size() - 1).seconds();
    Instant last = draft.curve().begun().plusMillis((long) (seconds * 1000));
    return new Probe(
        last,
        new ProbeFinished(log.address, "unfinished", draft.samples(), Map.of(), null),
        draft.curve());
  }

  private static List<String> facts(StepState step) {
    List<String> facts = new ArrayList<>();
    for (GateAnswered gate : step.gateAnswers()) {
      facts.add(said(gate.answer().word(), gate.by(), gate.comment()));
    }
    ReviewAnswered review = step.reviewAnswered();
    if (review != null) {
      facts.add(said("review " + review.answer().word(), review.by(), review.comment()));
    }
    OperatorMarked mark = step.mark();
    if (mark != null) {
      facts.add(said("marked " + mark.mark().word(), mark.by(), mark.reason()));
    }
    if (step.prepared() != null || step.started() != null) {
      facts.add("what was sent last is in doubt");
    }
    return facts;
  }

  private static String said(String what, String by, @Nullable String why) {
    return what + " by " + by + (why == null ? "" : " (" + why + ")");
  }

  /** Adds the SQL to what took effect: a generator's from its review, others' from the runbook. */
  private List<StatementHistory> statements(StepLog log, @Nullable Step step) {
    if (log.statements().isEmpty()) {
      return List.of();
    } else if (told.merge(log.address.step(), 1, Integer::sum) > MOST_ITEMS) {
      return log.statements();
    }
    ReviewAnswered review = state.step(log.address).reviewAnswered();
    List<String> texts = List.of();
    if (review != null) {
      texts = attachments.statements(review.attachment());
    } else if (step instanceof SqlStep sql) {
      texts = written(sql, log.address);
    }
    List<StatementHistory> all = new ArrayList<>();
    for (StatementHistory each : log.statements()) {
      String text = each.index() <= texts.size() ? texts.get(each.index() - 1) : null;
      all.add(
          new StatementHistory(
              each.index(),
              each.at(),
              each.took(),
              text,
              each.command(),
              each.rows(),
              each.transaction(),
              each.outcome()));
    }
    return all;
  }

  /** With values in place where they can still be told, as the runbook has it otherwise. */
  private List<String> written(SqlStep step, StepAddress address) {
    RunScope scope = scopes.of(address);
    if (scope != null && runbook != null) {
      try {
        return new StepExpander(runbook)
            .expand(step.sql(), scope).stream().map(ExpandedStatement::display).toList();
      } catch (UnfitValue | IllegalArgumentException | IllegalStateException gone) {
        return texts(step);
      }
    }
    return texts(step);
  }

  private static List<String> texts(SqlStep step) {
    return step.sql().statements().stream().map(statement -> statement.text().strip()).toList();
  }
}
