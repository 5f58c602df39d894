package dev.pgrunbook.plan;

import java.util.List;
import java.util.Objects;

/**
 * Steps inside a step.
 *
 * @param kind when they run
 * @param steps what they will do
 */
public record PlannedBlock(Kind kind, List<PlannedStep> steps) {

  public PlannedBlock {
    Objects.requireNonNull(kind);
    steps = List.copyOf(steps);
  }

  /** When the steps of a block run. */
  public enum Kind {
    /** One after the other: a group. */
    STEPS("steps"),
    /** Whenever a probe sees no progress. */
    STALL("stall"),
    /** When the step's timeout has passed. */
    ON_TIMEOUT("onTimeout");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    /** Returns the key that files use. */
    public String key() {
      return key;
    }
  }
}
