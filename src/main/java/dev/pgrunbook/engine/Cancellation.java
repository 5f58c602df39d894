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
  private boolean interrupted;
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

  /**
   * Stops what is going on, and not the run: the running statement is cancelled on the server, and
   * its step fails; may be called from any thread.
   */
  public void interrupt() {
    ReadOnlySession session;
    synchronized (this) {
      interrupted = true;
      notifyAll();
      session = running;
    }
    if (session != null) {
      session.cancel();
    }
  }

  /** Returns whether what is going on has been asked to stop. */
  synchronized boolean isInterrupted() {
    return interrupted;
  }

  /** Forgets an interrupt that came when nothing was going on. */
  synchronized void forgetInterrupt() {
    interrupted = false;
  }

  /** Pauses the run, or fails the step, when either has been asked to stop. */
  void heed() {
    check();
    if (isInterrupted()) {
      forgetInterrupt();
      throw interruption();
    }
  }

  /** Returns what a step fails with that was asked to stop. */
  static StepFailure interruption() {
    return new StepFailure("interrupted by the operator");
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

  /** Waits, or pauses the run or fails the step as soon as either is asked to stop. */
  void sleep(Duration duration) {
    long deadline = System.nanoTime() + duration.toNanos();
    synchronized (this) {
      long left = deadline - System.nanoTime();
      while (!requested && !interrupted && left > 0) {
        try {
          wait(left / 1_000_000 + 1);
        } catch (InterruptedException interrupted) {
          requested = true;
        }
        left = deadline - System.nanoTime();
      }
    }
    heed();
  }
}
