package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import org.jspecify.annotations.Nullable;

/** How a process left a run: ended, or paused. */
public sealed interface RunResult {

  /** The run has ended. */
  record Ended(Outcome outcome) implements RunResult {}

  /** The run stands still and can be resumed. */
  record Paused(PauseReason reason, @Nullable String message) implements RunResult {}
}
