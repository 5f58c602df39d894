package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunEvent.ProbeFinished;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.ProbeStep.Stall;
import dev.pgrunbook.plan.RunScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Polls databases until something is true. */
final class ProbeExecutor implements StepExecutor<ProbeStep> {

  private final StepRunner steps;
  private final Sessions sessions;

  ProbeExecutor(StepRunner steps, Sessions sessions) {
    this.steps = steps;
    this.sessions = sessions;
  }

  @Override
  public void execute(ProbeStep step, StepRun run) {
    ProbeFinished before = run.state().probe();
    if (before != null && before.outcome().equals("reached")) {
      return;
    }
    CurveKeeper curves = new CurveKeeper(run);
    curves.finishCutShort();
    finishNudge(step, run);
    try (ProbeSources sources = new ProbeSources(step, run, sessions)) {
      ProbeProgress progress = new ProbeProgress(step, run, run.context().now());
      try {
        poll(step, run, sources, progress, curves);
      } catch (RunPause pause) {
        // What was seen until now is worth keeping: it may have been hours.
        if (progress.samples() > 0) {
          curves.finish("stopped", progress, sources.columns());
        }
        throw pause;
      }
    }
  }

  private void poll(
      ProbeStep step,
      StepRun run,
      ProbeSources sources,
      ProbeProgress progress,
      CurveKeeper curves) {
    RunContext context = run.context();
    while (true) {
      Instant polledAt = context.now();
      context.cancellation().heed();
      if (sources.poll(progress.elapsed(polledAt))) {
        RunScope scope = run.scope().withColumns(sources.variables());
        ProbeSample sample = progress.sample(context.now(), scope, sources.columns());
        context.tell(listener -> listener.sampled(sample));
        curves.keep(progress, context.now());
        if (step.fail() != null && Texts.isTrue(step.fail(), scope)) {
          curves.finish("failed", progress, sources.columns());
          throw new StepFailure("`fail` is true: " + step.fail().text() + " " + sources.describe());
        }
        if (Texts.isTrue(step.until(), scope)) {
          curves.finish("reached", progress, sources.columns());
          return;
        }
        nudge(step, run, progress);
      }
      timeOut(step, run, progress, sources, curves);
      Duration used = Duration.between(polledAt, context.now());
      Duration left = step.every().minus(used);
      context.cancellation().sleep(left.isNegative() ? Duration.ZERO : left);
    }
  }

  private void nudge(ProbeStep step, StepRun run, ProbeProgress progress) {
    Stall stall = step.stall();
    RunContext context = run.context();
    if (stall != null && progress.isStallDue(context.now(), stall.after())) {
      steps.runAll(stall.steps(), run.scope(), run.address().items(), context.state().lastSeq());
    }
  }

  /**
   * Goes on with {@code stall} steps that a crash cut short: what hangs in the air there is settled
   * and the rest is done, before the probe looks again.
   */
  private void finishNudge(ProbeStep step, StepRun run) {
    Stall stall = step.stall();
    if (stall == null || stall.steps().isEmpty()) {
      return;
    }
    RunState state = run.context().state();
    List<Integer> items = run.address().items();
    // The first of them is the first that every nudge begins, and only then the others are.
    long first = state.step(new StepAddress(stall.steps().get(0).id(), items)).startedSeq();
    if (first > run.state().startedSeq()) {
      steps.runAll(stall.steps(), run.scope(), items, first - 1);
    }
  }

  private static void timeOut(
      ProbeStep step,
      StepRun run,
      ProbeProgress progress,
      ProbeSources sources,
      CurveKeeper curves) {
    Duration timeout = step.header().timeout();
    if (timeout != null && progress.elapsed(run.context().now()).compareTo(timeout) >= 0) {
      curves.finish("timeout", progress, sources.columns());
      throw StepFailure.timeout(
          "`until` is not true within the probe's timeout: "
              + step.until().text()
              + " "
              + sources.describe());
    }
  }
}
