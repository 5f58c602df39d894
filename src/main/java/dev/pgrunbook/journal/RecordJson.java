package dev.pgrunbook.journal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.pgrunbook.journal.RecordShape.Part;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.ValueJson;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON objects and back: each component under its name, null and empty ones left out.
 *
 * <p>Knows the types that events are made of, and no others: texts, numbers, truth values,
 * instants, values, enumerations by their words, records, and lists and maps of these.
 */
final class RecordJson {

  /** Stands after a component's name where its value is stored beside the journal. */
  static final String ATTACHMENT = "Attachment";

  private final @Nullable Attachments attachments;

  /** Takes where long values are kept, or null to write plain JSON for others to read. */
  RecordJson(@Nullable Attachments attachments) {
    this.attachments = attachments;
  }

  /** Adds a record's components to an object. */
  void write(Record entry, JsonObject object) {
    for (Part part : RecordShape.of(entry.getClass()).parts()) {
      Object value = part.get(entry);
      if (value instanceof StepAddress address) {
        writeAddress(address, object);
      } else if (value instanceof Value rows) {
        writeValue(part.name(), rows, object);
      } else if (value != null && !isEmpty(value)) {
        object.add(part.name(), toJson(value));
      }
    }
  }

  private static void writeAddress(StepAddress address, JsonObject object) {
    object.addProperty("step", address.step());
    if (address.items().size() == 1) {
      object.addProperty("item", address.items().get(0));
    } else if (!address.items().isEmpty()) {
      JsonArray items = new JsonArray();
      address.items().forEach(items::add);
      object.add("item", items);
    }
  }

  private void writeValue(String name, Value value, JsonObject object) {
    JsonElement json = valueToJson(value);
    String digest = attachments == null ? null : attachments.store(JsonText.of(json));
    if (digest == null) {
      object.add(name, json);
    } else {
      object.addProperty(name + ATTACHMENT, digest);
    }
  }

  private JsonElement valueToJson(Value value) {
    return attachments == null ? ValueJson.toJson(value) : StoredJson.toJson(value);
  }

  private JsonElement toJson(Object value) {
    if (value instanceof Value leaf) {
      return valueToJson(leaf);
    } else if (value instanceof Record entry) {
      JsonObject object = new JsonObject();
      write(entry, object);
      return object;
    } else if (value instanceof List<?> list) {
      JsonArray array = new JsonArray(list.size());
      list.forEach(item -> array.add(toJson(item)));
      return array;
    } else if (value instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      map.forEach((key, item) -> object.add((String) key, toJson(item)));
      return object;
    } else if (value instanceof Number number) {
      return new JsonPrimitive(number);
    } else if (value instanceof Boolean truth) {
      return new JsonPrimitive(truth);
    } else if (value instanceof Word constant) {
      return new JsonPrimitive(constant.word());
    } else if (value instanceof Instant at) {
      return new JsonPrimitive(EventJson.time(at));
    } else if (value instanceof String text) {
      return new JsonPrimitive(text);
    }
    throw new AssertionError("events hold no " + value.getClass());
  }

  /**
   * Returns the record of a type that an object holds.
   *
   * @throws IllegalArgumentException when it holds none
   */
  <R extends Record> R read(Class<R> type, JsonObject object) {
    RecordShape shape = RecordShape.of(type);
    List<Part> parts = shape.parts();
    @Nullable Object[] components = new Object[parts.size()];
    for (int i = 0; i < components.length; i++) {
      Part part = parts.get(i);
      components[i] = component(part, object);
      if (components[i] == null && !part.optional()) {
        throw new IllegalArgumentException(
            "a " + type.getSimpleName() + " without \"" + part.name() + "\"");
      }
    }
    return type.cast(shape.create(components));
  }

  private @Nullable Object component(Part part, JsonObject object) {
    if (part.type() == StepAddress.class) {
      return readAddress(object);
    }
    JsonElement json = object.get(part.name());
    if (json != null) {
      return fromJson(part.genericType(), json);
    }
    JsonElement digest = part.type() == Value.class ? object.get(part.name() + ATTACHMENT) : null;
    if (digest != null && attachments != null) {
      return StoredJson.fromJson(StoredJson.parse(attachments.load(digest.getAsString())));
    }
    if (part.type() == List.class) {
      return List.of();
    }
    return part.type() == Map.class ? Map.of() : null;
  }

  private static @Nullable StepAddress readAddress(JsonObject object) {
    JsonElement step = object.get("step");
    JsonElement item = object.get("item");
    List<Integer> items = new ArrayList<>();
    if (item != null && item.isJsonArray()) {
      item.getAsJsonArray().forEach(number -> items.add(number.getAsInt()));
    } else if (item != null) {
      items.add(item.getAsInt());
    }
    return step == null ? null : new StepAddress(step.getAsString(), items);
  }

  private Object fromJson(Type type, JsonElement json) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? list(generic.getActualTypeArguments()[0], json)
          : map(generic.getActualTypeArguments()[1], json);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == Value.class) {
      return StoredJson.fromJson(json);
    } else if (plain == String.class) {
      return json.getAsString();
    } else if (plain == int.class || plain == Integer.class) {
      return json.getAsInt();
    } else if (plain == long.class || plain == Long.class) {
      return json.getAsLong();
    } else if (plain == boolean.class) {
      return json.getAsBoolean();
    } else if (plain == Instant.class) {
      return JournalTime.read(json.getAsString());
    } else if (plain.isEnum()) {
      return constant(plain, json.getAsString());
    }
    return read(plain.asSubclass(Record.class), json.getAsJsonObject());
  }

  private List<Object> list(Type item, JsonElement json) {
    List<Object> list = new ArrayList<>(json.getAsJsonArray().size());
    json.getAsJsonArray().forEach(element -> list.add(fromJson(item, element)));
    return list;
  }

  private Map<String, Object> map(Type value, JsonElement json) {
    Map<String, Object> map = new LinkedHashMap<>();
    json.getAsJsonObject()
        .entrySet()
        .forEach(entry -> map.put(entry.getKey(), fromJson(value, entry.getValue())));
    return map;
  }

  private static Object constant(Class<?> type, String word) {
    for (Object constant : type.getEnumConstants()) {
      if (((Word) constant).word().equals(word)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("\"" + word + "\" is no " + type.getSimpleName());
  }

  private static boolean isEmpty(Object value) {
    return (value instanceof List<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }
}
