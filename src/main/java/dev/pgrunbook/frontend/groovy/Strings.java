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
import java.util.Map;

/** Writes values as Groovy would inside a text. */
final class Strings {

  private final Budget budget;

  Strings(Budget budget) {
    this.budget = budget;
  }

  /** Returns a value as a text; null, closures and names without a value are none. */
  String of(Datum datum, SourceSpan span) {
    StringBuilder text = new StringBuilder();
    append(datum, text, span, 0);
    return text.toString();
  }

  private void append(Datum datum, StringBuilder text, SourceSpan span, int depth) {
    if (datum instanceof Text one) {
      text.append(one.text());
    } else if (datum instanceof Truth truth) {
      text.append(truth.value());
    } else if (datum instanceof Whole whole) {
      text.append(whole.value());
    } else if (datum instanceof Decimal decimal) {
      text.append(decimal.value().toPlainString());
    } else if (datum instanceof Listing list) {
      items(list, text, deeper(depth, span), span);
    } else if (datum instanceof Mapping map) {
      fields(map, text, deeper(depth, span), span);
    } else {
      throw none(datum, span);
    }
    budget.text(text.length(), span);
  }

  private static int deeper(int depth, SourceSpan span) {
    if (depth >= GroovyLimits.DEPTH) {
      throw Refusal.limit(
          span,
          "lists and maps nest deeper than " + GroovyLimits.DEPTH + " levels",
          Budget.FLATTER);
    }
    return depth + 1;
  }

  private void items(Listing list, StringBuilder text, int depth, SourceSpan span) {
    text.append('[');
    String separator = "";
    for (Datum item : list.items()) {
      text.append(separator);
      append(item, text, span, depth);
      separator = ", ";
    }
    text.append(']');
  }

  private void fields(Mapping map, StringBuilder text, int depth, SourceSpan span) {
    text.append('[');
    String separator = "";
    for (Map.Entry<String, Mapping.Field> field : map.fields().entrySet()) {
      text.append(separator).append(field.getKey()).append(':');
      append(field.getValue().value(), text, span, depth);
      separator = ", ";
    }
    text.append(map.fields().isEmpty() ? ":]" : "]");
  }

  private static Refusal none(Datum datum, SourceSpan span) {
    if (datum instanceof Nothing) {
      return Refusal.of(
          span, "this is null, which has no text", "say what stands for it: value ?: 'none'");
    }
    if (datum instanceof Reference reference) {
      return Refusal.of(
          span,
          "\"" + reference.path().text() + "\" has no value while the file is loaded",
          "inside a text write ${" + reference.path().text() + "}");
    }
    if (datum instanceof Function) {
      return Refusal.of(span, "this is a closure, which has no text", "call it: name()");
    }
    throw new AssertionError(datum);
  }
}
