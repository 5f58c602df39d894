package dev.pgrunbook.plan;

import java.util.List;
import java.util.Objects;

/** How far it is known what a step or an item of it will do. */
public sealed interface Resolution {

  /** Everything is known. */
  record Resolved() implements Resolution {}

  /**
   * It is known when running.
   *
   * @param reason why, in a phrase that follows "known when running, because"
   * @param dependsOn the steps that it waits for, in order; empty when it is no step's doing
   */
  record Deferred(String reason, List<String> dependsOn) implements Resolution {
    public Deferred {
      Objects.requireNonNull(reason);
      dependsOn = List.copyOf(dependsOn);
    }
  }

  /** It does nothing, for this reason. */
  record Skipped(String reason) implements Resolution {
    public Skipped {
      Objects.requireNonNull(reason);
    }
  }

  /** Returns that everything is known. */
  static Resolution resolved() {
    return new Resolved();
  }

  /** Returns the word that machines read. */
  default String word() {
    if (this instanceof Deferred) {
      return "deferred";
    }
    return this instanceof Skipped ? "skipped" : "resolved";
  }

  /** Returns whether everything is known. */
  default boolean isResolved() {
    return this instanceof Resolved;
  }
}
