package dev.pgrunbook.journal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.Value.SecretValue;
import dev.pgrunbook.value.ValueJson;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as the journal stores it: a value that is read again is exactly the value that was written.
 *
 * <p>A resumed run must compute what an uninterrupted one would have, and {@code 5 / 2} is not the
 * same for an integer, a {@code numeric} and a double. What plain JSON does not tell apart is an
 * object with one key: {@code $numeric} for a decimal number that has no fraction or is very long,
 * {@code $double}, and {@code $secret} for a secret, which is never written. A row whose only
 * column begins with {@code $} gets one more of these.
 */
final class StoredJson {

  private static final String NUMERIC = "$numeric";
  private static final String DOUBLE = "$double";
  private static final String SECRET = "$secret";

  /** Gson reads no number of more than 1,023 characters. */
  private static final int LONGEST_NUMBER = 500;

  /** A {@code jsonb} column is read to 255 levels, and lies within a row of a list of a record. */
  private static final int DEEPEST = 300;

  private StoredJson() {}

  /** Returns the JSON of a value. */
  static JsonElement toJson(Value value) {
    if (value instanceof ListValue list) {
      JsonArray array = new JsonArray(list.items().size());
      list.items().forEach(item -> array.add(toJson(item)));
      return array;
    } else if (value instanceof RowValue row) {
      return row(row);
    } else if (value instanceof DecimalValue decimal) {
      return decimal(decimal.value());
    } else if (value instanceof DoubleValue number) {
      return tagged(DOUBLE, ValueJson.toJson(number));
    } else if (value instanceof SecretValue) {
      return tagged(SECRET, new JsonPrimitive(SecretValue.MASK));
    }
    return ValueJson.toJson(value);
  }

  private static JsonObject row(RowValue row) {
    JsonObject object = new JsonObject();
    boolean alone = row.fields().size() == 1;
    row.fields()
        .forEach(
            (name, field) -> object.add(escape(name, alone) ? "$" + name : name, toJson(field)));
    return object;
  }

  private static boolean escape(String name, boolean alone) {
    return alone && name.startsWith("$");
  }

  private static JsonElement decimal(BigDecimal number) {
    String digits = number.toString();
    boolean plain = digits.indexOf('.') < 0 && digits.indexOf('E') < 0;
    return plain || digits.length() > LONGEST_NUMBER
        ? tagged(NUMERIC, new JsonPrimitive(digits))
        : new JsonPrimitive(number);
  }

  private static JsonObject tagged(String tag, JsonElement content) {
    JsonObject object = new JsonObject();
    object.add(tag, content);
    return object;
  }

  /** Returns the value of a JSON. */
  static Value fromJson(JsonElement json) {
    if (json.isJsonObject()) {
      return row(json.getAsJsonObject());
    } else if (json.isJsonArray()) {
      List<Value> items = new ArrayList<>(json.getAsJsonArray().size());
      json.getAsJsonArray().forEach(item -> items.add(fromJson(item)));
      return new ListValue(items);
    }
    return json instanceof JsonNull ? Value.none() : ValueJson.fromJson(json);
  }

  private static Value row(JsonObject object) {
    Map<String, Value> fields = new LinkedHashMap<>();
    boolean alone = object.size() == 1;
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      String name = entry.getKey();
      if (!escape(name, alone)) {
        fields.put(name, fromJson(entry.getValue()));
      } else if (name.startsWith("$$")) {
        fields.put(name.substring(1), fromJson(entry.getValue()));
      } else {
        return tagged(name, entry.getValue().getAsString());
      }
    }
    return new RowValue(fields);
  }

  private static Value tagged(String tag, String content) {
    return switch (tag) {
      case NUMERIC -> new DecimalValue(new BigDecimal(content));
      case DOUBLE -> new DoubleValue(Double.parseDouble(content));
      case SECRET -> new SecretValue(content);
      default -> throw new IllegalArgumentException("a value of an unknown kind: " + tag);
    };
  }

  /**
   * Returns the JSON of a text.
   *
   * @throws JsonParseException when the text is not exactly one JSON value
   */
  static JsonElement parse(String text) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(DEEPEST);
    try {
      JsonElement json = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonParseException("more than one JSON value");
      }
      return json;
    } catch (IOException malformed) {
      throw new JsonParseException("not JSON: " + malformed.getMessage(), malformed);
    }
  }
}
