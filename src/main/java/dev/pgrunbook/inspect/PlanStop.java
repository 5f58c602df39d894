package dev.pgrunbook.inspect;

import dev.pgrunbook.database.ReadOnlySession;
import org.jspecify.annotations.Nullable;

/**
 * Lets another thread stop the making of a plan: what the server runs for it is cancelled there,
 * and {@link Stopped} ends the making, so that no half plan comes of it.
 */
public final class PlanStop {

  /** A cancel that comes before its statement does nothing; so it is sent again this soon. */
  private static final long AGAIN_MILLIS = 100;

  private boolean requested;
  private @Nullable ReadOnlySession running;

  /** The making of a plan was stopped. */
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Stopped() {
      super("the making of a plan was stopped");
    }
  }

  /** Asks for the stop, and returns when nothing runs on any server any more. */
  public synchronized void request() {
    requested = true;
    try {
      while (running != null) {
        running.cancel();
        wait(AGAIN_MILLIS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends the making when that was asked for.
   *
   * @throws Stopped when it was
   */
  public synchronized void check() {
    if (requested) {
      throw new Stopped();
    }
  }

  /** Tells that a session is going to be asked something. */
  synchronized void enter(ReadOnlySession session) {
    check();
    running = session;
  }

  /** Tells that it has answered. */
  synchronized void leave() {
    running = null;
    notifyAll();
  }
}
