package dev.pgrunbook.journal;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of NUL bytes among the last records, where a power failure kept a block from the disk
 * and a later one not.
 *
 * <p>What was being flushed then has had no effect, and is dropped as a torn record is. A hole in
 * what had been flushed before is damage; it shows by records that are only written afterwards.
 */
final class Hole {

  /** Tell of what the server has done: a record flushed before had announced it. */
  private static final Set<String> AFTER_A_FLUSH =
      Set.of("StatementCommitted", "StatementFinished", "StatementFailed", "RunResumed");

  /** Are flushed before anything else is done. */
  private static final Set<String> BEFORE_A_FLUSH = Set.of("StatementPrepared", "StatementStarted");

  private final JournalFailure damage;
  private boolean flushed;
  private boolean proven;

  /**
   * @param damage what to tell should it be none of the last flush
   */
  Hole(JournalFailure damage) {
    this.damage = damage;
  }

  /** Returns whether there is one in a line; JSON has no such bytes. */
  static boolean isIn(byte[] line, int start, int end) {
    for (int i = start; i < end; i++) {
      if (line[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Takes in a whole line behind it. */
  void takeIn(byte[] line, int start, int end) {
    if (!isIn(line, start, end)) {
      String event = event(line, start, end);
      proven |= flushed || event == null || AFTER_A_FLUSH.contains(event);
      flushed = event != null && BEFORE_A_FLUSH.contains(event);
    }
  }

  /**
   * Passes over it.
   *
   * @throws JournalFailure when what is behind it proves that it had been flushed
   */
  void requireUnflushed() {
    if (proven) {
      throw damage;
    }
  }

  /** Returns what a line tells of; null when it is none. */
  private static @Nullable String event(byte[] line, int start, int end) {
    try {
      String text = new String(line, start, end - start, StandardCharsets.UTF_8);
      JsonObject json = StoredJson.parse(text).getAsJsonObject();
      return json.get("event").getAsString();
    } catch (RuntimeException malformed) {
      return null;
    }
  }
}
