package dev.pgrunbook.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.pgrunbook.language.Key;
import dev.pgrunbook.language.Place;
import dev.pgrunbook.language.Shape;
import dev.pgrunbook.language.Vocabulary;
import dev.pgrunbook.model.ParameterType;
import java.util.List;

/** The shapes of values as JSON Schema has them. */
final class SchemaShapes {

  /** A scalar is read as written, so an editor may take a text for a number or a truth value. */
  private static final List<String> SCALAR = List.of("string", "number", "boolean");

  private static final int LONGEST_NAME = 100;

  /** Units go from days to milliseconds, each at most once. */
  private static final String DURATION =
      "^\\s*(?=[0-9])([0-9]{1,9}d)?([0-9]{1,9}h)?([0-9]{1,9}m)?([0-9]{1,9}s)?([0-9]{1,9}ms)?\\s*$";

  private SchemaShapes() {}

  static JsonObject of(Shape shape) {
    if (shape instanceof Shape.Anything) {
      return new JsonObject();
    } else if (shape instanceof Shape.Sql) {
      return reference("sql");
    } else if (shape instanceof Shape.Time) {
      return reference("duration");
    } else if (shape instanceof Shape.Mapping mapping) {
      return reference(name(mapping.place()));
    } else if (shape instanceof Shape.Steps steps) {
      return list(reference("step"), steps.nonEmpty());
    } else if (shape instanceof Shape.Items items) {
      return list(of(items.item()), items.nonEmpty());
    } else if (shape instanceof Shape.Entries entries) {
      return entries(entries);
    } else if (shape instanceof Shape.Loop) {
      return loop();
    } else if (shape instanceof Shape.Either either) {
      return anyOf(either.shapes().stream().map(SchemaShapes::of).toList());
    } else if (shape instanceof Shape.OrNothing optional) {
      return anyOf(List.of(of(optional.shape()), typed(List.of("null"))));
    }
    return scalar(shape);
  }

  private static JsonObject scalar(Shape shape) {
    if (shape instanceof Shape.Beginning beginning) {
      return matching("^(" + String.join("|", beginning.beginnings()) + ")");
    } else if (shape instanceof Shape.Flag) {
      JsonObject flag = typed(List.of("boolean", "string"));
      flag.addProperty("pattern", "^(true|false)$");
      return flag;
    } else if (shape instanceof Shape.Choice choice) {
      return words(choice.words());
    } else if (shape instanceof Shape.TypeWord) {
      List<String> one = ParameterType.words();
      return words(
          java.util.stream.Stream.concat(one.stream(), one.stream().map(word -> word + "[]"))
              .toList());
    } else if (shape instanceof Shape.Whole whole) {
      return number("integer", whole.least(), whole.most(), "^[+-]?[0-9]+$");
    } else if (shape instanceof Shape.Quantity number) {
      return number("number", number.least(), number.most(), "^[+-]?[0-9.]+([eE][+-]?[0-9]+)?$");
    } else if (shape instanceof Shape.Name name) {
      return name(name.form());
    }
    return typed(SCALAR);
  }

  /** Returns SQL, or the file that it is in. */
  static JsonObject sql() {
    JsonObject sql = anyOf(List.of(typed(SCALAR), JsonSchema.object(Vocabulary.SQL_FILE.keys())));
    sql.addProperty(
        "description", "SQL with values as :name, :'name' and :\"name\", or {file: name.sql}");
    return sql;
  }

  static JsonObject duration() {
    JsonObject duration = matching(DURATION);
    duration.addProperty("description", "A number with its unit, or several: 500ms, 5s, 1h30m, 2d");
    return duration;
  }

  /** Returns what a place is called among the definitions. */
  static String name(Place place) {
    String subject = place.subject().replace("\"", "");
    return subject.substring(subject.indexOf(' ') + 1);
  }

  static JsonObject reference(String definition) {
    JsonObject reference = new JsonObject();
    reference.addProperty("$ref", "#/$defs/" + definition);
    return reference;
  }

  private static JsonObject list(JsonObject item, boolean nonEmpty) {
    JsonObject list = nonEmpty ? typed(List.of("array")) : typed(List.of("array", "null"));
    if (nonEmpty) {
      list.addProperty("minItems", 1);
    }
    list.add("items", item);
    return list;
  }

  private static JsonObject entries(Shape.Entries entries) {
    JsonObject object = typed(List.of("object"));
    if (entries.nonEmpty()) {
      object.addProperty("minProperties", 1);
    }
    object.add("propertyNames", spelling(entries.names()));
    object.add("additionalProperties", of(entries.values()));
    return object;
  }

  private static JsonObject loop() {
    JsonObject values = list(typed(List.of("string", "number", "boolean", "object")), true);
    JsonObject loop = typed(List.of("object"));
    Key parallel = Vocabulary.PARALLEL;
    JsonObject alone = keys(1);
    alone.add("not", required(parallel));
    JsonObject sideBySide = keys(2);
    required(parallel).asMap().forEach(sideBySide::add);
    loop.add("anyOf", alternatives(List.of(alone, sideBySide)));
    loop.add("propertyNames", spelling(Shape.Form.VARIABLE));
    JsonObject own = new JsonObject();
    own.add(parallel.name(), JsonSchema.described(parallel));
    loop.add("properties", own);
    loop.add("additionalProperties", anyOf(List.of(name(Shape.Form.VARIABLE), values)));
    return loop;
  }

  private static JsonObject keys(int count) {
    JsonObject mapping = new JsonObject();
    mapping.addProperty("minProperties", count);
    mapping.addProperty("maxProperties", count);
    return mapping;
  }

  private static JsonObject required(Key key) {
    JsonArray names = new JsonArray();
    names.add(key.name());
    JsonObject mapping = new JsonObject();
    mapping.add("required", names);
    return mapping;
  }

  private static JsonObject name(Shape.Form form) {
    JsonObject name = form == Shape.Form.VARIABLE ? typed(List.of("string")) : typed(SCALAR);
    spelling(form).asMap().forEach(name::add);
    return name;
  }

  private static JsonObject spelling(Shape.Form form) {
    JsonObject spelling = new JsonObject();
    spelling.addProperty("pattern", form.pattern());
    spelling.addProperty("maxLength", LONGEST_NAME);
    return spelling;
  }

  private static JsonObject number(String type, int least, int most, String quoted) {
    JsonObject number = typed(List.of(type, "string"));
    number.addProperty("minimum", least);
    number.addProperty("maximum", most);
    number.addProperty("pattern", quoted);
    return number;
  }

  private static JsonObject words(List<String> words) {
    JsonArray values = new JsonArray();
    if (words.contains("true")) {
      values.add(true);
    }
    words.forEach(values::add);
    JsonObject choice = new JsonObject();
    choice.add("enum", values);
    return choice;
  }

  private static JsonObject matching(String pattern) {
    JsonObject text = typed(List.of("string"));
    text.addProperty("pattern", pattern);
    return text;
  }

  private static JsonObject anyOf(List<JsonObject> options) {
    JsonObject either = new JsonObject();
    either.add("anyOf", alternatives(options));
    return either;
  }

  private static JsonArray alternatives(List<JsonObject> options) {
    JsonArray array = new JsonArray();
    options.forEach(array::add);
    return array;
  }

  private static JsonObject typed(List<String> types) {
    JsonObject typed = new JsonObject();
    if (types.size() == 1) {
      typed.addProperty("type", types.get(0));
    } else {
      JsonArray array = new JsonArray();
      types.forEach(type -> array.add(new JsonPrimitive(type)));
      typed.add("type", array);
    }
    return typed;
  }
}
