package dev.pgrunbook.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast something moves, what is long ago forgotten little by little, and when it will be done.
 */
final class ProbeRate {

  /** What is so many seconds ago counts a third of what is now. */
  private static final double MEMORY = 20;

  /** The same for a pace that tells how much the other one swings. */
  private static final double LONG_MEMORY = 90;

  private static final int LEAST_MOVES = 3;
  private static final double LEAST_SECONDS = 5;
  private static final double LONGEST_SECONDS = 7 * 86_400.0;

  /** Nobody knows better than by a tenth what comes next. */
  private static final double LEAST_DOUBT = 0.05;

  private static final double MOST_DOUBT = 0.6;

  private @Nullable Instant lastAt;
  private double lastDone;
  private double moved;
  private double seconds;
  private double movedLong;
  private double secondsLong;
  private double squares;
  private double observed;
  private int moves;

  /** How long the rest will take: not less than the one, not more than the other. */
  record Left(Duration least, Duration most) {}

  /** Takes what has been done by a moment in; null when that is not known. */
  void sample(Instant at, @Nullable Double done) {
    if (done == null) {
      return;
    }
    Instant before = lastAt;
    if (before == null || done < lastDone) {
      forget();
    } else {
      double passed = Duration.between(before, at).toNanos() / 1e9;
      double step = done - lastDone;
      double kept = Math.exp(-passed / MEMORY);
      double keptLong = Math.exp(-passed / LONG_MEMORY);
      moved = moved * kept + step;
      seconds = seconds * kept + passed;
      movedLong = movedLong * keptLong + step;
      secondsLong = secondsLong * keptLong + passed;
      squares = squares * keptLong + (passed > 0 ? step * step / passed : 0);
      observed += passed;
      moves += step > 0 ? 1 : 0;
    }
    lastAt = at;
    lastDone = done;
  }

  /** Begins anew: what was before says nothing of what comes. */
  void forget() {
    moved = 0;
    seconds = 0;
    movedLong = 0;
    secondsLong = 0;
    squares = 0;
    observed = 0;
    moves = 0;
    lastAt = null;
  }

  /** Returns how much is done a second; 0 while that is not known. */
  double perSecond() {
    return seconds <= 0 || moves == 0 ? 0 : moved / seconds;
  }

  /** Returns how long the rest will take; null when nobody can tell in earnest. */
  @Nullable Left left(@Nullable Double total) {
    double rate = perSecond();
    if (total == null
        || total <= lastDone
        || moves < LEAST_MOVES
        || observed < LEAST_SECONDS
        || rate <= 0) {
      return null;
    }
    double rest = total - lastDone;
    double doubt = doubt(rest / rate);
    double slow = Math.min(rate, movedLong / secondsLong) * (1 - doubt);
    double fast = Math.max(rate, movedLong / secondsLong) * (1 + doubt);
    return rest / rate > LONGEST_SECONDS
        ? null
        : new Left(lasting(rest / fast), lasting(rest / slow));
  }

  /**
   * How far off the pace may be, as a fraction: what it swings by from sample to sample, less where
   * there are many of them, more where what is to come is longer than what has been seen.
   */
  private double doubt(double ahead) {
    double mean = movedLong / secondsLong;
    double variance = Math.max(0, squares / secondsLong - mean * mean);
    double swing = Math.sqrt(variance) / mean / Math.sqrt(Math.max(1, moves));
    double unseen = 0.1 * Math.min(1, ahead / observed);
    return Math.min(MOST_DOUBT, Math.max(LEAST_DOUBT, swing + unseen));
  }

  private static Duration lasting(double seconds) {
    return Duration.ofMillis((long) (Math.min(seconds, 10 * LONGEST_SECONDS) * 1000));
  }
}
