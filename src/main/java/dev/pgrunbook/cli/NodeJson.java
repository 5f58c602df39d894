package dev.pgrunbook.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import dev.pgrunbook.value.ValueJson;

/** What stands in a file as the JSON that it looks like. */
final class NodeJson {

  private NodeJson() {}

  /** Numbers, truth values and null are what JSON says they are; all else is text. */
  static JsonElement of(SyntaxNode node) {
    if (node instanceof MappingNode mapping) {
      JsonObject object = new JsonObject();
      mapping.entries().forEach(entry -> object.add(entry.key().text(), of(entry.value())));
      return object;
    } else if (node instanceof SequenceNode sequence) {
      JsonArray array = new JsonArray();
      sequence.items().forEach(item -> array.add(of(item)));
      return array;
    } else if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    throw new AssertionError(node);
  }

  private static JsonElement scalar(ScalarNode scalar) {
    if (scalar.isNull()) {
      return JsonNull.INSTANCE;
    }
    if (scalar.style() == ScalarNode.Style.PLAIN) {
      try {
        JsonElement element = ValueJson.parseTree(scalar.text());
        return element.isJsonPrimitive() ? element : new JsonPrimitive(scalar.text());
      } catch (JsonParseException noJson) {
        return new JsonPrimitive(scalar.text());
      }
    }
    return new JsonPrimitive(scalar.text());
  }
}
