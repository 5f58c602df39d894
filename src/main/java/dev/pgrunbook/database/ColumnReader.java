package dev.pgrunbook.database;

import com.google.gson.JsonParseException;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.ValueJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** Makes values of the texts that the server's output functions write. */
final class ColumnReader {

  private final Function<String, Value> reader;

  private ColumnReader(Function<String, Value> reader) {
    this.reader = reader;
  }

  /** Returns the reader of a type. */
  static ColumnReader of(int oid, TypeNames.Type type) {
    if (type.element() == 0) {
      return new ColumnReader(scalar(oid));
    }
    Function<String, Value> element = scalar(type.element());
    return new ColumnReader(text -> ArrayText.read(text, type.delimiter(), element));
  }

  /** Returns a column's value. */
  Value read(byte @Nullable [] bytes) {
    return bytes == null ? Value.none() : reader.apply(new String(bytes, StandardCharsets.UTF_8));
  }

  private static Function<String, Value> scalar(int oid) {
    return switch (oid) {
      case Oid.INT2, Oid.INT4, Oid.INT8, Oid.OID -> text -> Value.integer(Long.parseLong(text));
      case Oid.FLOAT4, Oid.FLOAT8 -> text -> new DoubleValue(Double.parseDouble(text));
      case Oid.NUMERIC -> ColumnReader::numeric;
      case Oid.BOOL -> text -> Value.bool(text.equals("t"));
      case Oid.JSON, Oid.JSONB -> ColumnReader::json;
      default -> Value::text;
    };
  }

  /** {@code numeric} also knows NaN and, since PostgreSQL 14, infinities. */
  private static Value numeric(String text) {
    char last = text.charAt(text.length() - 1);
    return Character.isDigit(last)
        ? new DecimalValue(new BigDecimal(text))
        : new DoubleValue(Double.parseDouble(text));
  }

  /** {@code json} columns may hold what no strict reader takes, such as very deep nesting. */
  private static Value json(String text) {
    try {
      return ValueJson.parse(text);
    } catch (JsonParseException | NumberFormatException beyondThisReader) {
      return Value.text(text);
    }
  }
}
