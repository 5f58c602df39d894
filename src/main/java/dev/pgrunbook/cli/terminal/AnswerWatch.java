package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks for an answer from elsewhere, in a thread of its own, until one has come or closed. */
final class AnswerWatch implements AutoCloseable {

  private static final long PAUSE_MILLIS = 500;

  private final Elsewhere elsewhere;
  private final Request request;
  private final Interruption interruption;
  private final CountDownLatch closed = new CountDownLatch(1);

  AnswerWatch(Elsewhere elsewhere, Request request, Interruption interruption) {
    this.elsewhere = elsewhere;
    this.request = request;
    this.interruption = interruption;
    Thread thread = new Thread(this::look, "answers");
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    try {
      while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        Decision decision = elsewhere.answer(request);
        if (decision != null) {
          come(decision);
          return;
        }
      }
    } catch (InterruptedException nobodyDoes) {
      return;
    }
  }

  /** What comes after the person has answered comes too late. */
  private synchronized void come(Decision decision) {
    if (closed.getCount() > 0) {
      interruption.come(decision);
    }
  }

  @Override
  public synchronized void close() {
    closed.countDown();
  }
}
