package dev.pgrunbook.expression;

import dev.pgrunbook.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What is known about a value before it exists.
 *
 * <p>Every type holds null, too: a parameter that was not given, a column of a row that is not
 * there.
 *
 * <p>No method of it may be {@code default}: then making a scalar would initialise this interface
 * (JLS 12.4.1), whose constants need the scalars.
 */
@SuppressWarnings("ClassInitializationDeadlock") // see above
public sealed interface Type {

  /** Only null. */
  Type NULL = Scalar.NULL;

  /** True and false. */
  Type BOOL = Scalar.BOOL;

  /** 64-bit integers. */
  Type INT = Scalar.INT;

  /** Double precision numbers; {@code numeric} counts as such. */
  Type DOUBLE = Scalar.DOUBLE;

  /** An integer or a double; what {@code progress} asks for. */
  Type NUMBER = Scalar.NUMBER;

  /** Texts, secrets among them. */
  Type STRING = Scalar.STRING;

  /** Not known before the value is there. */
  Type DYNAMIC = Scalar.DYNAMIC;

  /** A type without parts. */
  enum Scalar implements Type {
    NULL("null"),
    BOOL("a boolean"),
    INT("an integer"),
    DOUBLE("a decimal number"),
    NUMBER("a number"),
    STRING("a text"),
    DYNAMIC("any value");

    private final String words;

    Scalar(String words) {
      this.words = words;
    }

    @Override
    public String words() {
      return words;
    }
  }

  /** A list whose items are of one type. */
  record ListType(Type element) implements Type {
    public ListType {
      Objects.requireNonNull(element);
    }

    @Override
    public String words() {
      return "a list";
    }
  }

  /**
   * A row or JSON object.
   *
   * @param fields the known fields in order
   * @param open whether there may be more fields than the known ones
   */
  record RowType(Map<String, Type> fields, boolean open) implements Type {
    public RowType {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public String words() {
      return "a row";
    }
  }

  /** Returns the type as a sentence names it, with its article. */
  String words();

  /** Returns the type of lists of a type. */
  static Type list(Type element) {
    return new ListType(element);
  }

  /** Returns the type of rows with exactly these fields. */
  static Type row(Map<String, Type> fields) {
    return new RowType(fields, false);
  }

  /** Returns the type of rows whose fields are not known. */
  static Type openRow() {
    return new RowType(Map.of(), true);
  }

  /** Returns a value's type, its parts dynamic. */
  static Type of(Value value) {
    if (value instanceof Value.NullValue) {
      return NULL;
    } else if (value instanceof Value.BooleanValue) {
      return BOOL;
    } else if (value instanceof Value.IntegerValue) {
      return INT;
    } else if (value instanceof Value.DoubleValue || value instanceof Value.DecimalValue) {
      return DOUBLE;
    } else if (value instanceof Value.TextValue || value instanceof Value.SecretValue) {
      return STRING;
    } else if (value instanceof Value.ListValue) {
      return list(DYNAMIC);
    } else if (value instanceof Value.RowValue) {
      return openRow();
    }
    throw new AssertionError(value);
  }
}
