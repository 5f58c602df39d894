package dev.pgrunbook.journal;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.Map;

/**
 * A JSON tree as text: on one line, without spaces, fit for UTF-8.
 *
 * <p>Gson's own writer takes a third of the time of a long run's records. Half a surrogate pair has
 * no form in UTF-8 and is written as an escape.
 */
final class JsonText {

  private static final String HEXADECIMAL = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(512);

  private JsonText() {}

  /** Returns the text of a tree. */
  static String of(JsonElement json) {
    JsonText text = new JsonText();
    text.append(json);
    return text.out.toString();
  }

  private void append(JsonElement json) {
    if (json instanceof JsonPrimitive primitive) {
      if (primitive.isString()) {
        quote(primitive.getAsString());
      } else {
        out.append(primitive.getAsString());
      }
    } else if (json.isJsonObject()) {
      char before = '{';
      for (Map.Entry<String, JsonElement> entry : json.getAsJsonObject().entrySet()) {
        out.append(before);
        quote(entry.getKey());
        out.append(':');
        append(entry.getValue());
        before = ',';
      }
      out.append(before == '{' ? "{}" : "}");
    } else if (json.isJsonArray()) {
      char before = '[';
      for (JsonElement item : json.getAsJsonArray()) {
        out.append(before);
        append(item);
        before = ',';
      }
      out.append(before == '[' ? "[]" : "]");
    } else {
      out.append("null");
    }
  }

  private void quote(String text) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = Character.isHighSurrogate(c) && isLowSurrogate(text, i + 1);
      if (c < ' ' || c == '"' || c == '\\' || (Character.isSurrogate(c) && !pair)) {
        out.append(text, plain, i);
        escape(c);
        plain = i + 1;
      } else if (pair) {
        i++;
      }
    }
    out.append(text, plain, text.length()).append('"');
  }

  private static boolean isLowSurrogate(String text, int index) {
    return index < text.length() && Character.isLowSurrogate(text.charAt(index));
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEXADECIMAL.charAt((c >> shift) & 0xF));
        }
      }
    }
  }
}
