package dev.pgrunbook.sql;

import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.BooleanValue;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.NullValue;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.Value.SecretValue;
import dev.pgrunbook.value.Value.TextValue;
import dev.pgrunbook.value.ValueJson;
import java.math.BigDecimal;
import java.util.List;

/** Values and names as SQL spells them. */
public final class SqlLiterals {

  private static final List<String> TEXT_TYPES = List.of("text", "varchar", "unknown");
  private static final List<String> INTEGER_TYPES = List.of("int2", "int4", "int8");
  private static final List<String> JSON_TYPES = List.of("json", "jsonb");

  private SqlLiterals() {}

  /**
   * Returns an expression for a value that pastes into psql, a secret masked.
   *
   * <p>Texts, integers, booleans and numerics are plain; other types carry a cast. Lists of array
   * types are {@code ARRAY[…]}, rows and lists of {@code jsonb} are JSON.
   *
   * @param type PostgreSQL's name of the type, as in {@link BoundValue}
   */
  public static String literal(Value value, String type) {
    if (value instanceof NullValue) {
      return "NULL";
    }
    if (value instanceof ListValue list && type.endsWith("[]")) {
      return array(list) + "::" + type;
    }
    if (JSON_TYPES.contains(type)) {
      return quote(ValueJson.write(value)) + "::" + type;
    }
    if (value instanceof TextValue || value instanceof SecretValue) {
      String quoted = quote(value.display());
      return TEXT_TYPES.contains(type) ? quoted : quoted + "::" + type;
    }
    if (value instanceof ListValue || value instanceof RowValue) {
      return quote(ValueJson.write(value)) + "::" + type;
    }
    return scalar(value, type);
  }

  private static String scalar(Value value, String type) {
    if (value instanceof BooleanValue bool && type.equals("bool")) {
      return bool.value() ? "true" : "false";
    }
    if (value instanceof IntegerValue integer && INTEGER_TYPES.contains(type)) {
      return signed(Long.toString(integer.value()), type);
    }
    if (value instanceof DecimalValue decimal && type.equals("numeric")) {
      return signed(decimal.value().toString(), type);
    }
    return quote(plainText(value, false)) + "::" + type;
  }

  /**
   * A minus sign is quoted away: {@code x -:n} must not become a comment, and {@code -5::int8} is
   * the negation of a cast, which the smallest integer does not survive.
   */
  private static String signed(String digits, String type) {
    return digits.startsWith("-") ? quote(digits) + "::" + type : digits;
  }

  private static String array(ListValue list) {
    StringBuilder array = new StringBuilder("ARRAY[");
    String separator = "";
    for (Value item : list.items()) {
      array.append(separator).append(element(item));
      separator = ", ";
    }
    return array.append(']').toString();
  }

  /** An element needs no cast: the array's own reaches into it. */
  private static String element(Value item) {
    if (item instanceof NullValue) {
      return "NULL";
    }
    if (item instanceof ListValue list) {
      return array(list);
    }
    boolean bare = item instanceof BooleanValue || item instanceof IntegerValue;
    return bare ? plainText(item, false) : quote(plainText(item, false));
  }

  /**
   * Returns a quoted literal without a cast, as {@code :'name'} stands for; NULL is not quoted.
   *
   * @param reveal whether a secret's text is written rather than its mask
   */
  static String quotedLiteral(Value value, String type, boolean reveal) {
    return value instanceof NullValue ? "NULL" : quote(text(value, type, reveal));
  }

  /**
   * Returns the text that PostgreSQL reads as a value of a type: arrays as <code>{…}</code>, rows
   * as JSON, a secret as it is, so the result is not for showing.
   *
   * @throws IllegalArgumentException for null, which has no text
   */
  public static String input(Value value, String type) {
    if (value instanceof NullValue) {
      throw new IllegalArgumentException("null has no text");
    }
    return text(value, type, true);
  }

  private static String text(Value value, String type, boolean reveal) {
    if (value instanceof ListValue list && type.endsWith("[]")) {
      StringBuilder array = new StringBuilder();
      appendArray(array, list, reveal);
      return array.toString();
    }
    return JSON_TYPES.contains(type) ? ValueJson.write(value) : plainText(value, reveal);
  }

  private static String plainText(Value value, boolean reveal) {
    if (value instanceof SecretValue secret && reveal) {
      return secret.secret();
    }
    if (value instanceof DoubleValue number) {
      return Double.toString(number.value());
    }
    if (value instanceof DecimalValue decimal) {
      BigDecimal number = decimal.value();
      return number.toString();
    }
    return value.display();
  }

  private static void appendArray(StringBuilder array, ListValue list, boolean reveal) {
    array.append('{');
    String separator = "";
    for (Value item : list.items()) {
      array.append(separator);
      separator = ",";
      if (item instanceof ListValue nested) {
        appendArray(array, nested, reveal);
      } else if (item instanceof NullValue) {
        array.append("NULL");
      } else {
        String text = plainText(item, reveal);
        array.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
      }
    }
    array.append('}');
  }

  /** Returns a text as a string constant, whatever {@code standard_conforming_strings} says. */
  public static String quote(String text) {
    refuseNul(text);
    String doubled = text.replace("'", "''");
    return text.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : "E'" + doubled.replace("\\", "\\\\") + "'";
  }

  /** Returns a name as a quoted identifier; it is quoted even where it need not be, as in psql. */
  public static String identifier(String name) {
    refuseNul(name);
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /**
   * Returns a relation's name, given as SQL spells it, with each of its parts quoted.
   *
   * <p>{@code public."Person"} gives {@code "public"."Person"}; parts without quotes are folded to
   * lower case as PostgreSQL does. What is no such name is quoted as a whole, so that nothing
   * escapes the quotes.
   */
  public static String qualifiedIdentifier(String spelled) {
    List<String> parts = QualifiedName.parts(spelled);
    if (parts.isEmpty()) {
      return identifier(spelled);
    }
    StringBuilder name = new StringBuilder();
    for (String part : parts) {
      name.append(name.length() == 0 ? "" : ".").append(identifier(part));
    }
    return name.toString();
  }

  /** Returns the identifier, or the list of them, that {@code :"name"} stands for. */
  static String identifier(BoundValue bound, boolean reveal) {
    if (bound.value() instanceof ListValue list) {
      StringBuilder names = new StringBuilder();
      for (Value item : list.items()) {
        BoundValue one = new BoundValue(bound.type().replace("[]", ""), item);
        names.append(names.length() == 0 ? "" : ", ").append(identifier(one, reveal));
      }
      return names.toString();
    }
    String name = plainText(bound.value(), reveal);
    return bound.type().equals("regclass") ? qualifiedIdentifier(name) : identifier(name);
  }

  /** PostgreSQL has no such character, and a query's text ends at one on the wire. */
  private static void refuseNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a NUL character cannot be written in SQL");
    }
  }
}
