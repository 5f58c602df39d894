package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.frontend.groovy.Datum.Function;
import dev.pgrunbook.frontend.groovy.Datum.Listing;
import dev.pgrunbook.frontend.groovy.Datum.Mapping;
import dev.pgrunbook.frontend.groovy.Datum.Nothing;
import dev.pgrunbook.frontend.groovy.Datum.Truth;
import dev.pgrunbook.frontend.groovy.Datum.Whole;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The methods that lists and ranges have. */
final class ListMethods {

  static final List<String> NAMES =
      List.of(
          "size",
          "isEmpty",
          "each",
          "eachWithIndex",
          "collect",
          "collectMany",
          "collectEntries",
          "findAll",
          "find",
          "any",
          "every",
          "count",
          "inject",
          "join",
          "sort",
          "toSorted",
          "reverse",
          "unique",
          "toUnique",
          "first",
          "last",
          "head",
          "tail",
          "init",
          "take",
          "drop",
          "get",
          "contains",
          "indexOf",
          "add",
          "addAll",
          "plus",
          "minus",
          "flatten",
          "sum",
          "min",
          "max",
          "withIndex",
          "collate",
          "transpose",
          "toList",
          "toString");

  private final Evaluation evaluation;
  private final Functions functions;
  private final ListOrder order;

  ListMethods(Evaluation evaluation, Functions functions) {
    this.evaluation = evaluation;
    this.functions = functions;
    this.order = new ListOrder(evaluation, functions);
  }

  Datum call(Listing list, MethodCall call) {
    evaluation.budget().elements(list.items().size(), call.span());
    return switch (call.name()) {
      case "size" -> whole(call, list.items().size());
      case "isEmpty" -> new Truth(call.span(), nothing(call, list).isEmpty());
      case "each", "eachWithIndex" -> each(list, call);
      case "collect", "collectMany" -> collect(list, call);
      case "collectEntries" -> collectEntries(list, call);
      case "findAll" -> new Listing(call.span(), matching(list, call));
      case "find", "any", "every" -> search(list, call);
      case "count" -> count(list, call);
      case "inject" -> inject(list, call);
      case "join" -> join(list, call);
      case "sort", "toSorted", "unique", "toUnique", "min", "max" -> order.call(list, call);
      case "first", "head", "last" -> end(list, call);
      case "tail", "init", "take", "drop", "reverse", "toList" -> part(list, call);
      case "contains", "indexOf" -> find(list, call);
      case "add", "addAll" -> add(list, call);
      case "sum" -> sum(list, call);
      default -> more(list, call);
    };
  }

  private Datum more(Listing list, MethodCall call) {
    return switch (call.name()) {
      case "get" -> evaluation.arithmetic().apply("[", list, one(call), call.span());
      case "plus" -> evaluation.arithmetic().apply("+", list, one(call), call.span());
      case "minus" -> evaluation.arithmetic().apply("-", list, one(call), call.span());
      case "flatten" -> flatten(list, call);
      case "withIndex" -> withIndex(list, call);
      case "collate" -> collate(list, call);
      case "transpose" -> transpose(list, call);
      case "toString" -> {
        call.expect(0, 0);
        yield evaluation.texts().computed(evaluation.strings().of(list, call.span()), call.span());
      }
      default -> throw call.unknown("a list", NAMES);
    };
  }

  private static Datum one(MethodCall call) {
    call.expect(1, 1);
    return call.argument(0);
  }

  private static List<Datum> nothing(MethodCall call, Listing list) {
    call.expect(0, 0);
    return list.items();
  }

  private static Datum whole(MethodCall call, long value) {
    return new Whole(call.span(), BigInteger.valueOf(value));
  }

  private Datum each(Listing list, MethodCall call) {
    Function body = call.function(0);
    call.expect(1, 1);
    int index = 0;
    for (Datum item : List.copyOf(list.items())) {
      if (call.name().equals("each")) {
        functions.withElement(body, item, call.span());
      } else {
        evaluation.budget().iteration(call.span());
        functions.invoke(body, List.of(item, whole(call, index++)), call.span());
      }
    }
    return list;
  }

