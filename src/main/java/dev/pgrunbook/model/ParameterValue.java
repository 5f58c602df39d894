package dev.pgrunbook.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import dev.pgrunbook.model.ParameterConversion.Converted;
import dev.pgrunbook.model.ParameterType.Base;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.ValueJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts as values of parameters, wherever somebody writes one: in a file, on the command line, as
 * an answer.
 *
 * <p>Dates, timestamps, intervals, identifiers and tables stay texts, as written; they have been
 * found to be what their type says, as far as that can be known without a server. A diagnostic
 * about a secret has no span, so that nobody prints the line it points at.
 */
public final class ParameterValue {

  /** The code of every diagnostic made here. */
  public static final String CODE = "parameter-value";

  private ParameterValue() {}

  /** Returns the value that a text is; for a list type a JSON array, or the only item. */
  public static Validated<Value> parse(ParameterType type, SourceText text) {
    if (!type.list()) {
      return diagnosed(ParameterConversion.convert(type.base(), text.text()), type, text.span());
    }
    return text.text().strip().startsWith("[") ? array(type, text) : list(type, List.of(text));
  }

  /** Returns the value that a text is, when it fits the parameter's choices, pattern and limits. */
  public static Validated<Value> parse(Parameter parameter, SourceText text) {
    Validated<Value> parsed = parse(parameter.type(), text);
    return parsed instanceof Validated.Valid<Value> valid
        ? checked(parameter, valid.value(), text.span())
        : parsed;
  }

  /**
   * Returns the value that several texts are, as when an option is repeated: the items of a list.
   *
   * <p>A single text may be a JSON array. A parameter that is no list takes exactly one text.
   */
  public static Validated<Value> parse(Parameter parameter, List<SourceText> texts) {
    if (texts.size() == 1) {
      return parse(parameter, texts.get(0));
    }
    if (!parameter.type().list()) {
      SourceSpan second = texts.size() > 1 ? place(parameter.type(), texts.get(1).span()) : null;
      String message = "\"" + parameter.name() + "\" takes one value, not " + texts.size();
      return Validated.error(Diagnostic.error(CODE, second, message));
    }
    Validated<Value> parsed = list(parameter.type(), texts);
    return parsed instanceof Validated.Valid<Value> valid
        ? checked(parameter, valid.value(), texts.isEmpty() ? null : texts.get(0).span())
        : parsed;
  }

  /**
   * Returns why a value that has the parameter's type does not fit its choices, pattern and limits.
   *
   * @param span where the value stands, or null
   */
  public static List<Diagnostic> check(
      Parameter parameter, Value value, @Nullable SourceSpan span) {
    SourceSpan place = place(parameter.type(), span);
    List<Diagnostic> diagnostics = new ArrayList<>();
    List<Value> items = value instanceof ListValue list ? list.items() : List.of(value);
    for (Value item : items) {
      Diagnostic misfit = ParameterConstraints.misfit(parameter, item, place);
      if (misfit != null) {
        diagnostics.add(misfit);
      }
    }
    return diagnostics;
  }

  /** Returns why a text is no pattern, or null when it is one. */
  public static @Nullable String patternProblem(String pattern) {
    return ParameterPattern.problem(pattern);
  }

  /**
   * Returns how two values of a type compare, as PostgreSQL orders them; timestamps without an
   * offset count as UTC.
   *
   * @param base a type that has limits, see {@link #isOrdered}
   */
  public static int compare(Base base, Value a, Value b) {
    return ParameterConstraints.compare(base, a, b);
  }

  /** Returns whether values of a type can have a least and a greatest. */
  public static boolean isOrdered(Base base) {
    return switch (base) {
      case INTEGER, NUMBER, DATE, TIMESTAMP, INTERVAL -> true;
      case TEXT, BOOLEAN, IDENTIFIER, TABLE, JSON, SECRET -> false;
    };
  }

  /** Returns whether values of a type are texts that a pattern can be asked of. */
  public static boolean isTextual(Base base) {
    return switch (base) {
      case TEXT, IDENTIFIER, TABLE, SECRET -> true;
      case INTEGER, NUMBER, BOOLEAN, DATE, TIMESTAMP, INTERVAL, JSON -> false;
    };
  }

  private static Validated<Value> checked(
      Parameter parameter, Value value, @Nullable SourceSpan span) {
    return Validated.of(value, check(parameter, value, span));
  }

  private static Validated<Value> list(ParameterType type, List<SourceText> texts) {
    List<Value> items = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (SourceText text : texts) {
      Converted converted = ParameterConversion.convert(type.base(), text.text());
      Validated<Value> item = diagnosed(converted, type, text.span());
      diagnostics.addAll(item.diagnostics());
      if (item instanceof Validated.Valid<Value> valid) {
        items.add(valid.value());
      }
    }
    return Validated.of(new ListValue(items), diagnostics);
  }

  private static Validated<Value> array(ParameterType type, SourceText text) {
    JsonArray array;
    try {
      array = ValueJson.parseTree(text.text()).getAsJsonArray();
    } catch (JsonParseException malformed) {
      Converted refused =
          Converted.refuse(
              "what begins with [ must be a JSON array, and this is none",
              "quote every item: [\"a\", \"b\"]");
      return diagnosed(refused, type, text.span());
    }
    List<Value> items = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (JsonElement element : array) {
      Validated<Value> item = diagnosed(fromJson(type.base(), element), type, text.span());
      diagnostics.addAll(item.diagnostics());
      if (item instanceof Validated.Valid<Value> valid) {
        items.add(valid.value());
      }
    }
    return Validated.of(new ListValue(items), diagnostics);
  }

  private static Converted fromJson(Base base, JsonElement element) {
    if (base == Base.JSON) {
      return ParameterConversion.convert(base, element.toString());
    }
    return element.isJsonPrimitive()
        ? ParameterConversion.convert(base, element.getAsString())
        : Converted.refuse(
            "an item must be " + ParameterConversion.described(base) + ", not " + element, null);
  }

  private static Validated<Value> diagnosed(
      Converted converted, ParameterType type, @Nullable SourceSpan span) {
    Value value = converted.value();
    if (value != null) {
      return Validated.of(value);
    }
    SourceSpan place = place(type, span);
    return Validated.error(
        Diagnostic.error(CODE, place, converted.complaint()).withHint(converted.hint()));
  }

  private static @Nullable SourceSpan place(ParameterType type, @Nullable SourceSpan span) {
    return type.base() == Base.SECRET ? null : span;
  }
}
