package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.frontend.groovy.Datum.Function;
import dev.pgrunbook.frontend.groovy.Datum.Listing;
import dev.pgrunbook.frontend.groovy.Datum.Mapping;
import dev.pgrunbook.frontend.groovy.Datum.Nothing;
import dev.pgrunbook.frontend.groovy.Datum.Text;
import dev.pgrunbook.frontend.groovy.Datum.Truth;
import dev.pgrunbook.frontend.groovy.Datum.Whole;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.syntax.ScalarNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The methods that maps have. */
final class MapMethods {

  static final List<String> NAMES =
      List.of(
          "size",
          "isEmpty",
          "each",
          "collect",
          "collectEntries",
          "findAll",
          "find",
          "any",
          "every",
          "keySet",
          "values",
          "entrySet",
          "containsKey",
          "get",
          "getOrDefault",
          "put",
          "plus",
          "subMap",
          "toString");

  private final Evaluation evaluation;
  private final Functions functions;

  MapMethods(Evaluation evaluation, Functions functions) {
    this.evaluation = evaluation;
    this.functions = functions;
  }

  Datum call(Mapping map, MethodCall call) {
    evaluation.budget().elements(map.fields().size(), call.span());
    return switch (call.name()) {
      case "size" -> whole(call, map.fields().size());
      case "isEmpty" -> truth(call, map.fields().isEmpty());
      case "keySet" -> keys(map, call);
      case "values" -> values(map, call);
      case "entrySet" -> new Listing(call.span(), entries(map, call.span()));
      case "each" -> each(map, call);
      case "collect" -> collect(map, call);
      case "collectEntries" -> collectEntries(map, call);
      case "findAll" -> findAll(map, call);
      case "find", "any", "every" -> search(map, call);
      case "containsKey" -> containsKey(map, call);
      case "get", "getOrDefault" -> get(map, call);
      case "put" -> put(map, call);
      case "plus" -> evaluation.arithmetic().apply("+", map, one(call), call.span());
      case "subMap" -> subMap(map, call);
      case "toString" -> toText(map, call);
      default -> throw call.unknown("a map", NAMES);
    };
  }

  private static Datum one(MethodCall call) {
    call.expect(1, 1);
    return call.argument(0);
  }

  private static Datum whole(MethodCall call, int value) {
    call.expect(0, 0);
    return new Whole(call.span(), BigInteger.valueOf(value));
  }

  private static Datum truth(MethodCall call, boolean value) {
    call.expect(0, 0);
    return new Truth(call.span(), value);
  }

  private static Datum keys(Mapping map, MethodCall call) {
    call.expect(0, 0);
    List<Datum> keys = new ArrayList<>();
    map.fields().values().forEach(field -> keys.add(key(field)));
    return new Listing(call.span(), keys);
  }

  private static Text key(Mapping.Field field) {
    return new Text(field.key().span(), field.key().content());
  }

  private static Datum values(Mapping map, MethodCall call) {
    call.expect(0, 0);
    return new Listing(call.span(), new ArrayList<>(Datum.values(map)));
  }

  /** Returns the entries of a map as values: each a map of key and value. */
  static List<Datum> entries(Mapping map, SourceSpan span) {
    List<Datum> entries = new ArrayList<>();
    map.fields().values().forEach(field -> entries.add(entry(key(field), field.value(), span)));
    return entries;
  }

  static Mapping entry(Text key, Datum value, SourceSpan span) {
    Mapping entry = Datum.emptyMap(span);
    entry.put(name("key", span), key);
    entry.put(name("value", span), value);
    return entry;
  }

  private static ScalarNode name(String name, SourceSpan span) {
    SourceText content =
        SourceText.builder(span.file())
            .appendInstead(name, span.start(), span.end())
            .build(span.start());
    return new ScalarNode(span, content, ScalarNode.Style.PLAIN);
  }

