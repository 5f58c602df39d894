package dev.pgrunbook.value;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that parameters, variables and columns take.
 *
 * <p>Types of PostgreSQL that are not named here are texts, as the server prints them.
 */
public sealed interface Value {

  /** SQL's and JSON's null. */
  record NullValue() implements Value {}

  /** True or false. */
  record BooleanValue(boolean value) implements Value {}

  /** A 64-bit integer. */
  record IntegerValue(long value) implements Value {}

  /** A double precision number; may be NaN or infinite. */
  record DoubleValue(double value) implements Value {}

  /** An exact decimal number, as {@code numeric} columns hold; a double in expressions. */
  record DecimalValue(BigDecimal value) implements Value {
    public DecimalValue {
      Objects.requireNonNull(value);
    }
  }

  /** A text. */
  record TextValue(String value) implements Value {
    public TextValue {
      Objects.requireNonNull(value);
    }
  }

  /** A text that is never shown, stored or reported: {@code toString} and JSON say {@code ***}. */
  record SecretValue(String secret) implements Value {

    /** What stands for every secret. */
    public static final String MASK = "***";

    public SecretValue {
      Objects.requireNonNull(secret);
    }

    @Override
    public String toString() {
      return MASK;
    }
  }

  /** Values in order: a list parameter, an array, saved rows. */
  record ListValue(List<Value> items) implements Value {
    public ListValue {
      items = List.copyOf(items);
    }
  }

  /** Named values in order: a row, a JSON object. */
  record RowValue(Map<String, Value> fields) implements Value {
    public RowValue {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /** Returns null as a value. */
  static Value none() {
    return new NullValue();
  }

  /** Returns a text value. */
  static Value text(String text) {
    return new TextValue(text);
  }

  /** Returns an integer value. */
  static Value integer(long number) {
    return new IntegerValue(number);
  }

  /** Returns a boolean value. */
  static Value bool(boolean truth) {
    return new BooleanValue(truth);
  }

  /** Returns whether this is null. */
  default boolean isNull() {
    return this instanceof NullValue;
  }

  /** Returns the number this is, as nearly as a double holds it; null for anything else. */
  default @Nullable Double number() {
    if (this instanceof IntegerValue integer) {
      return (double) integer.value();
    } else if (this instanceof DoubleValue real) {
      return real.value();
    } else if (this instanceof DecimalValue decimal) {
      return decimal.value().doubleValue();
    }
    return null;
  }

  /**
   * Returns the value as a person reads it, a secret masked: texts without quotes, lists and rows
   * as JSON, null as nothing.
   */
  default String display() {
    if (this instanceof NullValue) {
      return "";
    }
    if (this instanceof TextValue text) {
      return text.value();
    }
    if (this instanceof SecretValue) {
      return SecretValue.MASK;
    }
    return ValueJson.write(this);
  }
}
