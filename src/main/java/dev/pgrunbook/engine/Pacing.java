package dev.pgrunbook.engine;

import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.TimeWindow;
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
    TimeWindow window = step.window();
    if (window != null) {
      Duration closed = window.untilOpen(now(window));
      while (!closed.isZero()) {
        Duration remaining = closed;
        run.context()
            .tell(listener -> listener.waiting(run.address(), remaining, "for the window to open"));
        run.context().cancellation().sleep(closed.compareTo(TICK) > 0 ? TICK : closed);
        closed = window.untilOpen(now(window));
      }
    }
  }

  private ZonedDateTime now(TimeWindow window) {
    return run.context().now().atZone(window.zone());
  }
}
