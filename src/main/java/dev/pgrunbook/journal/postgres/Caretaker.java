package dev.pgrunbook.journal.postgres;

/** Does something again and again, in a thread of its own, until closed. */
final class Caretaker implements AutoCloseable {

  private static final long PAUSE_MILLIS = 250;

  private final Runnable round;
  private boolean closed;

  Caretaker(Runnable round) {
    this.round = round;
    Thread thread = new Thread(this::work, "store-caretaker");
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    while (mayGoOn()) {
      round.run();
    }
  }

  private synchronized boolean mayGoOn() {
    try {
      if (!closed) {
        wait(PAUSE_MILLIS);
      }
    } catch (InterruptedException nobodyDoes) {
      return false;
    }
    return !closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
