package dev.pgrunbook.journal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.ValueJson;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON objects and back: each component under its name, null and empty ones left out.
 *
 * <p>Knows the types that events are made of, and no others: texts, numbers, truth values,
 * instants, values, enumerations by their lower-case words, records, and lists and maps of these.
 */
final class RecordJson {

  private final Attachments attachments;

  /** Where values that are too long for a line are kept. */
  interface Attachments {
    /** Returns the digest under which a long value was stored, or null for one that is short. */
    @Nullable String store(String json);

    /** Returns what was stored. */
    String load(String digest);

    /** Keeps everything in place. */
    Attachments NONE =
        new Attachments() {
          @Override
          public @Nullable String store(String json) {
            return null;
          }

          @Override
          public String load(String digest) {
            throw new JournalFailure("the value " + digest + " is not here");
          }
        };
  }

  private static final String ATTACHMENT = "Attachment";

  RecordJson(Attachments attachments) {
    this.attachments = attachments;
  }

  /** Adds a record's components to an object. */
  void write(Record entry, JsonObject object) {
    for (RecordComponent component : entry.getClass().getRecordComponents()) {
      Object value = get(entry, component);
      if (value instanceof StepAddress address) {
        writeAddress(address, object);
      } else if (value instanceof Value rows) {
        writeValue(component.getName(), rows, object);
      } else if (value != null && !isEmpty(value)) {
        object.add(component.getName(), toJson(value));
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
    JsonElement json = ValueJson.toJson(value);
    String digest = attachments.store(json.toString());
    if (digest == null) {
      object.add(name, json);
    } else {
      object.addProperty(name + ATTACHMENT, digest);
    }
  }

  private JsonElement toJson(Object value) {
    if (value instanceof Record entry && !(value instanceof Value)) {
      JsonObject object = new JsonObject();
      write(entry, object);
      return object;
    } else if (value instanceof List<?> list) {
      JsonArray array = new JsonArray();
      list.forEach(item -> array.add(toJson(item)));
      return array;
    } else if (value instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      map.forEach((key, item) -> object.add((String) key, toJson(item)));
      return object;
    } else if (value instanceof Value leaf) {
      return ValueJson.toJson(leaf);
    } else if (value instanceof Number number) {
      return new JsonPrimitive(number);
    } else if (value instanceof Boolean truth) {
      return new JsonPrimitive(truth);
    } else if (value instanceof Enum<?> constant) {
      return new JsonPrimitive(word(constant));
    }
    return new JsonPrimitive(value.toString());
  }

  /** Returns the record of a type that an object holds. */
  <R extends Record> R read(Class<R> type, JsonObject object) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = component(components[i], object);
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException | RuntimeException malformed) {
      throw new IllegalArgumentException("not a " + type.getSimpleName(), malformed);
    }
  }

  private @Nullable Object component(RecordComponent component, JsonObject object) {
    Class<?> type = component.getType();
    String name = component.getName();
    if (type == StepAddress.class) {
      return readAddress(object);
    }
    JsonElement json = object.get(name);
    if (json != null) {
      return fromJson(component.getGenericType(), json);
    }
    if (type == Value.class && object.has(name + ATTACHMENT)) {
      return ValueJson.parse(attachments.load(object.get(name + ATTACHMENT).getAsString()));
    }
    if (type == List.class) {
      return List.of();
    } else if (type == Map.class) {
      return Map.of();
    }
    return null;
  }

  private static StepAddress readAddress(JsonObject object) {
    JsonElement item = object.get("item");
    List<Integer> items = new ArrayList<>();
    if (item != null && item.isJsonArray()) {
      item.getAsJsonArray().forEach(number -> items.add(number.getAsInt()));
    } else if (item != null) {
      items.add(item.getAsInt());
    }
    return new StepAddress(object.get("step").getAsString(), items);
  }

  private Object fromJson(Type type, JsonElement json) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? list(generic.getActualTypeArguments()[0], json)
          : map(generic.getActualTypeArguments()[1], json);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == Value.class) {
      return ValueJson.fromJson(json);
    } else if (plain == String.class) {
      return json.getAsString();
    } else if (plain == int.class || plain == Integer.class) {
      return json.getAsInt();
    } else if (plain == long.class || plain == Long.class) {
      return json.getAsLong();
    } else if (plain == boolean.class) {
      return json.getAsBoolean();
    } else if (plain == Instant.class) {
      return Instant.parse(json.getAsString());
    } else if (plain.isEnum()) {
      return constant(plain, json.getAsString());
    }
    return read(plain.asSubclass(Record.class), json.getAsJsonObject());
  }

  private List<Object> list(Type item, JsonElement json) {
    List<Object> list = new ArrayList<>();
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

  /** Returns the word of a constant: {@code IN_DOUBT} is {@code inDoubt}. */
  private static String word(Enum<?> constant) {
    StringBuilder word = new StringBuilder();
    for (String part : constant.name().split("_", -1)) {
      String rest = part.substring(1).toLowerCase(Locale.ROOT);
      char first = word.isEmpty() ? Character.toLowerCase(part.charAt(0)) : part.charAt(0);
      word.append(first).append(rest);
    }
    return word.toString();
  }

  private static Object constant(Class<?> type, String word) {
    for (Object constant : type.getEnumConstants()) {
      if (word((Enum<?>) constant).equals(word)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(type.getSimpleName() + " " + word);
  }

  private static boolean isEmpty(Object value) {
    return (value instanceof List<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  private static @Nullable Object get(Record entry, RecordComponent component) {
    try {
      return component.getAccessor().invoke(entry);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("events are public records", impossible);
    }
  }
}
