package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.frontend.groovy.Datum.Decimal;
import dev.pgrunbook.frontend.groovy.Datum.Listing;
import dev.pgrunbook.frontend.groovy.Datum.Mapping;
import dev.pgrunbook.frontend.groovy.Datum.Nothing;
import dev.pgrunbook.frontend.groovy.Datum.Reference;
import dev.pgrunbook.frontend.groovy.Datum.Text;
import dev.pgrunbook.frontend.groovy.Datum.Truth;
import dev.pgrunbook.frontend.groovy.Datum.Whole;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.SourceText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Applies operators to values, as Groovy does, but integers never overflow. */
final class Arithmetic {

  private final Evaluation evaluation;
  private final Budget budget;

  Arithmetic(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.budget = evaluation.budget();
  }

  Datum apply(String operator, Datum left, Datum right, SourceSpan span) {
    refuseUnknown(left);
    refuseUnknown(right);
    return switch (operator) {
      case "+" -> plus(left, right, span);
      case "-" -> minus(left, right, span);
      case "*" -> times(left, right, span);
      case "/", "%", "**" -> calculate(operator, left, right, span);
      case "==" -> new Truth(span, equal(left, right, span));
      case "!=" -> new Truth(span, !equal(left, right, span));
      case "<" -> new Truth(span, order(left, right, span) < 0);
      case "<=" -> new Truth(span, order(left, right, span) <= 0);
      case ">" -> new Truth(span, order(left, right, span) > 0);
      case ">=" -> new Truth(span, order(left, right, span) >= 0);
      case "<=>" -> new Whole(span, BigInteger.valueOf(order(left, right, span)));
      case "in" -> new Truth(span, contains(right, left, span));
      case "!in" -> new Truth(span, !contains(right, left, span));
      case "<<" -> append(left, right, span);
      case "[", "?[" -> element(left, right, span);
      default -> throw Refusal.of(span, "the operator " + operator + " is refused", null);
    };
  }

  private static void refuseUnknown(Datum datum) {
    if (datum instanceof Reference reference) {
      throw Comparison.unknown(reference);
    }
  }

  private boolean equal(Datum left, Datum right, SourceSpan span) {
    return evaluation.comparison().equal(left, right, span);
  }

  private int order(Datum left, Datum right, SourceSpan span) {
    return evaluation.comparison().order(left, right, span);
  }

  boolean contains(Datum container, Datum element, SourceSpan span) {
    if (container instanceof Listing list) {
      for (Datum item : list.items()) {
        if (equal(item, element, span)) {
          return true;
        }
      }
      return false;
    }
    if (container instanceof Mapping map) {
      return element instanceof Text key && map.fields().containsKey(key.text());
    }
    throw Refusal.of(
        span,
        "nothing can be in " + container.kind(),
        "\"in\" looks into a list or the keys of a map; a text.contains(part)");
  }

  private Datum plus(Datum left, Datum right, SourceSpan span) {
    if (left instanceof Text || right instanceof Text && !(left instanceof Listing)) {
      return new Text(
          span, evaluation.texts().join(content(left, span), content(right, span), span));
    }
    if (left instanceof Listing list) {
      List<Datum> added = right instanceof Listing more ? more.items() : List.of(right);
      budget.elements((long) list.items().size() + added.size(), span);
      List<Datum> items = new ArrayList<>(list.items());
      items.addAll(added);
      return new Listing(span, items);
    }
    if (left instanceof Mapping map && right instanceof Mapping more) {
      budget.elements((long) map.fields().size() + more.fields().size(), span);
      LinkedHashMap<String, Mapping.Field> fields = new LinkedHashMap<>(map.fields());
      fields.putAll(more.fields());
      return new Mapping(span, fields);
    }
    return calculate("+", left, right, span);
  }

  private SourceText content(Datum datum, SourceSpan span) {
    return datum instanceof Text text
        ? text.content()
        : evaluation.texts().computed(evaluation.strings().of(datum, span), datum.span()).content();
  }

