package dev.pgrunbook.engine;

import dev.pgrunbook.database.ReadOnlySession;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets another thread stop a run: the running statement is cancelled on the server, and the run
 * pauses at the next moment at which nothing hangs in the air.
 */
public final class Cancellation {

  private boolean requested;
  private @Nullable ReadOnlySession running;

  /** Asks the run to stop; may be called from any thread, more than once. */
  public void request() {
    ReadOnlySession session;
    synchronized (this) {
      requested = true;
      notifyAll();
      session = running;
    }
    if (session != null) {
      session.cancel();
    }
  }

  /** Returns whether the run has been asked to stop. */
  public synchronized boolean isRequested() {
    return requested;
  }

  /** Names the session whose statement is to be cancelled; null when none runs. */
  synchronized void running(@Nullable ReadOnlySession session) {
    running = session;
  }

  /** Pauses the run when it has been asked to stop. */
  void check() {
    if (isRequested()) {
      throw new RunPause(PauseReason.OPERATOR, "stopped by the operator");
    }
  }

  /** Waits, or pauses the run as soon as it is asked to stop. */
  void sleep(Duration duration) {
    long deadline = System.nanoTime() + duration.toNanos();
    synchronized (this) {
      long left = deadline - System.nanoTime();
      while (!requested && left > 0) {
        try {
          wait(left / 1_000_000 + 1);
        } catch (InterruptedException interrupted) {
          requested = true;
        }
        left = deadline - System.nanoTime();
      }
    }
    check();
  }
}