  private Datum collect(Listing list, MethodCall call) {
    call.expect(1, 1);
    Function body = call.function(0);
    List<Datum> results = new ArrayList<>();
    for (Datum item : List.copyOf(list.items())) {
      Datum result = functions.withElement(body, item, call.span());
      if (call.name().equals("collect")) {
        results.add(result);
      } else if (result instanceof Listing many) {
        evaluation.budget().elements((long) results.size() + many.items().size(), call.span());
        results.addAll(many.items());
      } else {
        throw Refusal.of(call.place(), "collectMany needs lists, not " + result.kind(), null);
      }
    }
    return new Listing(call.span(), results);
  }

  private Datum collectEntries(Listing list, MethodCall call) {
    call.expect(0, 1);
    Mapping result = Datum.emptyMap(call.span());
    for (Datum item : List.copyOf(list.items())) {
      Datum made =
          call.count() == 0 ? item : functions.withElement(call.function(0), item, call.span());
      MapMethods.addEntry(result, made, call);
    }
    return result;
  }

  private List<Datum> matching(Listing list, MethodCall call) {
    call.expect(1, 1);
    List<Datum> results = new ArrayList<>();
    for (Datum item : List.copyOf(list.items())) {
      if (isTrue(call.function(0), item, call)) {
        results.add(item);
      }
    }
    return results;
  }

  private boolean isTrue(Function condition, Datum item, MethodCall call) {
    return evaluation.comparison().isTrue(functions.withElement(condition, item, call.span()));
  }

  private Datum search(Listing list, MethodCall call) {
    call.expect(1, 1);
    boolean wanted = !call.name().equals("every");
    for (Datum item : List.copyOf(list.items())) {
      if (isTrue(call.function(0), item, call) == wanted) {
        return call.name().equals("find") ? item : new Truth(call.span(), wanted);
      }
    }
    return call.name().equals("find") ? new Nothing(call.span()) : new Truth(call.span(), !wanted);
  }

  private Datum count(Listing list, MethodCall call) {
    if (one(call) instanceof Function) {
      return whole(call, matching(list, call).size());
    }
    long found =
        list.items().stream()
            .filter(item -> evaluation.comparison().equal(item, call.argument(0), call.span()))
            .count();
    return whole(call, found);
  }

  private Datum inject(Listing list, MethodCall call) {
    call.expect(2, 2);
    Datum result = call.argument(0);
    for (Datum item : List.copyOf(list.items())) {
      evaluation.budget().iteration(call.span());
      result = functions.invoke(call.function(1), List.of(result, item), call.span());
    }
    return result;
  }

