package dev.pgrunbook.repl;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does something time and again, in a thread of its own, beside whoever waits at a prompt. */
final class Beside implements AutoCloseable {

  /** What is stopped by closing what it works with ends much sooner. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable RuntimeException defect;

  private Beside(String name, Duration first, Duration every, Runnable work) {
    this.thread = new Thread(() -> repeat(first, every, work), name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Begins; the first time is after a pause, too. */
  static Beside after(Duration pause, String name, Runnable work) {
    return new Beside(name, pause, pause, work);
  }

  /** Begins at once. */
  static Beside every(Duration pause, String name, Runnable work) {
    return new Beside(name, Duration.ZERO, pause, work);
  }

  private void repeat(Duration first, Duration every, Runnable work) {
    try {
      Duration pause = first;
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        work.run();
        pause = every;
      }
    } catch (InterruptedException nobodyDoes) {
      return;
    } catch (RuntimeException failure) {
      defect = failure;
    }
  }

  /**
   * Waits until it is over, so that what comes next is alone. What went wrong beside goes on here,
   * where somebody handles it.
   */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    RuntimeException failure = defect;
    if (failure != null) {
      throw failure;
    }
  }
}
