package dev.pgrunbook.journal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.pgrunbook.journal.RunSummary.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The beginning and the end of a journal, which say where its run stands without its middle.
 *
 * <p>Only these are checked; damage in between shows when the journal is read as a whole.
 *
 * @param first the first record
 * @param last the last whole record
 * @param lastMove the last record by which the run itself moved or stopped
 */
public record JournalEnds(End first, End last, End lastMove) {

  /** A run that stands still may be given these, and goes on standing still. */
  public static final Set<String> ANSWERS =
      Set.of("ReviewAnswered", "GateAnswered", "OperatorMarked", "VariableSet");

  /**
   * A record at an end, as far as a list of runs wants to know.
   *
   * @param at when it was appended
   * @param event the event's name
   * @param json all of it
   */
  public record End(Instant at, String event, JsonObject json) {

    /**
     * Reads a line.
     *
     * @param previous the line before it, whose own hash is taken for right; null for the first
     * @throws IllegalArgumentException when it is damaged
     */
    public static End of(byte @Nullable [] previous, byte[] line) {
      HashChain chain = previous == null ? new HashChain() : HashChain.after(previous);
      if (!chain.accept(line, 0, line.length)) {
        throw new IllegalArgumentException("its hash does not match");
      }
      try {
        String text = new String(line, StandardCharsets.UTF_8);
        JsonObject json = StoredJson.parse(text).getAsJsonObject();
        String at = json.get("at").getAsString();
        return new End(JournalTime.read(at), json.get("event").getAsString(), json);
      } catch (RuntimeException malformed) {
        throw new IllegalArgumentException("it is no record", malformed);
      }
    }

    /** Returns a text of the record, or the empty text. */
    String text(String key) {
      JsonElement element = json.get(key);
      return element instanceof JsonPrimitive text ? text.getAsString() : "";
    }

    boolean isAnswer() {
      return ANSWERS.contains(event);
    }
  }

  /**
   * Returns the run as a list shows it.
   *
   * @param holder the process that owns it, or null when none does
   */
  public RunSummary summary(String run, @Nullable String holder) {
    Status status = holder == null ? status() : Status.RUNNING;
    return new RunSummary(
        run,
        first.text("runbook"),
        first.text("version"),
        status,
        status == Status.PAUSED ? lastMove.text("reason") : null,
        first.at(),
        last.at(),
        first.text("by"),
        holder);
  }

  /** Returns how the run stands as far as its records tell. */
  Status status() {
    return switch (lastMove.event()) {
      case "RunPaused" -> Status.PAUSED;
      case "RunFinished" ->
          switch (lastMove.text("outcome")) {
            case "done" -> Status.DONE;
            case "failed" -> Status.FAILED;
            case "aborted" -> Status.ABORTED;
            default -> Status.DAMAGED;
          };
      default -> Status.INTERRUPTED;
    };
  }
}
