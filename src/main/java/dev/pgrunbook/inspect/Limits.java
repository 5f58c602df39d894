package dev.pgrunbook.inspect;

import java.time.Duration;
import java.util.Objects;

/**
 * How long planning lets a server work and wait.
 *
 * @param statement the longest that a query may take
 * @param lock the longest that anything may wait for a lock
 * @param idle after which the server ends a planning session that says nothing
 */
public record Limits(Duration statement, Duration lock, Duration idle) {

  /** What a person waits for without wondering. */
  public static final Limits USUAL =
      new Limits(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofMinutes(2));

  public Limits {
    Objects.requireNonNull(statement);
    Objects.requireNonNull(lock);
    Objects.requireNonNull(idle);
  }
}