  private Datum join(Listing list, MethodCall call) {
    call.expect(0, 1);
    String separator = call.count() == 0 ? "" : call.text(0);
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < list.items().size(); i++) {
      String item = evaluation.strings().of(list.items().get(i), call.span());
      long length = (long) joined.length() + separator.length() + item.length();
      evaluation.budget().text(Math.max(length, 0), call.span());
      joined.append(i == 0 ? "" : separator).append(item);
    }
    return evaluation.texts().computed(joined.toString(), call.span());
  }

  private static Datum end(Listing list, MethodCall call) {
    if (nothing(call, list).isEmpty()) {
      throw Refusal.of(call.place(), "the list is empty, so it has no " + call.name(), null);
    }
    return list.items().get(call.name().equals("last") ? list.items().size() - 1 : 0);
  }

  private static Datum part(Listing list, MethodCall call) {
    List<Datum> items = new ArrayList<>(list.items());
    boolean counted = call.name().equals("take") || call.name().equals("drop");
    call.expect(counted ? 1 : 0, counted ? 1 : 0);
    int size = items.size();
    int count = counted ? Math.max(0, Math.min(size, call.number(0))) : 0;
    switch (call.name()) {
      case "take" -> items = items.subList(0, count);
      case "drop" -> items = items.subList(count, size);
      case "tail" -> items = items.subList(Math.min(1, size), size);
      case "init" -> items = items.subList(0, Math.max(0, size - 1));
      case "reverse" -> Collections.reverse(items);
      default -> {}
    }
    return new Listing(call.span(), new ArrayList<>(items));
  }

  private Datum find(Listing list, MethodCall call) {
    Datum wanted = one(call);
    if (call.name().equals("contains")) {
      return new Truth(call.span(), evaluation.arithmetic().contains(list, wanted, call.span()));
    }
    for (int i = 0; i < list.items().size(); i++) {
      if (evaluation.comparison().equal(list.items().get(i), wanted, call.span())) {
        return whole(call, i);
      }
    }
    return whole(call, -1);
  }

  private Datum add(Listing list, MethodCall call) {
    List<Datum> added =
        call.name().equals("add") ? List.of(one(call)) : List.copyOf(call.list(0).items());
    evaluation.budget().elements((long) list.items().size() + added.size(), call.span());
    added.forEach(item -> evaluation.arithmetic().checkInsertion(list, item, call.span()));
    list.items().addAll(added);
    return new Truth(call.span(), true);
  }

  private Datum sum(Listing list, MethodCall call) {
    call.expect(0, 1);
    Datum sum = null;
    for (Datum item : List.copyOf(list.items())) {
      Datum value =
          call.count() == 0 ? item : functions.withElement(call.function(0), item, call.span());
      sum = sum == null ? value : evaluation.arithmetic().apply("+", sum, value, call.span());
    }
    return sum == null ? new Nothing(call.span()) : sum;
  }

  private Datum flatten(Listing list, MethodCall call) {
    call.expect(0, 0);
    List<Datum> flat = new ArrayList<>();
    flatten(list, flat, call, 0);
    return new Listing(call.span(), flat);
  }

  private void flatten(Listing list, List<Datum> flat, MethodCall call, int depth) {
    evaluation.budget().step(call.span());
    if (depth > GroovyLimits.DEPTH) {
      throw Refusal.limit(
          call.span(), "lists nest deeper than " + GroovyLimits.DEPTH + " levels", Budget.FLATTER);
    }
    for (Datum item : list.items()) {
      if (item instanceof Listing inner) {
        flatten(inner, flat, call, depth + 1);
      } else {
        flat.add(item);
        evaluation
            .budget()
            .elements(flat.size() > GroovyLimits.ELEMENTS ? flat.size() : 0, call.span());
      }
    }
  }

  private static Datum withIndex(Listing list, MethodCall call) {
    call.expect(0, 0);
    List<Datum> pairs = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      List<Datum> pair = new ArrayList<>(List.of(list.items().get(i), whole(call, i)));
      pairs.add(new Listing(call.span(), pair));
    }
    return new Listing(call.span(), pairs);
  }

  private static Datum collate(Listing list, MethodCall call) {
    call.expect(1, 1);
    int size = call.number(0);
    if (size < 1) {
      throw Refusal.of(call.place(), "collate needs a size of at least 1", null);
    }
    List<Datum> parts = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i += size) {
      int end = (int) Math.min((long) i + size, list.items().size());
      parts.add(new Listing(call.span(), new ArrayList<>(list.items().subList(i, end))));
      if (end == list.items().size()) {
        break;
      }
    }
    return new Listing(call.span(), parts);
  }

  private Datum transpose(Listing list, MethodCall call) {
    call.expect(0, 0);
    int length = list.items().isEmpty() ? 0 : Integer.MAX_VALUE;
    for (Datum item : list.items()) {
      if (!(item instanceof Listing row)) {
        throw Refusal.of(call.place(), "transpose needs lists, not " + item.kind(), null);
      }
      length = Math.min(length, row.items().size());
    }
    evaluation.budget().elements((long) length * list.items().size(), call.span());
    List<Datum> columns = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      List<Datum> column = new ArrayList<>();
      for (Datum item : list.items()) {
        column.add(((Listing) item).items().get(i));
      }
      columns.add(new Listing(call.span(), column));
    }
    return new Listing(call.span(), columns);
  }
}
