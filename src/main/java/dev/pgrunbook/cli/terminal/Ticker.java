package dev.pgrunbook.cli.terminal;

import org.jspecify.annotations.Nullable;

/** Does something a few times a second, on a thread of its own, until closed. */
final class Ticker implements AutoCloseable {

  private static final long PERIOD_MILLIS = 120;

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

  private synchronized boolean sleep() {
    if (!closed) {
      try {
        wait(PERIOD_MILLIS);
      } catch (InterruptedException interrupted) {
        closed = true;
      }
    }
    return !closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
