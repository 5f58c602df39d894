package dev.pgrunbook.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An event with its place in the run.
 *
 * @param seq from one, without gaps
 * @param at when it was appended, UTC, microseconds
 * @param run the run's id
 * @param event what happened
 */
public record JournalRecord(long seq, Instant at, String run, RunEvent event) {
  public JournalRecord {
    at = at.truncatedTo(ChronoUnit.MICROS);
  }
}
