package dev.pgrunbook.plan;

import java.util.List;
import java.util.Objects;

/** What came out when a step's queries were run for the plan. */
public sealed interface Observation {

  /**
   * A check was evaluated.
   *
   * @param passed whether it holds
   * @param message what it says when it does not, in lines; empty when it holds
   * @param rows its rows
   */
  record Checked(boolean passed, String message, ResultRows rows) implements Observation {
    public Checked {
      Objects.requireNonNull(message);
      Objects.requireNonNull(rows);
    }
  }

  /** A query was run. */
  record Queried(ResultRows rows) implements Observation {
    public Queried {
      Objects.requireNonNull(rows);
    }
  }

  /**
   * A generator was run; the statements of its last round are the item's own.
   *
   * @param stages the statements of the rounds before the last, each of which the next round ran
   */
  record Generated(List<List<String>> stages) implements Observation {
    public Generated {
      stages = stages.stream().map(List::copyOf).toList();
    }
  }
}
