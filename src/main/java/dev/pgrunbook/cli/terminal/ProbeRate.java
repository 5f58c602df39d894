package dev.pgrunbook.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast a probe moves, what is long ago forgotten little by little, and when it will be done.
 */
final class ProbeRate {

  /** What is so many seconds ago counts a third of what is now. */
  private static final double MEMORY = 20;

  private static final int LEAST_MOVES = 3;
  private static final double LEAST_SECONDS = 5;
  private static final double LONGEST_SECONDS = 7 * 86_400.0;

  private @Nullable Instant lastAt;
  private double lastDone;
  private double moved;
  private double seconds;
  private double observed;
  private int moves;

  /** Takes what has been done by a moment in; null when that is not known. */
  void sample(Instant at, @Nullable Double done) {
    if (done == null) {
      return;
    }
    Instant before = lastAt;
    if (before == null || done < lastDone) {
      moved = 0;
      seconds = 0;
      observed = 0;
      moves = 0;
    } else {
      double passed = Duration.between(before, at).toNanos() / 1e9;
      double kept = Math.exp(-passed / MEMORY);
      moved = moved * kept + (done - lastDone);
      seconds = seconds * kept + passed;
      observed += passed;
      moves += done > lastDone ? 1 : 0;
    }
    lastAt = at;
    lastDone = done;
  }

  /** Returns how much is done a second; 0 while that is not known. */
  double perSecond() {
    return seconds <= 0 || moves == 0 ? 0 : moved / seconds;
  }

  /** Returns how long the rest will take; null when nobody can tell in earnest. */
  @Nullable Duration left(@Nullable Double total) {
    double rate = perSecond();
    if (total == null
        || total <= lastDone
        || moves < LEAST_MOVES
        || observed < LEAST_SECONDS
        || rate <= 0) {
      return null;
    }
    double left = (total - lastDone) / rate;
    return left > LONGEST_SECONDS ? null : Duration.ofMillis((long) (left * 1000));
  }
}
