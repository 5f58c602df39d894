package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.frontend.groovy.Datum.Decimal;
import dev.pgrunbook.frontend.groovy.Datum.Function;
import dev.pgrunbook.frontend.groovy.Datum.Listing;
import dev.pgrunbook.frontend.groovy.Datum.Mapping;
import dev.pgrunbook.frontend.groovy.Datum.Nothing;
import dev.pgrunbook.frontend.groovy.Datum.Reference;
import dev.pgrunbook.frontend.groovy.Datum.Text;
import dev.pgrunbook.frontend.groovy.Datum.Truth;
import dev.pgrunbook.frontend.groovy.Datum.Whole;
import dev.pgrunbook.source.SourceSpan;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares values, and says which of them count as true. */
final class Comparison {

  private final Budget budget;

  Comparison(Budget budget) {
    this.budget = budget;
  }

  /** Groovy's truth: null, zero, and what is empty are false. */
  boolean isTrue(Datum datum) {
    if (datum instanceof Truth truth) {
      return truth.value();
    }
    if (datum instanceof Text text) {
      return !text.text().isEmpty();
    }
    if (datum instanceof Listing list) {
      return !list.items().isEmpty();
    }
    if (datum instanceof Mapping map) {
      return !map.fields().isEmpty();
    }
    if (datum instanceof Reference reference) {
      throw unknown(reference);
    }
    BigDecimal number = number(datum);
    return number == null ? datum instanceof Function : number.signum() != 0;
  }

  /** Refuses to compute with a name of the runbook. */
  static Refusal unknown(Reference reference) {
    String name = reference.path().text();
    if (Character.isUpperCase(name.charAt(0))) {
      return Refusal.of(
          reference.span(),
          "\"" + name + "\" is no local name, and classes are refused",
          "a file computes with texts, numbers, lists, maps and closures");
    }
    return Refusal.of(
        reference.span(),
        "\"" + name + "\" is no local name, and what the runbook knows has no value while loading",
        "declare it with def, or write the whole expression as a text: when 'size(rows) > 0'");
  }

  /** Returns a number's value, or null. */
  static @Nullable BigDecimal number(Datum datum) {
    if (datum instanceof Whole whole) {
      return new BigDecimal(whole.value());
    }
    return datum instanceof Decimal decimal ? decimal.value() : null;
  }

  boolean equal(Datum left, Datum right, SourceSpan span) {
    return equal(left, right, span, 0);
  }

  private boolean equal(Datum left, Datum right, SourceSpan span, int depth) {
    budget.step(span);
    if (left instanceof Reference reference) {
      throw unknown(reference);
    }
    if (right instanceof Reference reference) {
      throw unknown(reference);
    }
    if (left instanceof Text a && right instanceof Text b) {
      budget.text(Math.min(a.text().length(), b.text().length()), span);
      return a.text().equals(b.text());
    }
    BigDecimal number = number(left);
    BigDecimal other = number(right);
    if (number != null && other != null) {
      return number.compareTo(other) == 0;
    }
    if (left instanceof Truth a && right instanceof Truth b) {
      return a.value() == b.value();
    }
    if (depth > GroovyLimits.DEPTH) {
      throw Refusal.limit(
          span,
          "lists and maps nest deeper than " + GroovyLimits.DEPTH + " levels",
          Budget.FLATTER);
    }
    if (left instanceof Listing a && right instanceof Listing b) {
      return equalItems(a, b, span, depth + 1);
    }
    if (left instanceof Mapping a && right instanceof Mapping b) {
      return equalFields(a, b, span, depth + 1);
    }
    return left instanceof Nothing && right instanceof Nothing || left == right;
  }

  private boolean equalItems(Listing left, Listing right, SourceSpan span, int depth) {
    if (left.items().size() != right.items().size()) {
      return false;
    }
    Iterator<Datum> others = right.items().iterator();
    for (Datum item : left.items()) {
      if (!equal(item, others.next(), span, depth)) {
        return false;
      }
    }
    return true;
  }

  private boolean equalFields(Mapping left, Mapping right, SourceSpan span, int depth) {
    if (!left.fields().keySet().equals(right.fields().keySet())) {
      return false;
    }
    for (Map.Entry<String, Mapping.Field> field : left.fields().entrySet()) {
      Mapping.Field other = right.fields().get(field.getKey());
      if (other == null || !equal(field.getValue().value(), other.value(), span, depth)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the order of two numbers, or of two texts. */
  int order(Datum left, Datum right, SourceSpan span) {
    budget.step(span);
    if (left instanceof Reference reference) {
      throw unknown(reference);
    }
    if (right instanceof Reference reference) {
      throw unknown(reference);
    }
    BigDecimal number = number(left);
    BigDecimal other = number(right);
    if (number != null && other != null) {
      return number.compareTo(other);
    }
    if (left instanceof Text a && right instanceof Text b) {
      budget.text(Math.min(a.text().length(), b.text().length()), span);
      return Integer.signum(a.text().compareTo(b.text()));
    }
    throw Refusal.of(
        span,
        left.kind() + " and " + right.kind() + " have no order",
        "compare numbers with numbers, and texts with texts");
  }
}
