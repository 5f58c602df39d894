package dev.pgrunbook.value;

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
import dev.pgrunbook.value.Value.BooleanValue;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.NullValue;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.Value.SecretValue;
import dev.pgrunbook.value.Value.TextValue;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as JSON and back. */
public final class ValueJson {

  private ValueJson() {}

  /** Returns compact JSON; a secret is {@code "***"}, NaN and infinities are texts as in jsonb. */
  public static String write(Value value) {
    return toJson(value).toString();
  }

  /** Returns a value as a JSON tree; see {@link #write}. */
  public static JsonElement toJson(Value value) {
    if (value instanceof NullValue) {
      return JsonNull.INSTANCE;
    } else if (value instanceof BooleanValue bool) {
      return new JsonPrimitive(bool.value());
    } else if (value instanceof IntegerValue integer) {
      return new JsonPrimitive(integer.value());
    } else if (value instanceof DecimalValue decimal) {
      return new JsonPrimitive(decimal.value());
    } else if (value instanceof DoubleValue number) {
      return doubleToJson(number.value());
    } else if (value instanceof TextValue text) {
      return new JsonPrimitive(text.value());
    } else if (value instanceof SecretValue) {
      return new JsonPrimitive(SecretValue.MASK);
    } else if (value instanceof ListValue list) {
      JsonArray array = new JsonArray(list.items().size());
      list.items().forEach(item -> array.add(toJson(item)));
      return array;
    } else if (value instanceof RowValue row) {
      JsonObject object = new JsonObject();
      row.fields().forEach((name, field) -> object.add(name, toJson(field)));
      return object;
    }
    throw new AssertionError(value);
  }

  private static JsonElement doubleToJson(double number) {
    return Double.isNaN(number) || Double.isInfinite(number)
        ? new JsonPrimitive(Double.toString(number))
        : new JsonPrimitive(number);
  }

  /**
   * Returns the value of a JSON text.
   *
   * @throws JsonParseException when the text is not exactly one JSON value (RFC 8259)
   */
  public static Value parse(String json) {
    return fromJson(parseTree(json));
  }

  /**
   * Returns the tree of a JSON text.
   *
   * @throws JsonParseException when the text is not exactly one JSON value (RFC 8259)
   */
  public static JsonElement parseTree(String json) {
    try {
      JsonReader reader = new JsonReader(new StringReader(json));
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonParseException("more than one JSON value");
      }
      return element;
    } catch (IOException malformed) {
      throw new JsonParseException("not JSON: " + malformed.getMessage(), malformed);
    }
  }

  /** Returns the value of a JSON tree; numbers without fraction that fit are integers. */
  public static Value fromJson(JsonElement element) {
    if (element.isJsonNull()) {
      return Value.none();
    }
    if (element.isJsonArray()) {
      List<Value> items = new ArrayList<>();
      element.getAsJsonArray().forEach(item -> items.add(fromJson(item)));
      return new ListValue(items);
    }
    if (element.isJsonObject()) {
      Map<String, Value> fields = new LinkedHashMap<>();
      element
          .getAsJsonObject()
          .entrySet()
          .forEach(e -> fields.put(e.getKey(), fromJson(e.getValue())));
      return new RowValue(fields);
    }
    JsonPrimitive primitive = element.getAsJsonPrimitive();
    if (primitive.isBoolean()) {
      return Value.bool(primitive.getAsBoolean());
    }
    return primitive.isNumber()
        ? number(primitive.getAsString())
        : Value.text(primitive.getAsString());
  }

  private static Value number(String digits) {
    try {
      return Value.integer(Long.parseLong(digits));
    } catch (NumberFormatException notAnInteger) {
      return new DecimalValue(new BigDecimal(digits));
    }
  }
}
