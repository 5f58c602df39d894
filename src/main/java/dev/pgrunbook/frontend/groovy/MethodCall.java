package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.frontend.groovy.Datum.Function;
import dev.pgrunbook.frontend.groovy.Datum.Listing;
import dev.pgrunbook.frontend.groovy.Datum.Text;
import dev.pgrunbook.frontend.groovy.Datum.Whole;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.Spelling;
import java.util.List;

/**
 * A call of a method that a value has.
 *
 * @param place where the method's name stands
 * @param span where the call stands
 */
record MethodCall(String name, SourceSpan place, SourceSpan span, List<Datum> arguments) {

  /** Refuses a call with fewer or more arguments. */
  void expect(int least, int most) {
    if (arguments.size() < least || arguments.size() > most) {
      String takes = least == most ? String.valueOf(least) : least + " to " + most;
      throw Refusal.of(
          place,
          name
              + " takes "
              + takes
              + (most == 1 ? " argument" : " arguments")
              + ", and is given "
              + arguments.size(),
          null);
    }
  }

  int count() {
    return arguments.size();
  }

  Datum argument(int index) {
    return arguments.get(index);
  }

  String text(int index) {
    if (argument(index) instanceof Text text) {
      return text.text();
    }
    throw wrong(index, "a text");
  }

  int number(int index) {
    if (argument(index) instanceof Whole whole && whole.value().bitLength() < 31) {
      return whole.value().intValue();
    }
    throw wrong(index, "a whole number");
  }

  Listing list(int index) {
    if (argument(index) instanceof Listing list) {
      return list;
    }
    throw wrong(index, "a list");
  }

  Function function(int index) {
    if (argument(index) instanceof Function function) {
      return function;
    }
    throw wrong(index, "a closure");
  }

  private Refusal wrong(int index, String expected) {
    Datum given = argument(index);
    return given instanceof Datum.Reference reference
        ? Comparison.unknown(reference)
        : Refusal.of(place, name + " takes " + expected + ", not " + given.kind(), null);
  }

  /** The refusal of a method that a kind of values does not have. */
  Refusal unknown(String kind, List<String> known) {
    String meant = Spelling.didYouMean(name, known);
    String hint = "it has " + String.join(", ", known);
    return Refusal.of(
        "groovy-unknown-method",
        place,
        kind + " has no method \"" + name + "\" here",
        meant == null ? hint : meant);
  }
}