  private static List<Mapping.Field> fields(Mapping map) {
    return List.copyOf(map.fields().values());
  }

  private Datum each(Mapping map, MethodCall call) {
    call.expect(1, 1);
    for (Mapping.Field field : fields(map)) {
      functions.withEntry(call.function(0), field, call.span());
    }
    return map;
  }

  private Datum collect(Mapping map, MethodCall call) {
    call.expect(1, 1);
    List<Datum> results = new ArrayList<>();
    for (Mapping.Field field : fields(map)) {
      results.add(functions.withEntry(call.function(0), field, call.span()));
    }
    return new Listing(call.span(), results);
  }

  private Datum collectEntries(Mapping map, MethodCall call) {
    call.expect(1, 1);
    Mapping result = Datum.emptyMap(call.span());
    for (Mapping.Field field : fields(map)) {
      addEntry(result, functions.withEntry(call.function(0), field, call.span()), call);
    }
    return result;
  }

  /** Adds what a closure made: a pair, or a map. */
  static void addEntry(Mapping result, Datum made, MethodCall call) {
    if (made instanceof Listing pair && pair.items().size() == 2) {
      result.put(Expressions.textKey(pair.items().get(0), call.span()), pair.items().get(1));
    } else if (made instanceof Mapping map) {
      map.fields().values().forEach(field -> result.put(field.key(), field.value()));
    } else {
      throw Refusal.of(
          call.place(), "collectEntries needs pairs, not " + made.kind(), "write [key, value]");
    }
  }

  private Datum findAll(Mapping map, MethodCall call) {
    call.expect(1, 1);
    Function condition = call.function(0);
    Mapping result = Datum.emptyMap(call.span());
    for (Mapping.Field field : fields(map)) {
      if (isTrue(condition, field, call)) {
        result.put(field.key(), field.value());
      }
    }
    return result;
  }

  private boolean isTrue(Function condition, Mapping.Field field, MethodCall call) {
    return evaluation.comparison().isTrue(functions.withEntry(condition, field, call.span()));
  }

  private Datum search(Mapping map, MethodCall call) {
    call.expect(1, 1);
    Function condition = call.function(0);
    boolean wanted = !call.name().equals("every");
    for (Mapping.Field field : fields(map)) {
      if (isTrue(condition, field, call) == wanted) {
        return call.name().equals("find")
            ? entry(key(field), field.value(), call.span())
            : new Truth(call.span(), wanted);
      }
    }
    return call.name().equals("find") ? new Nothing(call.span()) : new Truth(call.span(), !wanted);
  }

  private static Datum containsKey(Mapping map, MethodCall call) {
    call.expect(1, 1);
    return new Truth(call.span(), map.fields().containsKey(call.text(0)));
  }

  private static Datum get(Mapping map, MethodCall call) {
    call.expect(1, 2);
    Mapping.Field field = map.fields().get(call.text(0));
    if (field != null) {
      return field.value();
    }
    return call.count() == 2 ? call.argument(1) : new Nothing(call.span());
  }

  private Datum put(Mapping map, MethodCall call) {
    call.expect(2, 2);
    evaluation.arithmetic().checkInsertion(map, call.argument(1), call.span());
    evaluation.budget().elements(map.fields().size() + 1L, call.span());
    map.put(Expressions.textKey(call.argument(0), call.span()), call.argument(1));
    return new Nothing(call.span());
  }

  private static Datum subMap(Mapping map, MethodCall call) {
    call.expect(1, 1);
    Mapping result = Datum.emptyMap(call.span());
    for (Datum key : call.list(0).items()) {
      Mapping.Field field = key instanceof Text name ? map.fields().get(name.text()) : null;
      if (field != null) {
        result.put(field.key(), field.value());
      }
    }
    return result;
  }

  private Datum toText(Mapping map, MethodCall call) {
    call.expect(0, 0);
    return evaluation.texts().computed(evaluation.strings().of(map, call.span()), call.span());
  }
}
