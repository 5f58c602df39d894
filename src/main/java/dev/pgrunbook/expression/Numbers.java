package dev.pgrunbook.expression;

import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.ListValue;
import java.util.ArrayList;
import java.util.List;

/** Arithmetic as CEL has it: integers and decimals never mix, and integers never wrap around. */
final class Numbers {

  private Numbers() {}

  static boolean isNumber(Value value) {
    return value instanceof IntegerValue || isDecimal(value);
  }

  private static boolean isDecimal(Value value) {
    return value instanceof DoubleValue || value instanceof DecimalValue;
  }

  static double asDouble(Value value) {
    if (value instanceof IntegerValue integer) {
      return integer.value();
    } else if (value instanceof DoubleValue number) {
      return number.value();
    } else if (value instanceof DecimalValue decimal) {
      return decimal.value().doubleValue();
    }
    throw new AssertionError(value);
  }

  /** Returns the value of {@code + - * / %}. */
  static Value apply(BinaryOperator operator, Value left, Value right) {
    if (left instanceof IntegerValue a && right instanceof IntegerValue b) {
      return Value.integer(integers(operator, a.value(), b.value()));
    }
    if (isDecimal(left) && isDecimal(right) && operator != BinaryOperator.REMAINDER) {
      return new DoubleValue(doubles(operator, asDouble(left), asDouble(right)));
    }
    if (operator == BinaryOperator.ADD) {
      if (Texts.isText(left) && Texts.isText(right)) {
        return Texts.join(left, right);
      }
      if (left instanceof ListValue a && right instanceof ListValue b) {
        List<Value> items = new ArrayList<>(a.items());
        items.addAll(b.items());
        return new ListValue(items);
      }
    }
    throw refusal(operator, left, right);
  }

  private static long integers(BinaryOperator operator, long a, long b) {
    boolean divides = operator == BinaryOperator.DIVIDE || operator == BinaryOperator.REMAINDER;
    if (divides && b == 0) {
      throw OperationException.of("division by zero", "write total == 0 ? … : … around it");
    }
    try {
      return switch (operator) {
        case ADD -> Math.addExact(a, b);
        case SUBTRACT -> Math.subtractExact(a, b);
        case MULTIPLY -> Math.multiplyExact(a, b);
        case DIVIDE -> a == Long.MIN_VALUE && b == -1 ? Math.negateExact(a) : a / b;
        case REMAINDER -> a % b;
        case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, IN ->
            throw new AssertionError(operator);
      };
    } catch (ArithmeticException overflow) {
      throw overflow();
    }
  }

  private static double doubles(BinaryOperator operator, double a, double b) {
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, IN, REMAINDER ->
          throw new AssertionError(operator);
    };
  }

  static Value negate(Value operand) {
    if (operand instanceof IntegerValue integer) {
      try {
        return Value.integer(Math.negateExact(integer.value()));
      } catch (ArithmeticException overflow) {
        throw overflow();
      }
    }
    if (isDecimal(operand)) {
      return new DoubleValue(-asDouble(operand));
    }
    throw OperationException.of(
        "cannot negate " + Type.of(operand).words(), null, operand.isNull());
  }

  private static OperationException overflow() {
    return OperationException.of(
        "the result does not fit into a 64-bit integer", "compute with double(…)");
  }

  /** Returns that an operator is not for these operands. */
  static OperationException refusal(BinaryOperator operator, Value left, Value right) {
    Type leftType = Type.of(left);
    Type rightType = Type.of(right);
    return OperationException.of(
        operator.refuse(leftType, rightType),
        operator.hint(leftType, rightType),
        left.isNull() || right.isNull());
  }
}
