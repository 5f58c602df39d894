package dev.pgrunbook.model;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How often a failed transaction is tried again.
 *
 * @param attempts tries altogether, the first included; at least 1
 * @param delay the pause before the second try
 * @param backoff what the pause is multiplied by after each further try; at least 1
 * @param on the condition names that are worth another try, such as {@code lock_not_available};
 *     empty for every error of the server
 */
public record RetryPolicy(int attempts, Duration delay, double backoff, List<String> on) {

  public RetryPolicy {
    Objects.requireNonNull(delay);
    on = List.copyOf(on);
    if (attempts < 1 || backoff < 1 || delay.isNegative()) {
      throw new IllegalArgumentException("attempts " + attempts + ", backoff " + backoff);
    }
  }

  /** Returns the pause after a number of failed tries, from one. */
  public Duration delayAfter(int failures) {
    double millis = (double) delay.toMillis() * Math.pow(backoff, failures - 1.0);
    double longest = (double) Duration.ofDays(1).toMillis();
    return Duration.ofMillis((long) Math.min(millis, longest));
  }
}