  private Datum minus(Datum left, Datum right, SourceSpan span) {
    if (left instanceof Listing list) {
      Listing removed = right instanceof Listing r ? r : new Listing(span, List.of(right));
      budget.elements(list.items().size(), span);
      List<Datum> items = new ArrayList<>();
      for (Datum item : list.items()) {
        if (!contains(removed, item, span)) {
          items.add(item);
        }
      }
      return new Listing(span, items);
    }
    if (left instanceof Text text && right instanceof Text part) {
      budget.text((long) text.text().length() + part.text().length(), span);
      int at = text.text().indexOf(part.text());
      String rest =
          at < 0
              ? text.text()
              : text.text().substring(0, at) + text.text().substring(at + part.text().length());
      return evaluation.texts().computed(rest, span);
    }
    return calculate("-", left, right, span);
  }

  private Datum times(Datum left, Datum right, SourceSpan span) {
    if (left instanceof Text text && right instanceof Whole count) {
      int times = count(count, span);
      budget.text((long) text.text().length() * times, span);
      return evaluation.texts().computed(text.text().repeat(times), span);
    }
    if (left instanceof Listing list && right instanceof Whole count) {
      int times = count(count, span);
      budget.elements((long) list.items().size() * times, span);
      List<Datum> items = new ArrayList<>();
      for (int i = 0; i < times && !list.items().isEmpty(); i++) {
        items.addAll(list.items());
      }
      return new Listing(span, items);
    }
    return calculate("*", left, right, span);
  }

  /** Returns how often something is repeated. */
  static int count(Whole whole, SourceSpan span) {
    if (whole.value().signum() < 0) {
      throw Refusal.of(span, "nothing can be repeated " + whole.value() + " times", null);
    }
    if (whole.value().bitLength() > 30) {
      throw Refusal.limit(span, "this is repeated more often than any limit allows", "repeat less");
    }
    return whole.value().intValue();
  }

  Datum negate(Datum datum, SourceSpan span) {
    refuseUnknown(datum);
    if (datum instanceof Whole whole) {
      return new Whole(span, whole.value().negate());
    }
    if (datum instanceof Decimal decimal) {
      return new Decimal(span, decimal.value().negate());
    }
    throw notNumbers("-", datum, datum, span);
  }

  private Datum calculate(String operator, Datum left, Datum right, SourceSpan span) {
    BigDecimal a = Comparison.number(left);
    BigDecimal b = Comparison.number(right);
    if (a == null || b == null) {
      throw notNumbers(operator, left, right, span);
    }
    if (left instanceof Whole x && right instanceof Whole y && !operator.equals("/")) {
      BigInteger result = whole(operator, x.value(), y.value(), span);
      return new Whole(span, budget.number(result, span));
    }
    return new Decimal(span, budget.number(decimal(operator, a, b, span), span));
  }

  private static Refusal notNumbers(String operator, Datum left, Datum right, SourceSpan span) {
    Datum odd = Comparison.number(left) == null ? left : right;
    String hint = odd instanceof Text ? "convert it: text.toInteger()" : null;
    return Refusal.of(span, operator + " needs numbers, and this is " + odd.kind(), hint);
  }

  private static BigInteger whole(String operator, BigInteger a, BigInteger b, SourceSpan span) {
    return switch (operator) {
      case "+" -> a.add(b);
      case "-" -> a.subtract(b);
      case "*" -> a.multiply(b);
      case "%" -> a.remainder(nonZero(b, span));
      default -> power(a, b, span);
    };
  }

  private static BigInteger power(BigInteger base, BigInteger exponent, SourceSpan span) {
    if (exponent.signum() < 0 || exponent.bitLength() > 11) {
      throw Refusal.of(span, "this power is refused", "an exponent is a whole number up to 2000");
    }
    if ((long) base.bitLength() * exponent.intValue() > GroovyLimits.DIGITS * 4L) {
      throw Budget.tooManyDigits(span);
    }
    return base.pow(exponent.intValue());
  }

  private static BigInteger nonZero(BigInteger divisor, SourceSpan span) {
    if (divisor.signum() == 0) {
      throw Refusal.of(span, "this divides by zero", null);
    }
    return divisor;
  }

  private static BigDecimal decimal(String operator, BigDecimal a, BigDecimal b, SourceSpan span) {
    return switch (operator) {
      case "+" -> a.add(b);
      case "-" -> a.subtract(b);
      case "*" -> a.multiply(b);
      case "/" -> divide(a, b, span);
      default ->
          throw Refusal.of(span, operator + " needs whole numbers", "convert with toInteger()");
    };
  }

