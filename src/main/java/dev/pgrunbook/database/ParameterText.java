package dev.pgrunbook.database;

import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.BooleanValue;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.NullValue;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.Value.SecretValue;
import dev.pgrunbook.value.Value.TextValue;
import dev.pgrunbook.value.ValueJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as PostgreSQL's input functions read them. */
final class ParameterText {

  private ParameterText() {}

  /** Returns a value's text for a type, secrets in the clear; null for null. */
  static @Nullable String of(String type, Value value) {
    if (value instanceof NullValue) {
      return null;
    }
    if (type.equals("json") || type.equals("jsonb")) {
      return ValueJson.write(revealed(value));
    }
    if (value instanceof ListValue list) {
      return type.endsWith("[]")
          ? array(type.substring(0, type.length() - 2), list)
          : ValueJson.write(revealed(value));
    }
    return value instanceof RowValue ? ValueJson.write(revealed(value)) : scalar(value);
  }

  private static String scalar(Value value) {
    if (value instanceof TextValue text) {
      return text.value();
    } else if (value instanceof SecretValue secret) {
      return secret.secret();
    } else if (value instanceof IntegerValue integer) {
      return Long.toString(integer.value());
    } else if (value instanceof BooleanValue bool) {
      return bool.value() ? "true" : "false";
    } else if (value instanceof DecimalValue decimal) {
      return decimal.value().toString();
    } else if (value instanceof DoubleValue number) {
      return Double.toString(number.value());
    }
    throw new AssertionError("not a scalar");
  }

  private static String array(String elementType, ListValue list) {
    StringBuilder text = new StringBuilder("{");
    for (Value item : list.items()) {
      if (text.length() > 1) {
        text.append(',');
      }
      if (item instanceof ListValue nested && !elementType.startsWith("json")) {
        text.append(array(elementType, nested));
      } else {
        appendElement(text, of(elementType, item));
      }
    }
    return text.append('}').toString();
  }

  private static void appendElement(StringBuilder text, @Nullable String element) {
    if (element == null) {
      text.append("NULL");
      return;
    }
    text.append('"');
    for (int i = 0; i < element.length(); i++) {
      char c = element.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c);
    }
    text.append('"');
  }

  /** JSON masks secrets; the server needs them. */
  private static Value revealed(Value value) {
    if (value instanceof SecretValue secret) {
      return Value.text(secret.secret());
    } else if (value instanceof ListValue list) {
      return new ListValue(list.items().stream().map(ParameterText::revealed).toList());
    } else if (value instanceof RowValue row) {
      Map<String, Value> fields = new LinkedHashMap<>();
      row.fields().forEach((name, field) -> fields.put(name, revealed(field)));
      return new RowValue(fields);
    }
    return value;
  }
}
