package dev.pgrunbook.model;

import com.google.gson.JsonParseException;
import dev.pgrunbook.model.ParameterType.Base;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.SecretValue;
import dev.pgrunbook.value.ValueJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One text as one value of a type. */
final class ParameterConversion {

  /**
   * PostgreSQL's NAMEDATALEN less one, in bytes; longer names are cut, silently but for a notice.
   */
  private static final int LONGEST_NAME = 63;

  /** Digits that {@code numeric} holds before and after the point. */
  private static final int MOST_DIGITS = 131072;

  private static final int MOST_DECIMALS = 16383;

  private static final int LONGEST_SHOWN = 40;

  private ParameterConversion() {}

  /** A value, or why there is none. */
  record Converted(@Nullable Value value, String complaint, @Nullable String hint) {

    static Converted of(Value value) {
      return new Converted(value, "", null);
    }

    static Converted refuse(String complaint, @Nullable String hint) {
      return new Converted(null, complaint, hint);
    }
  }

  static Converted convert(Base base, String text) {
    if (text.indexOf('\0') >= 0) {
      return Converted.refuse("PostgreSQL's texts cannot hold the character NUL", null);
    }
    return switch (base) {
      case TEXT -> Converted.of(Value.text(text));
      case SECRET -> Converted.of(new SecretValue(text));
      case INTEGER -> integer(text.strip());
      case NUMBER -> number(text.strip());
      case BOOLEAN -> truth(text.strip());
      case DATE -> textual(base, text, TemporalText.date(text.strip()) != null, "2026-01-31");
      case TIMESTAMP ->
          textual(
              base, text, TemporalText.moment(text.strip()) != null, "2026-01-31T22:00:00+01:00");
      case INTERVAL ->
          textual(base, text, IntervalText.microseconds(text) != null, "1 day 12 hours");
      case IDENTIFIER -> identifier(text);
      case TABLE -> table(text);
      case JSON -> json(text);
    };
  }

  /** Returns the type as a sentence names it, with its article. */
  static String described(Base base) {
    return switch (base) {
      case TEXT -> "a text";
      case INTEGER -> "an integer";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case DATE -> "a date";
      case TIMESTAMP -> "a timestamp";
      case INTERVAL -> "an interval";
      case IDENTIFIER -> "an identifier";
      case TABLE -> "a table's name";
      case JSON -> "JSON";
      case SECRET -> "a secret";
    };
  }

  /** Returns a text in quotes as a sentence shows it. */
  static String shown(String text) {
    boolean whole = text.length() <= LONGEST_SHOWN;
    return "\"" + (whole ? text : text.substring(0, LONGEST_SHOWN) + "…") + "\"";
  }

  private static Converted integer(String text) {
    String digits = text.startsWith("+") ? text.substring(1) : text;
    boolean wellFormed = !digits.isEmpty() && isInteger(digits);
    if (!wellFormed) {
      return not(Base.INTEGER, text, "write digits, with - in front of a negative number");
    }
    try {
      return Converted.of(Value.integer(Long.parseLong(digits)));
    } catch (NumberFormatException tooLarge) {
      String hint = "the type number takes any size";
      return Converted.refuse(shown(text) + " is outside the range of a bigint", hint);
    }
  }

  private static boolean isInteger(String text) {
    int first = text.charAt(0) == '-' ? 1 : 0;
    return text.length() > first && text.chars().skip(first).allMatch(c -> c >= '0' && c <= '9');
  }

  private static Converted number(String text) {
    BigDecimal number;
    try {
      boolean ascii = text.chars().allMatch(c -> c < 0x80);
      number = ascii && text.length() <= MOST_DIGITS ? new BigDecimal(text) : null;
    } catch (NumberFormatException malformed) {
      number = null;
    }
    if (number == null) {
      return not(Base.NUMBER, text, "write it like 12.5 or 1e6");
    }
    long wholeDigits = (long) number.precision() - number.scale();
    return wholeDigits > MOST_DIGITS || number.scale() > MOST_DECIMALS
        ? Converted.refuse(shown(text) + " is outside the range of numeric", null)
        : Converted.of(new DecimalValue(number));
  }

  private static Converted truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> Converted.of(Value.bool(true));
      case "false", "f", "no", "n", "off", "0" -> Converted.of(Value.bool(false));
      default -> not(Base.BOOLEAN, text, "write true or false");
    };
  }

  private static Converted textual(Base base, String text, boolean valid, String example) {
    return valid
        ? Converted.of(Value.text(text.strip()))
        : not(base, text, "write it like " + example);
  }

  private static Converted identifier(String text) {
    if (text.isEmpty()) {
      return Converted.refuse("an identifier cannot be empty", null);
    }
    return tooLong(text)
        ? Converted.refuse(shown(text) + " is longer than PostgreSQL's 63 bytes for a name", null)
        : Converted.of(Value.text(text));
  }

  private static Converted table(String text) {
    String name = text.strip();
    TableName parsed = TableName.parse(name);
    if (parsed == null) {
      return not(
          Base.TABLE,
          text,
          "write it as in SQL: person, sales.person or sales.\"Person\", with double quotes around"
              + " what is not lower case");
    }
    for (String part : parsed.parts()) {
      if (tooLong(part)) {
        return Converted.refuse(
            shown(part) + " is longer than PostgreSQL's 63 bytes for a name", null);
      }
    }
    return Converted.of(Value.text(name));
  }

  private static boolean tooLong(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME;
  }

  private static Converted json(String text) {
    try {
      return Converted.of(ValueJson.parse(text));
    } catch (JsonParseException | NumberFormatException malformed) {
      return not(Base.JSON, text, "texts are in double quotes in JSON: \"text\", {\"key\": 1}");
    }
  }

  private static Converted not(Base base, String text, String hint) {
    return Converted.refuse(shown(text) + " is not " + described(base), hint);
  }
}
