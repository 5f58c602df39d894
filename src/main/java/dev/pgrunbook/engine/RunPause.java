package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunEvent.PauseReason;
import org.jspecify.annotations.Nullable;

/** The run has to stand still. Never leaves the package. */
final class RunPause extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final PauseReason reason;

  RunPause(PauseReason reason, @Nullable String message) {
    super(message);
    this.reason = reason;
  }

  PauseReason reason() {
    return reason;
  }
}
