package dev.pgrunbook.engine;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Is told what happens in a run, after the journal has it: one thing at a time, in the journal's
 * order, on whichever thread it happened. What belongs to one address is told in its own order;
 * news of items that run side by side come in between.
 *
 * <p>A listener that throws stops the run; one that is slow makes it slow, for everything waits
 * until it has heard.
 */
public interface RunListener {

  /** An event has been appended; final ones have been flushed, too. */
  default void recorded(JournalRecord entry) {}

  /** A query has returned rows. */
  default void rows(StepAddress address, Step step, Rows rows) {}

  /** A round of a generator has produced statements, from one. */
  default void generated(StepAddress address, int stage, List<String> statements) {}

  /** A probe has polled its sources. */
  default void sampled(ProbeSample sample) {}

  /** A countdown or a pause between tries goes on for this long. */
  default void waiting(StepAddress address, Duration remaining, String what) {}

  /**
   * A statement waits for locks that these sessions hold, a line each. Told by the thread that
   * watches, while the run's own waits for the statement. No lines: nobody holds them any more.
   */
  default void blocked(StepAddress address, List<String> blockers) {}

  /** Those sessions still hold them, a line each as they are now; told at every look. */
  default void stillBlocked(StepAddress address, List<String> blockers) {}

  /** The server says how far a statement is; told by the thread that watches, too. */
  default void progressed(StepAddress address, Instant at, StatementProgress progress) {}

  /** Something an operator should know, such as a lost connection, in a sentence. */
  default void notice(StepAddress address, String text) {}
}
