package dev.pgrunbook.journal.postgres;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does something again and again, in a thread of its own, until closed. */
final class Caretaker implements AutoCloseable {

  private static final long PAUSE_MILLIS = 250;

  private final Runnable round;
  private final CountDownLatch closed = new CountDownLatch(1);

  Caretaker(Runnable round) {
    this.round = round;
    Thread thread = new Thread(this::work, "store-caretaker");
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    try {
      while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        round.run();
      }
    } catch (InterruptedException nobodyDoes) {
      return;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
