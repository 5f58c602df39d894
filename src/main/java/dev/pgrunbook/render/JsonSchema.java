package dev.pgrunbook.render;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.pgrunbook.language.Key;
import dev.pgrunbook.language.Place;
import dev.pgrunbook.language.StepKind;
import dev.pgrunbook.language.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the JSON Schema (draft 2020-12) of runbooks in YAML, from the vocabulary that the loader
 * has.
 *
 * <p>What it admits is a little more than what loads: whether a name is declared or an expression
 * has a type is beyond a schema. What it refuses never loads.
 */
public final class JsonSchema {

  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  private JsonSchema() {}

  /**
   * Returns the schema as text.
   *
   * @param languageVersion the version of the language that it is of
   */
  public static String write(String languageVersion) {
    JsonObject schema = new JsonObject();
    schema.addProperty("$schema", DRAFT);
    schema.addProperty("title", "A runbook");
    schema.addProperty(
        "description", "A runbook of pgrunbook, language version " + languageVersion);
    object(Vocabulary.RUNBOOK.keys()).asMap().forEach(schema::add);
    schema.add("$defs", definitions());
    Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    return gson.toJson(schema) + "\n";
  }

  /** Returns a mapping with these keys and no others. */
  static JsonObject object(List<Key> keys) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    for (Key key : keys) {
      properties.add(key.name(), described(key));
      if (key.required()) {
        required.add(key.name());
      }
    }
    return object(properties, required);
  }

  private static JsonObject object(JsonObject properties, JsonArray required) {
    JsonObject object = new JsonObject();
    object.addProperty("type", "object");
    object.add("properties", properties);
    if (!required.isEmpty()) {
      object.add("required", required);
    }
    object.addProperty("additionalProperties", false);
    return object;
  }

  static JsonObject described(Key key) {
    JsonObject property = new JsonObject();
    property.addProperty("description", key.meaning());
    SchemaShapes.of(key.shape()).asMap().forEach(property::add);
    return property;
  }

  private static JsonObject definitions() {
    JsonObject definitions = new JsonObject();
    definitions.add("sql", SchemaShapes.sql());
    definitions.add("duration", SchemaShapes.duration());
    for (Place place : places()) {
      definitions.add(SchemaShapes.name(place), object(place.keys()));
    }
    JsonArray kinds = new JsonArray();
    for (StepKind kind : StepKind.supported()) {
      kinds.add(SchemaShapes.reference(nameOf(kind)));
    }
    JsonObject step = new JsonObject();
    step.addProperty("type", "object");
    step.add("oneOf", kinds);
    definitions.add("step", step);
    for (Key key : Vocabulary.STEP.keys()) {
      definitions.add(common(key.name()), described(key));
    }
    StepKind.supported().forEach(kind -> definitions.add(nameOf(kind), step(kind)));
    return definitions;
  }

  /** The places that values lead to; a file and a step are told elsewhere. */
  private static List<Place> places() {
    return List.of(
        Vocabulary.LINK,
        Vocabulary.PARAMETER,
        Vocabulary.TARGET,
        Vocabulary.RETRY,
        Vocabulary.WAIT,
        Vocabulary.WINDOW,
        Vocabulary.PROBE,
        Vocabulary.PROGRESS,
        Vocabulary.STALL);
  }

  private static JsonObject step(StepKind kind) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    List<String> common = Vocabulary.STEP.names();
    for (Key key : kind.keys()) {
      String name = key.name();
      if (kind.keysOfLaterVersions().contains(name)) {
        continue;
      }
      properties.add(
          name, common.contains(name) ? SchemaShapes.reference(common(name)) : described(key));
      if (key.required() || name.equals(kind.key())) {
        required.add(name);
      }
    }
    JsonObject step = object(properties, required);
    step.addProperty("description", kind.kindKey().meaning());
    companions(step, kind);
    return step;
  }

  private static void companions(JsonObject step, StepKind kind) {
    JsonObject needs = new JsonObject();
    for (Map.Entry<String, String> companion : new TreeMap<>(kind.companions()).entrySet()) {
      JsonArray needed = new JsonArray();
      needed.add(companion.getValue());
      needs.add(companion.getKey(), needed);
    }
    step.add("dependentRequired", needs);
  }

  private static String nameOf(StepKind kind) {
    return "step-" + kind.key();
  }

  private static String common(String key) {
    return "every-step-" + key;
  }
}
