package dev.pgrunbook.engine;

import dev.pgrunbook.plan.PlanOutline;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a process carries a run out.
 *
 * @param clock tells the time of waits and windows
 * @param listeners are told what happens
 * @param cancellation stops the run from outside
 * @param reconnectFor how long a lost or absent database is tried again before the run pauses
 * @param waitForBackend how long an old backend that still runs a statement of this run is waited
 *     for; null for as long as it takes
 * @param terminateBackend whether such a backend is ended instead
 * @param plan the plan that the run is held to, or null
 * @param oneAtATime whether what may run side by side runs one after the other, as somebody goes
 *     through it step by step
 */
public record RunOptions(
    Clock clock,
    List<RunListener> listeners,
    Cancellation cancellation,
    Duration reconnectFor,
    @Nullable Duration waitForBackend,
    boolean terminateBackend,
    @Nullable PlanOutline plan,
    boolean oneAtATime) {

  public RunOptions {
    listeners = List.copyOf(listeners);
  }

  /** Makes the options of a run that follows no plan. */
  public RunOptions(
      Clock clock,
      List<RunListener> listeners,
      Cancellation cancellation,
      Duration reconnectFor,
      @Nullable Duration waitForBackend,
      boolean terminateBackend) {
    this(
        clock,
        listeners,
        cancellation,
        reconnectFor,
        waitForBackend,
        terminateBackend,
        null,
        false);
  }
}
