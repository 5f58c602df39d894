package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Request;
import dev.pgrunbook.expression.EvaluationException;
import dev.pgrunbook.expression.Expression;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.source.Validated;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Where a run that goes on by itself stops. */
final class Breakpoints {

  /** Stops before a step that fits. */
  private sealed interface Breakpoint {

    /** A step by its id, or one item of it. */
    record OfStep(String address) implements Breakpoint {}

    /** Every step of a kind. */
    record OfKind(String kind) implements Breakpoint {}

    /** Every step before which something is true. */
    record If(Expression expression) implements Breakpoint {}
  }

  private final Places places;
  private final List<Breakpoint> all = new CopyOnWriteArrayList<>();

  Breakpoints(Places places) {
    this.places = places;
  }

  /** Returns whether there is none; may be asked from any thread. */
  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Adds what {@code break} was given; returns a sentence about it. */
  String add(String text) {
    String word = Typed.firstWord(text);
    if (word.equals("if")) {
      return addIf(text.substring(2).strip());
    }
    if (isStep(text)) {
      all.add(new Breakpoint.OfStep(text));
    } else if (kinds().contains(text)) {
      all.add(new Breakpoint.OfKind(text));
    } else {
      List<String> known = new ArrayList<>(places.ids());
      known.addAll(kinds());
      String hint = Spelling.didYouMean(text, known);
      return "there is no step and no kind \""
          + text
          + "\""
          + (hint == null ? "; list shows the steps" : "; " + hint);
    }
    return "stops before " + describe(all.get(all.size() - 1));
  }

  private String addIf(String text) {
    Validated<Expression> parsed = Expression.parse(SourceText.of("<typed>", text));
    Expression expression = parsed.orNull();
    if (expression == null) {
      return parsed.diagnostics().get(0).message();
    }
    all.add(new Breakpoint.If(expression));
    return "stops before " + describe(all.get(all.size() - 1));
  }

  private boolean isStep(String address) {
    int bracket = address.indexOf('[');
    return places.of(bracket < 0 ? address : address.substring(0, bracket)) != null;
  }

  private Set<String> kinds() {
    Set<String> kinds = new TreeSet<>();
    places.all().forEach(place -> kinds.add(place.step().kind()));
    return kinds;
  }

  /** Removes a breakpoint by its number, or all; returns a sentence about it. */
  String remove(String which) {
    if (which.equals("all")) {
      all.clear();
      return "no breakpoint is left";
    }
    for (int i = 0; i < all.size(); i++) {
      if (which.equals(String.valueOf(i + 1))) {
        return "no longer stops before " + describe(all.remove(i));
      }
    }
    return all.isEmpty()
        ? "there is no breakpoint"
        : "unbreak takes a number from 1 to " + all.size() + ", or all";
  }

  /** Returns the breakpoints for people, in order. */
  List<String> describe() {
    return all.stream().map(Breakpoints::describe).toList();
  }

  private static String describe(Breakpoint breakpoint) {
    if (breakpoint instanceof Breakpoint.OfStep step) {
      return step.address();
    } else if (breakpoint instanceof Breakpoint.OfKind kind) {
      return "every step of kind " + kind.kind();
    }
    return "a step if " + ((Breakpoint.If) breakpoint).expression().text();
  }

  /** Returns what stops the run before a step, for people, or null when nothing does. */
  @Nullable String hit(Request.BeforeStep request) {
    for (Breakpoint breakpoint : all) {
      if (fits(breakpoint, request)) {
        return "breakpoint: " + describe(breakpoint);
      }
    }
    return null;
  }

  private static boolean fits(Breakpoint breakpoint, Request.BeforeStep request) {
    if (breakpoint instanceof Breakpoint.OfStep step) {
      return step.address().equals(request.address().toString())
          || step.address().equals(request.step().id());
    } else if (breakpoint instanceof Breakpoint.OfKind kind) {
      return kind.kind().equals(request.step().kind());
    }
    try {
      return ((Breakpoint.If) breakpoint).expression().isTrue(request.scope());
    } catch (EvaluationException unknownYet) {
      return false;
    }
  }
}
