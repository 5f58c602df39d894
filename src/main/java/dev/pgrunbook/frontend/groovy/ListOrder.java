package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.frontend.groovy.Datum.Function;
import dev.pgrunbook.frontend.groovy.Datum.Listing;
import dev.pgrunbook.frontend.groovy.Datum.Nothing;
import dev.pgrunbook.frontend.groovy.Datum.Whole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The methods of lists that compare their elements. */
final class ListOrder {

  /** An element beside what it is compared by. */
  private record Keyed(Datum item, Datum key) {}

  private final Evaluation evaluation;
  private final Functions functions;

  ListOrder(Evaluation evaluation, Functions functions) {
    this.evaluation = evaluation;
    this.functions = functions;
  }

  Datum call(Listing list, MethodCall call) {
    call.expect(0, 1);
    return switch (call.name()) {
      case "sort" -> {
        List<Datum> sorted = sorted(list, call);
        list.items().clear();
        list.items().addAll(sorted);
        yield list;
      }
      case "toSorted" -> new Listing(call.span(), sorted(list, call));
      case "unique" -> {
        List<Datum> unique = unique(list, call);
        list.items().clear();
        list.items().addAll(unique);
        yield list;
      }
      case "toUnique" -> new Listing(call.span(), unique(list, call));
      default -> extreme(list, call);
    };
  }

  private List<Datum> sorted(Listing list, MethodCall call) {
    Comparator<Keyed> comparator = comparator(call);
    List<Keyed> keyed = keyed(list, call);
    try {
      keyed.sort(comparator);
    } catch (IllegalArgumentException inconsistent) {
      throw Refusal.of(call.place(), "this closure gives no consistent order", null);
    }
    return items(keyed);
  }

  private static List<Datum> items(List<Keyed> keyed) {
    List<Datum> items = new ArrayList<>();
    keyed.forEach(one -> items.add(one.item()));
    return items;
  }

  private Comparator<Keyed> comparator(MethodCall call) {
    if (call.count() == 1 && call.function(0).parameters().size() == 2) {
      Function function = call.function(0);
      return (a, b) -> compared(function, a, b, call);
    }
    return (a, b) -> evaluation.comparison().order(a.key(), b.key(), call.span());
  }

  private int compared(Function function, Keyed a, Keyed b, MethodCall call) {
    evaluation.budget().iteration(call.span());
    Datum result = functions.invoke(function, List.of(a.item(), b.item()), call.span());
    if (result instanceof Whole order) {
      return order.value().signum();
    }
    throw Refusal.of(
        call.place(), "this closure compares two elements and gives " + result.kind(), "use <=>");
  }

  private List<Keyed> keyed(Listing list, MethodCall call) {
    boolean byKey = call.count() == 1 && call.function(0).parameters().size() < 2;
    List<Keyed> keyed = new ArrayList<>();
    for (Datum item : List.copyOf(list.items())) {
      Datum key = byKey ? functions.withElement(call.function(0), item, call.span()) : item;
      keyed.add(new Keyed(item, key));
    }
    return keyed;
  }

  private List<Datum> unique(Listing list, MethodCall call) {
    List<Keyed> unique = new ArrayList<>();
    for (Keyed one : keyed(list, call)) {
      boolean known = false;
      for (int i = 0; i < unique.size() && !known; i++) {
        known = evaluation.comparison().equal(unique.get(i).key(), one.key(), call.span());
      }
      if (!known) {
        unique.add(one);
      }
    }
    return items(unique);
  }

  private Datum extreme(Listing list, MethodCall call) {
    Comparator<Keyed> comparator = comparator(call);
    Keyed best = null;
    int sign = call.name().equals("max") ? 1 : -1;
    for (Keyed one : keyed(list, call)) {
      if (best == null || comparator.compare(one, best) * sign > 0) {
        best = one;
      }
    }
    return best == null ? new Nothing(call.span()) : best.item();
  }
}
