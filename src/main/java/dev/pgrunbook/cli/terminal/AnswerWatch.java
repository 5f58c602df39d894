package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;

/** Looks for an answer from elsewhere, in a thread of its own, until one has come or closed. */
final class AnswerWatch implements AutoCloseable {

  private static final long PAUSE_MILLIS = 500;

  private final Elsewhere elsewhere;
  private final Request request;
  private final Interruption interruption;
  private boolean closed;

  AnswerWatch(Elsewhere elsewhere, Request request, Interruption interruption) {
    this.elsewhere = elsewhere;
    this.request = request;
    this.interruption = interruption;
    Thread thread = new Thread(this::look, "answers");
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    while (isOpen()) {
      Decision decision = elsewhere.answer(request);
      if (decision != null) {
        come(decision);
        return;
      }
    }
  }

  private synchronized boolean isOpen() {
    try {
      if (!closed) {
        wait(PAUSE_MILLIS);
      }
    } catch (InterruptedException nobodyDoes) {
      return false;
    }
    return !closed;
  }

  /** What comes after the person has answered comes too late. */
  private synchronized void come(Decision decision) {
    if (!closed) {
      interruption.come(decision);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
