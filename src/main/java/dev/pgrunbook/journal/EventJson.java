package dev.pgrunbook.journal;

import com.google.gson.JsonObject;
import dev.pgrunbook.journal.RecordJson.Attachments;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Journal records as JSON objects: {@code seq}, {@code at}, {@code run}, {@code event}, where it
 * applies {@code step} and {@code item}, and what the event says.
 *
 * <p>{@code item} is a number from one; within nested loops an array of them, outermost first.
 */
public final class EventJson {

  /** The version of the format; written by {@code RunStarted}. */
  public static final int FORMAT = 1;

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final Map<String, Class<? extends Record>> TYPES = types();

  private final RecordJson records;

  EventJson(Attachments attachments) {
    this.records = new RecordJson(attachments);
  }

  /** Returns a converter that keeps every value in place, however long. */
  public static EventJson inline() {
    return new EventJson(Attachments.NONE);
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
    return types;
  }

  /** Returns a time as the journal writes it: UTC, microseconds. */
  public static String time(Instant at) {
    return MICROSECONDS.format(at.truncatedTo(ChronoUnit.MICROS));
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
   * Returns the record that a JSON object holds.
   *
   * @throws IllegalArgumentException when it holds none
   */
  public JournalRecord read(JsonObject object) {
    String name = object.get("event").getAsString();
    Class<? extends Record> type = TYPES.get(name);
    if (type == null) {
      throw new IllegalArgumentException("an event of an unknown kind: " + name);
    }
    RunEvent event = (RunEvent) records.read(type, object);
    return new JournalRecord(
        object.get("seq").getAsLong(),
        Instant.parse(object.get("at").getAsString()),
        object.get("run").getAsString(),
        event);
  }
}
