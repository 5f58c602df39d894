package dev.pgrunbook.engine;

import dev.pgrunbook.database.ReadOnlySession;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets another thread stop a run: the running statements are cancelled on their servers, and the
 * run pauses at the next moment at which nothing hangs in the air.
 */
public final class Cancellation {

  private static final Duration CANCEL_AGAIN = Duration.ofSeconds(1);

  private boolean requested;
  private boolean interrupted;
  private final Map<Thread, ReadOnlySession> running = new HashMap<>();

  /** Asks the run to stop; may be called from any thread, more than once. */
  public void request() {
    List<ReadOnlySession> sessions;
    synchronized (this) {
      requested = true;
      notifyAll();
      sessions = List.copyOf(running.values());
    }
    for (ReadOnlySession session : sessions) {
      // A server that cannot be reached is not to keep those of another one running.
      Thread thread = new Thread(() -> cancel(session), "cancel");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Again and again: a statement that is still on its way is not there yet to be cancelled. */
  private void cancel(ReadOnlySession session) {
    do {
      session.cancel();
    } while (runsAfter(session, CANCEL_AGAIN));
  }

  private synchronized boolean runsAfter(ReadOnlySession session, Duration pause) {
    long deadline = System.nanoTime() + pause.toNanos();
    long left = pause.toNanos();
    while (running.containsValue(session) && left > 0) {
      try {
        wait(left / 1_000_000 + 1);
      } catch (InterruptedException nobodyDoes) {
        return false;
      }
      left = deadline - System.nanoTime();
    }
    return running.containsValue(session);
  }

  /**
   * Stops what is going on, and not the run: the running statement is cancelled on the server, and
   * its step fails; may be called from any thread. Nothing runs side by side where this is used.
   */
  public void interrupt() {
    List<ReadOnlySession> sessions;
    synchronized (this) {
      interrupted = true;
      notifyAll();
      sessions = List.copyOf(running.values());
    }
    sessions.forEach(ReadOnlySession::cancel);
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

  /** Names the session of the calling thread's statement, to be cancelled; null when none runs. */
  synchronized void running(@Nullable ReadOnlySession session) {
    if (session == null) {
      running.remove(Thread.currentThread());
      notifyAll();
    } else {
      running.put(Thread.currentThread(), session);
    }
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
