package dev.pgrunbook.model;

import dev.pgrunbook.model.ParameterType.Base;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.SecretValue;
import dev.pgrunbook.value.Value.TextValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A parameter's choices, pattern and limits. */
final class ParameterConstraints {

  private ParameterConstraints() {}

  /** Returns why one value does not fit, or null. */
  static @Nullable Diagnostic misfit(Parameter parameter, Value value, @Nullable SourceSpan span) {
    if (value.isNull()) {
      return null;
    }
    if (!parameter.choices().isEmpty() && !isChoice(parameter, value)) {
      return choiceMisfit(parameter, value, span);
    }
    String pattern = parameter.pattern();
    if (pattern != null && !ParameterPattern.matches(pattern, content(value))) {
      String message = shown(value) + " does not match the pattern " + pattern;
      return Diagnostic.error(ParameterValue.CODE, span, message);
    }
    return limitMisfit(parameter, value, span);
  }

  private static @Nullable Diagnostic limitMisfit(
      Parameter parameter, Value value, @Nullable SourceSpan span) {
    Base base = parameter.type().base();
    Value minimum = parameter.minimum();
    if (minimum != null && compare(base, value, minimum) < 0) {
      String message = shown(value) + " is less than the minimum " + minimum.display();
      return Diagnostic.error(ParameterValue.CODE, span, message);
    }
    Value maximum = parameter.maximum();
    if (maximum != null && compare(base, value, maximum) > 0) {
      String message = shown(value) + " is more than the maximum " + maximum.display();
      return Diagnostic.error(ParameterValue.CODE, span, message);
    }
    return null;
  }

  private static boolean isChoice(Parameter parameter, Value value) {
    Base base = parameter.type().base();
    for (Value choice : parameter.choices()) {
      boolean same =
          ParameterValue.isOrdered(base) ? compare(base, choice, value) == 0 : choice.equals(value);
      if (same) {
        return true;
      }
    }
    return false;
  }

  private static Diagnostic choiceMisfit(
      Parameter parameter, Value value, @Nullable SourceSpan span) {
    List<String> choices = parameter.choices().stream().map(Value::display).toList();
    String message = shown(value) + " is none of " + String.join(", ", choices);
    boolean secret = value instanceof SecretValue;
    String hint = secret ? null : Spelling.didYouMean(value.display(), choices);
    return Diagnostic.error(ParameterValue.CODE, span, message).withHint(hint);
  }

  static int compare(Base base, Value a, Value b) {
    return switch (base) {
      case INTEGER, NUMBER -> number(a).compareTo(number(b));
      case DATE ->
          known(TemporalText.date(content(a))).compareTo(known(TemporalText.date(content(b))));
      case TIMESTAMP ->
          known(TemporalText.moment(content(a))).compareTo(known(TemporalText.moment(content(b))));
      case INTERVAL ->
          known(IntervalText.microseconds(content(a)))
              .compareTo(known(IntervalText.microseconds(content(b))));
      case TEXT, BOOLEAN, IDENTIFIER, TABLE, JSON, SECRET ->
          throw new IllegalArgumentException(base + " has no order");
    };
  }

  private static BigDecimal number(Value value) {
    if (value instanceof IntegerValue integer) {
      return BigDecimal.valueOf(integer.value());
    }
    if (value instanceof DecimalValue decimal) {
      return decimal.value();
    }
    throw new IllegalArgumentException(value + " is no number");
  }

  private static <T> T known(@Nullable T value) {
    return Objects.requireNonNull(value, "a value of the parameter's type");
  }

  private static String content(Value value) {
    if (value instanceof SecretValue secret) {
      return secret.secret();
    }
    return value instanceof TextValue text ? text.value() : value.display();
  }

  private static String shown(Value value) {
    return value instanceof SecretValue ? "the secret" : ParameterConversion.shown(value.display());
  }
}
