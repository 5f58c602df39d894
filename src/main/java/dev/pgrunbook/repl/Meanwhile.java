package dev.pgrunbook.repl;

import org.jspecify.annotations.Nullable;

/**
 * What happens while a prompt waits: other threads tell it, and the shell heeds it. Safe for any
 * thread.
 */
public final class Meanwhile {

  private @Nullable String above;
  private boolean over;
  private Runnable heed = () -> {};

  /** Tells what is to stand above the prompt from now on. */
  void show(String line) {
    Runnable told;
    synchronized (this) {
      above = line;
      told = heed;
    }
    told.run();
  }

  /** Tells that nobody waits for what is typed any more. */
  void end() {
    Runnable told;
    synchronized (this) {
      over = true;
      told = heed;
    }
    told.run();
  }

  /** Returns what is to stand above the prompt, or null. */
  public synchronized @Nullable String above() {
    return above;
  }

  /** Returns whether nobody waits for what is typed any more. */
  public synchronized boolean isOver() {
    return over;
  }

  /** Has something run whenever either changes, in the thread that tells it. */
  public void heed(Runnable change) {
    boolean already;
    synchronized (this) {
      heed = change;
      already = over;
    }
    if (already) {
      change.run();
    }
  }
}