  /** Divides as Groovy does: exactly where that ends, else to ten digits after the point. */
  private static BigDecimal divide(BigDecimal a, BigDecimal b, SourceSpan span) {
    if (b.signum() == 0) {
      throw Refusal.of(span, "this divides by zero", null);
    }
    try {
      return a.divide(b);
    } catch (ArithmeticException endless) {
      int precision = Math.max(a.precision(), b.precision()) + 10;
      BigDecimal result = a.divide(b, new MathContext(precision));
      int scale = Math.max(Math.max(a.scale(), b.scale()), 10);
      return result.scale() > scale ? result.setScale(scale, RoundingMode.HALF_UP) : result;
    }
  }

  private Datum append(Datum left, Datum right, SourceSpan span) {
    if (!(left instanceof Listing list)) {
      throw Refusal.of(span, "<< appends to a list, not to " + left.kind(), "join texts with +");
    }
    checkInsertion(left, right, span);
    budget.elements(list.items().size() / 64 + 1L, span);
    if (list.items().size() >= GroovyLimits.ELEMENTS) {
      budget.elements(list.items().size() + 1L, span);
    }
    list.items().add(right);
    return left;
  }

  /** Refuses to put a list or map into itself, however deep. */
  void checkInsertion(Datum container, Datum element, SourceSpan span) {
    search(element, container, span, 0);
  }

  private void search(Datum within, Datum container, SourceSpan span, int depth) {
    budget.step(span);
    refuseUnknownIn(within, depth);
    if (within == container) {
      throw Refusal.of(span, "a list or map cannot contain itself", null);
    }
    if (depth > GroovyLimits.DEPTH) {
      throw Refusal.limit(
          span,
          "lists and maps nest deeper than " + GroovyLimits.DEPTH + " levels",
          Budget.FLATTER);
    }
    if (within instanceof Listing list) {
      list.items().forEach(item -> search(item, container, span, depth + 1));
    } else if (within instanceof Mapping map) {
      Datum.values(map).forEach(item -> search(item, container, span, depth + 1));
    }
  }

  private static void refuseUnknownIn(Datum within, int depth) {
    if (depth == 0) {
      refuseUnknown(within);
    }
  }

  private Datum element(Datum object, Datum key, SourceSpan span) {
    if (object instanceof Mapping map) {
      Mapping.Field field = key instanceof Text name ? map.fields().get(name.text()) : null;
      return field == null ? new Nothing(span) : field.value();
    }
    if (object instanceof Listing list) {
      if (key instanceof Listing indexes) {
        List<Datum> items = new ArrayList<>();
        indexes.items().forEach(i -> items.add(element(object, i, span)));
        budget.elements(items.size(), span);
        return new Listing(span, items);
      }
      int index = index(key, list.items().size(), span);
      return index < list.items().size() ? list.items().get(index) : new Nothing(span);
    }
    if (object instanceof Text text) {
      return characters(text, key, span);
    }
    throw Refusal.of(span, object.kind() + " has no elements", "lists, maps and texts have");
  }

  private Datum characters(Text text, Datum key, SourceSpan span) {
    List<Datum> indexes = key instanceof Listing list ? list.items() : List.of(key);
    StringBuilder characters = new StringBuilder();
    budget.elements(indexes.size(), span);
    for (Datum one : indexes) {
      int index = index(one, text.text().length(), span);
      if (index >= text.text().length()) {
        throw Refusal.of(span, "the text has no character " + index, null);
      }
      characters.append(text.text().charAt(index));
    }
    return evaluation.texts().computed(characters.toString(), span);
  }

  /** Returns an index from the start; a negative one counts from the end. */
  int index(Datum key, int size, SourceSpan span) {
    if (!(key instanceof Whole whole)) {
      throw Refusal.of(span, "an index is a whole number, not " + key.kind(), null);
    }
    BigInteger index = whole.value();
    if (index.signum() < 0) {
      index = index.add(BigInteger.valueOf(size));
    }
    if (index.signum() < 0 || index.bitLength() > 30) {
      throw Refusal.of(span, "there is no element " + whole.value(), "the first is 0, the last -1");
    }
    return index.intValue();
  }
}
