package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.Decision;
import org.jspecify.annotations.Nullable;

/**
 * Breaks off a prompt when its question has been answered elsewhere; never anything but a prompt,
 * so that an editor is left alone.
 */
final class Interruption {

  /** The question needs no answer any more. */
  static final class AnsweredElsewhere extends RuntimeException {
    private static final long serialVersionUID = 1;

    AnsweredElsewhere() {
      super(null, null, false, false);
    }
  }

  private @Nullable Thread reading;
  private @Nullable Decision decision;

  /** The calling thread begins to read a line. */
  synchronized void enter() {
    check();
    reading = Thread.currentThread();
  }

  /** It reads no more; it is not left interrupted by what came at the last moment. */
  synchronized void leave() {
    reading = null;
    if (decision != null) {
      Thread.interrupted();
    }
  }

  /** Ends what follows when an answer has come. */
  synchronized void check() {
    if (decision != null) {
      throw new AnsweredElsewhere();
    }
  }

  synchronized void come(Decision answer) {
    decision = answer;
    if (reading != null) {
      reading.interrupt();
    }
  }

  synchronized @Nullable Decision decision() {
    return decision;
  }
}
