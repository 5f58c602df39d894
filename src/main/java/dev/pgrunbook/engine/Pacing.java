package dev.pgrunbook.engine;

import dev.pgrunbook.model.GenerateStep;
import java.time.Duration;
import java.time.ZonedDateTime;

/** The pauses between generated statements, and the time of day they may start in. */
final class Pacing {

  private static final Duration TICK = Duration.ofSeconds(30);

  private final GenerateStep step;
  private final StepRun run;
  private boolean first = true;

  Pacing(GenerateStep step, StepRun run) {
    this.step = step;
    this.run = run;
  }

  /** Returns when the next statement may start. */
  void beforeEach() {
    if (!first && step.pause() != null) {
      run.context().cancellation().sleep(step.pause());
    }
    first = false;
    if (step.window() != null) {
      Duration closed = step.window().untilOpen(now());
      while (!closed.isZero()) {
        Duration remaining = closed;
        run.context()
            .tell(listener -> listener.waiting(run.address(), remaining, "for the window to open"));
        run.context().cancellation().sleep(closed.compareTo(TICK) > 0 ? TICK : closed);
        closed = step.window().untilOpen(now());
      }
    }
  }

  private ZonedDateTime now() {
    return run.context().now().atZone(step.window().zone());
  }
}
