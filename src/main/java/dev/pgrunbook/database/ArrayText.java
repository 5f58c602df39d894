package dev.pgrunbook.database;

import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the text of an array as {@code array_out} writes it. */
final class ArrayText {

  private final String text;
  private final char delimiter;
  private final Function<String, Value> element;
  private int at;

  private ArrayText(String text, char delimiter, Function<String, Value> element) {
    this.text = text;
    this.delimiter = delimiter;
    this.element = element;
  }

  /**
   * Returns an array's elements, nested as its dimensions.
   *
   * @param delimiter between elements: a comma for every type but {@code box}
   * @param element reads one element's text
   */
  static ListValue read(String text, char delimiter, Function<String, Value> element) {
    ArrayText reader = new ArrayText(text, delimiter, element);
    // Lower bounds other than one are written in front: [0:2]={1,2,3}.
    reader.at = text.startsWith("[") ? text.indexOf('=') + 1 : 0;
    return reader.list();
  }

  private ListValue list() {
    List<Value> items = new ArrayList<>();
    at++;
    while (text.charAt(at) != '}') {
      items.add(item());
      if (text.charAt(at) == delimiter) {
        at++;
      }
    }
    at++;
    return new ListValue(items);
  }

  private Value item() {
    char first = text.charAt(at);
    if (first == '{') {
      return list();
    }
    if (first == '"') {
      return element.apply(quoted());
    }
    int start = at;
    while (text.charAt(at) != delimiter && text.charAt(at) != '}') {
      at++;
    }
    String plain = text.substring(start, at);
    return plain.equals("NULL") ? Value.none() : element.apply(plain);
  }

  private String quoted() {
    StringBuilder content = new StringBuilder();
    at++;
    while (text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      content.append(text.charAt(at++));
    }
    at++;
    return content.toString();
  }
}
