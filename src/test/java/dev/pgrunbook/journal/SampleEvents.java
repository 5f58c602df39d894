package dev.pgrunbook.journal;

import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event of every kind, made by what the records themselves say of their components. */
final class SampleEvents {

  private SampleEvents() {}

  /** A text with all that a text can hold: quotes, controls, line ends, scripts, half a pair. */
  static final String HARD_TEXT =
      "\"Person\" 'a' \\ / \u0000 \u0001 \t\r\n \u007f \u2028 \u00e4\u4e2d \ud83d\ude00 \udc00 ,\"hash\":\"";

  static final Value HARD_VALUE = hardValue();

  private static Value hardValue() {
    Map<String, Value> row = new LinkedHashMap<>();
    row.put("null", Value.none());
    row.put("truth", Value.bool(true));
    row.put("smallest", Value.integer(Long.MIN_VALUE));
    row.put("largest", Value.integer(Long.MAX_VALUE));
    row.put("decimal", decimal("1234567890123456789.012345678901234567890"));
    row.put("whole", decimal("5"));
    row.put("scaled", decimal("5.000"));
    row.put("exponent", decimal("1E+40"));
    row.put("forty", decimal("-9999999999999999999999999999999999999999"));
    row.put("long", decimal("1" + "0".repeat(3000) + ".5"));
    row.put("double", new DoubleValue(0.1));
    row.put("wholeDouble", new DoubleValue(5));
    row.put("minusZero", new DoubleValue(-0.0));
    row.put("nan", new DoubleValue(Double.NaN));
    row.put("infinity", new DoubleValue(Double.NEGATIVE_INFINITY));
    row.put(HARD_TEXT, Value.text(HARD_TEXT));
    row.put("$dollar", Value.text("$"));
    row.put("array", new ListValue(List.of(new ListValue(List.of()), new RowValue(Map.of()))));
    row.put("one", new RowValue(Map.of("$double", Value.text("a column named so"))));
    row.put("two", new RowValue(Map.of("$$x", Value.integer(1))));
    row.put("text", Value.text("***"));
    row.put("deep", deep(255));
    return new ListValue(List.of(new RowValue(row)));
  }

  private static Value deep(int levels) {
    Value value = Value.none();
    for (int i = 0; i < levels; i++) {
      value = new ListValue(List.of(value));
    }
    return value;
  }

  static Value decimal(String digits) {
    return new DecimalValue(new BigDecimal(digits));
  }

  /** Returns an event of every kind with all its components. */
  static List<RunEvent> full() {
    return all(true);
  }

  /** Returns an event of every kind without what it can be without. */
  static List<RunEvent> sparse() {
    return all(false);
  }

  private static List<RunEvent> all(boolean full) {
    return EventJson.TYPES.values().stream().map(type -> (RunEvent) record(type, full)).toList();
  }

  private static Object record(Class<?> type, boolean full) {
    RecordComponent[] components = type.getRecordComponents();
    List<@Nullable Object> arguments = new ArrayList<>();
    for (RecordComponent component : components) {
      boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      arguments.add(optional && !full ? null : value(component.getGenericType(), full));
    }
    return RecordShape.of(type).create(arguments.toArray());
  }

  private static Object value(Type type, boolean full) {
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return full ? List.of(value(of[0], true), value(of[0], true)) : List.of();
      }
      return full ? Map.of(HARD_TEXT, value(of[1], true)) : Map.of();
    } else if (type == StepAddress.class) {
      return new StepAddress("a-step", full ? List.of(2, 3) : List.of());
    } else if (type == String.class) {
      return full ? HARD_TEXT : "";
    } else if (type == Value.class) {
      return full ? HARD_VALUE : Value.none();
    } else if (type == int.class || type == Integer.class) {
      return full ? 1 : 0;
    } else if (type == long.class || type == Long.class) {
      return full ? Long.MAX_VALUE : 0L;
    } else if (type == boolean.class) {
      return full;
    } else if (type == Instant.class) {
      return Instant.parse("2026-01-02T03:04:05.123456789Z");
    }
    Class<?> plain = (Class<?>) type;
    return plain.isEnum() ? plain.getEnumConstants()[0] : record(plain, full);
  }
}
