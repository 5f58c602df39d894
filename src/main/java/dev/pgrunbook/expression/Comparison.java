package dev.pgrunbook.expression;

import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.BooleanValue;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.util.List;
import java.util.Map;

/** Equality and order of values, as CEL has them; null is neither before nor after anything. */
final class Comparison {

  private Comparison() {}

  /** Returns whether two values are equal; integers equal decimals, otherwise kinds are apart. */
  static boolean equal(Value left, Value right) {
    if (left instanceof IntegerValue a && right instanceof IntegerValue b) {
      return a.value() == b.value();
    }
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return Numbers.asDouble(left) == Numbers.asDouble(right);
    }
    if (Texts.isText(left) && Texts.isText(right)) {
      return Texts.content(left).equals(Texts.content(right));
    }
    if (left instanceof ListValue a && right instanceof ListValue b) {
      return equalItems(a.items(), b.items());
    }
    if (left instanceof RowValue a && right instanceof RowValue b) {
      return equalFields(a.fields(), b.fields());
    }
    return left.equals(right);
  }

  private static boolean equalItems(List<Value> left, List<Value> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalFields(Map<String, Value> left, Map<String, Value> right) {
    if (!left.keySet().equals(right.keySet())) {
      return false;
    }
    for (Map.Entry<String, Value> field : left.entrySet()) {
      if (!equal(field.getValue(), right.getOrDefault(field.getKey(), Value.none()))) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a list has an item, or a row a field of that name. */
  static boolean isIn(Value item, Value container) {
    if (container instanceof ListValue list) {
      for (Value candidate : list.items()) {
        if (equal(item, candidate)) {
          return true;
        }
      }
      return false;
    }
    if (container instanceof RowValue row) {
      return Texts.isText(item) && row.fields().containsKey(Texts.content(item));
    }
    throw Numbers.refusal(BinaryOperator.IN, item, container);
  }

  /** Returns the truth of {@code < <= > >=}; NaN and null are never before or after. */
  static boolean holds(BinaryOperator operator, Value left, Value right) {
    if (left.isNull() || right.isNull()) {
      return false;
    }
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return numbersHold(operator, left, right);
    }
    if (left instanceof BooleanValue a && right instanceof BooleanValue b) {
      return holds(operator, Boolean.compare(a.value(), b.value()));
    }
    if (Texts.isText(left) && Texts.isText(right)) {
      return holds(operator, Texts.content(left).compareTo(Texts.content(right)));
    }
    throw Numbers.refusal(operator, left, right);
  }

  private static boolean numbersHold(BinaryOperator operator, Value left, Value right) {
    if (left instanceof IntegerValue a && right instanceof IntegerValue b) {
      return holds(operator, Long.compare(a.value(), b.value()));
    }
    double a = Numbers.asDouble(left);
    double b = Numbers.asDouble(right);
    boolean comparable = !Double.isNaN(a) && !Double.isNaN(b);
    // Not Double.compare, which puts -0.0 before 0.0.
    return comparable && holds(operator, a < b ? -1 : a > b ? 1 : 0);
  }

  private static boolean holds(BinaryOperator operator, int order) {
    return switch (operator) {
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case EQUAL, NOT_EQUAL, IN, ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER ->
          throw new AssertionError(operator);
    };
  }
}
