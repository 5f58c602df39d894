package dev.pgrunbook.journal.postgres;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What an owner does while his store is away.
 *
 * @param limit how long it is tried again
 * @param news is told what happens, in a sentence
 * @param stopped whether nobody wants to wait any longer
 */
public record Patience(Duration limit, Consumer<String> news, BooleanSupplier stopped) {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** Begins to wait; the first loss counts. */
  Wait begin() {
    return new Wait(System.nanoTime() + limit.toNanos());
  }

  /** One time of waiting, with ever longer pauses. */
  final class Wait {

    private final long end;
    private Duration pause = FIRST_PAUSE;

    private Wait(long end) {
      this.end = end;
    }

    /** Returns after a pause; false when it has been tried for long enough. */
    boolean again() throws InterruptedException {
      if (stopped.getAsBoolean() || System.nanoTime() >= end) {
        return false;
      }
      Thread.sleep(pause.toMillis());
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
      return true;
    }
  }
}
