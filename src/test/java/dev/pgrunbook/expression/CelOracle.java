package dev.pgrunbook.expression;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CEL itself, in its authors' implementation for Java. */
final class CelOracle {

  private final Cel cel;

  CelOracle(Map<String, CelType> names) {
    CelBuilder builder =
        CelFactory.legacyCelBuilder()
            .setOptions(CelOptions.current().enableHeterogeneousNumericComparisons(true).build());
    names.forEach(builder::addVar);
    this.cel = builder.build();
  }

  /** Returns the type of an expression, or null when CEL refuses it. */
  @Nullable Type type(String expression) {
    try {
      return typeOf(cel.compile(expression).getAst().getResultType());
    } catch (CelValidationException refused) {
      return null;
    }
  }

  private static Type typeOf(CelType type) {
    if (type instanceof ListType list) {
      return Type.list(typeOf(list.elemType()));
    } else if (type instanceof MapType) {
      return Type.openRow();
    } else if (type.equals(SimpleType.BOOL)) {
      return Type.BOOL;
    } else if (type.equals(SimpleType.INT)) {
      return Type.INT;
    } else if (type.equals(SimpleType.DOUBLE)) {
      return Type.DOUBLE;
    } else if (type.equals(SimpleType.STRING)) {
      return Type.STRING;
    } else if (type.equals(SimpleType.NULL_TYPE)) {
      return Type.NULL;
    }
    return Type.DYNAMIC;
  }

  /** Returns the value of an expression, or null when CEL has none. */
  @Nullable Value evaluate(String expression, Map<String, Value> values) {
    Map<String, Object> variables = new LinkedHashMap<>();
    values.forEach((name, value) -> variables.put(name, toCel(value)));
    try {
      return fromCel(cel.createProgram(cel.compile(expression).getAst()).eval(variables));
    } catch (CelValidationException refused) {
      throw new AssertionError(expression, refused);
    } catch (CelEvaluationException failed) {
      return null;
    }
  }

  private static Object toCel(Value value) {
    if (value instanceof Value.NullValue) {
      return NullValue.NULL_VALUE;
    } else if (value instanceof Value.BooleanValue bool) {
      return bool.value();
    } else if (value instanceof Value.IntegerValue integer) {
      return integer.value();
    } else if (value instanceof Value.DoubleValue number) {
      return number.value();
    } else if (value instanceof Value.DecimalValue decimal) {
      return decimal.value().doubleValue();
    } else if (value instanceof Value.TextValue text) {
      return text.value();
    } else if (value instanceof Value.ListValue list) {
      return list.items().stream().map(CelOracle::toCel).toList();
    } else if (value instanceof Value.RowValue row) {
      Map<String, Object> fields = new LinkedHashMap<>();
      row.fields().forEach((name, field) -> fields.put(name, toCel(field)));
      return fields;
    }
    throw new AssertionError(value);
  }

  private static Value fromCel(Object value) {
    if (value instanceof Long integer) {
      return Value.integer(integer);
    } else if (value instanceof Double number) {
      return new Value.DoubleValue(number);
    } else if (value instanceof String text) {
      return Value.text(text);
    } else if (value instanceof Boolean bool) {
      return Value.bool(bool);
    } else if (value instanceof NullValue) {
      return Value.none();
    } else if (value instanceof List<?> list) {
      List<Value> items = new ArrayList<>();
      list.forEach(item -> items.add(fromCel(item)));
      return new Value.ListValue(items);
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Value> fields = new LinkedHashMap<>();
      map.forEach((name, field) -> fields.put((String) name, fromCel(field)));
      return new Value.RowValue(fields);
    }
    throw new AssertionError(value);
  }
}
