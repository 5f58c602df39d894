package dev.pgrunbook.journal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Journal records as JSON objects: {@code seq}, {@code at}, {@code run}, {@code event}, where it
 * applies {@code step} and {@code item}, and what the event says.
 *
 * <p>{@code item} is a number from one; within nested loops an array of them, outermost first.
 */
public final class EventJson {

  /** The version of the format; written by {@code RunStarted} and {@code RunResumed}. */
  public static final int FORMAT = 1;

  /** Every event by its name. */
  static final Map<String, Class<? extends Record>> TYPES = types();

  private final RecordJson records;

  private EventJson(@Nullable Attachments attachments) {
    this.records = new RecordJson(attachments);
  }

  /** Returns a writer for {@code --output jsonl}: every value in place, as plain JSON. */
  public static EventJson inline() {
    return new EventJson(null);
  }

  /** Returns a converter from which exactly the same record is read again. */
  static EventJson stored(Attachments attachments) {
    return new EventJson(attachments);
  }

  private static Map<String, Class<? extends Record>> types() {
    Map<String, Class<? extends Record>> types = new LinkedHashMap<>();
    for (Class<?> type : RunEvent.class.getPermittedSubclasses()) {
      if (type.isRecord()) {
        types.put(type.getSimpleName(), type.asSubclass(Record.class));
      }
    }
    for (Class<?> type : RunEvent.StepEvent.class.getPermittedSubclasses()) {
      types.put(type.getSimpleName(), type.asSubclass(Record.class));
    }
    return Collections.unmodifiableMap(types);
  }

  /** Returns a time as the journal writes it: UTC, microseconds. */
  public static String time(Instant at) {
    return JournalTime.write(at);
  }

  /** Returns a record as a JSON object. */
  public JsonObject write(JournalRecord entry) {
    JsonObject object = new JsonObject();
    object.addProperty("seq", entry.seq());
    object.addProperty("at", time(entry.at()));
    object.addProperty("run", entry.run());
    object.addProperty("event", entry.event().getClass().getSimpleName());
    records.write((Record) entry.event(), object);
    return object;
  }

  /**
   * Returns the record that a JSON text holds.
   *
   * @throws NewerFormat when it begins what only a newer program understands
   * @throws IllegalArgumentException when it holds none
   */
  JournalRecord read(String text) {
    try {
      return read(StoredJson.parse(text).getAsJsonObject());
    } catch (NewerFormat | JournalFailure | IllegalArgumentException told) {
      throw told;
    } catch (RuntimeException malformed) {
      throw new IllegalArgumentException("not a record: " + malformed.getMessage(), malformed);
    }
  }

  private JournalRecord read(JsonObject object) {
    String name = required(object, "event").getAsString();
    if (object.get("format") instanceof JsonPrimitive format && format.getAsInt() > FORMAT) {
      throw new NewerFormat(format.getAsInt(), required(object, "program").getAsString());
    }
    Class<? extends Record> type = TYPES.get(name);
    if (type == null) {
      throw new IllegalArgumentException("format " + FORMAT + " has no event \"" + name + "\"");
    }
    RunEvent event = (RunEvent) records.read(type, object);
    return new JournalRecord(
        required(object, "seq").getAsLong(),
        JournalTime.read(required(object, "at").getAsString()),
        required(object, "run").getAsString(),
        event);
  }

  private static JsonElement required(JsonObject object, String key) {
    JsonElement element = object.get(key);
    if (element == null) {
      throw new IllegalArgumentException("a record without \"" + key + "\"");
    }
    return element;
  }

  /** A journal was written in a later version of the format; not a damage. */
  static final class NewerFormat extends RuntimeException {

    private static final long serialVersionUID = 1;

    NewerFormat(int format, String program) {
      super(
          "was written in format "
              + format
              + " by pgrunbook "
              + program
              + ", and this program reads no format after "
              + FORMAT
              + ": resume it with that version, or a later one");
    }
  }
}
