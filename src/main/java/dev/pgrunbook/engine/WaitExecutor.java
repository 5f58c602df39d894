package dev.pgrunbook.engine;

import dev.pgrunbook.model.WaitStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** A countdown whose end was journaled when it began. */
final class WaitExecutor implements StepExecutor<WaitStep> {

  private static final Duration TICK = Duration.ofSeconds(1);

  @Override
  public void execute(WaitStep step, StepRun run) {
    Instant end = Objects.requireNonNull(run.state().until(), "a wait begins with its end");
    RunContext context = run.context();
    Duration left = Duration.between(context.now(), end);
    while (!left.isNegative() && !left.isZero()) {
      Duration remaining = left;
      context.tell(listener -> listener.waiting(run.address(), remaining, "until " + end));
      context.cancellation().sleep(left.compareTo(TICK) > 0 ? TICK : left);
      left = Duration.between(context.now(), end);
    }
  }
}
