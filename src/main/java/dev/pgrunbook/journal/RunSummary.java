package dev.pgrunbook.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run in a list of runs, as the beginning and the end of its journal tell it.
 *
 * @param run its id
 * @param runbook its runbook, or null when its journal is damaged
 * @param version the runbook's version, or null when its journal is damaged
 * @param status where it stands
 * @param pause why it stands still, in a word or two; null when it does not
 * @param startedAt when it began, or null when its journal is damaged
 * @param lastAt when its last record was written, or null when its journal is damaged
 * @param by who began it, or null when its journal is damaged
 * @param holder the process that owns it now, or null when none does
 */
public record RunSummary(
    String run,
    @Nullable String runbook,
    @Nullable String version,
    Status status,
    @Nullable String pause,
    @Nullable Instant startedAt,
    @Nullable Instant lastAt,
    @Nullable String by,
    @Nullable String holder) {

  /** Returns a run whose journal is damaged. */
  public static RunSummary damaged(String run) {
    return new RunSummary(run, null, null, Status.DAMAGED, null, null, null, null, null);
  }

  /** Where a run stands. */
  public enum Status implements Word {
    DONE,
    FAILED,
    ABORTED,
    PAUSED,
    /** A process owns it. */
    RUNNING,
    /** Neither ended nor paused, and no process owns it: its process died. */
    INTERRUPTED,
    DAMAGED;

    /** Returns whether the run can be resumed. */
    public boolean isUnfinished() {
      return this == FAILED || this == PAUSED || this == INTERRUPTED;
    }
  }
}
