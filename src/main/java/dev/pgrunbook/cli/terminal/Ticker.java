package dev.pgrunbook.cli.terminal;

import org.jspecify.annotations.Nullable;

/** Does something a few times a second, on a thread of its own, until closed. */
final class Ticker implements AutoCloseable {

  private static final long PERIOD_NANOS = 120_000_000;

  private final @Nullable Runnable task;
  private boolean started;
  private boolean closed;

  Ticker(@Nullable Runnable task) {
    this.task = task;
  }

  synchronized void start() {
    if (task != null && !started) {
      started = true;
      Thread thread = new Thread(this::run, "display");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run() {
    while (sleep()) {
      if (task != null) {
        task.run();
      }
    }
  }

  /** Returns whether to go on, once the period is over. */
  private synchronized boolean sleep() {
    long deadline = System.nanoTime() + PERIOD_NANOS;
    long left = PERIOD_NANOS;
    while (!closed && left > 0) {
      try {
        wait(left / 1_000_000 + 1);
      } catch (InterruptedException interrupted) {
        closed = true;
      }
      left = deadline - System.nanoTime();
    }
    return !closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
