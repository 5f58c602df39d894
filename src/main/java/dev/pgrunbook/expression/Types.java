package dev.pgrunbook.expression;

import dev.pgrunbook.expression.Type.ListType;
import dev.pgrunbook.expression.Type.RowType;
import org.jspecify.annotations.Nullable;

/** What operators and functions take and give, by type. */
final class Types {

  private Types() {}

  static boolean isNumeric(Type type) {
    return type == Type.INT || type == Type.DOUBLE || type == Type.NUMBER;
  }

  /** Returns whether nothing can be said: it is not known yet, or null, which every type holds. */
  static boolean isUndecided(Type type) {
    return type == Type.DYNAMIC || type == Type.NULL;
  }

  /** Returns the type that holds both, or null when none but any value does. */
  static @Nullable Type join(Type a, Type b) {
    if (a.equals(b) || b == Type.NULL) {
      return a;
    } else if (a == Type.NULL) {
      return b;
    } else if (a == Type.DYNAMIC || b == Type.DYNAMIC) {
      return Type.DYNAMIC;
    } else if (a instanceof ListType left && b instanceof ListType right) {
      Type element = join(left.element(), right.element());
      return element == null ? null : Type.list(element);
    } else if (a instanceof RowType && b instanceof RowType) {
      return Type.openRow();
    }
    return null;
  }

  /** Returns the type of an operator's value, or null when it is not for these operands. */
  static @Nullable Type result(BinaryOperator operator, Type left, Type right) {
    return switch (operator) {
      case EQUAL, NOT_EQUAL -> areEquatable(left, right) ? Type.BOOL : null;
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          areOrdered(left, right) ? Type.BOOL : null;
      case IN -> isIn(left, right) ? Type.BOOL : null;
      case ADD -> sum(left, right);
      case SUBTRACT, MULTIPLY, DIVIDE -> number(left, right);
      case REMAINDER -> mayBe(Type.INT, left) && mayBe(Type.INT, right) ? Type.INT : null;
    };
  }

  /** Returns the type of an operator's value whatever its operands are. */
  static Type alwaysGives(BinaryOperator operator) {
    return switch (operator) {
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN -> Type.BOOL;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE -> Type.DYNAMIC;
      case REMAINDER -> Type.INT;
    };
  }

  private static boolean areEquatable(Type left, Type right) {
    if (isNumeric(left) && isNumeric(right)) {
      return true;
    }
    if (left instanceof ListType a && right instanceof ListType b) {
      return areEquatable(a.element(), b.element());
    }
    return join(left, right) != null;
  }

  private static boolean areOrdered(Type left, Type right) {
    if (isNumeric(left) && isNumeric(right)) {
      return true;
    }
    return isOrdered(left) && isOrdered(right) && join(left, right) != null;
  }

  private static boolean isOrdered(Type type) {
    return !(type instanceof ListType) && !(type instanceof RowType);
  }

  private static boolean isIn(Type item, Type container) {
    if (container instanceof ListType list) {
      return areEquatable(item, list.element());
    }
    if (container instanceof RowType) {
      return mayBe(Type.STRING, item);
    }
    return container == Type.DYNAMIC;
  }

  private static @Nullable Type sum(Type left, Type right) {
    if (left instanceof ListType || right instanceof ListType) {
      boolean lists =
          (left instanceof ListType || left == Type.DYNAMIC)
              && (right instanceof ListType || right == Type.DYNAMIC);
      Type joined = lists ? join(left, right) : null;
      return joined == Type.DYNAMIC ? Type.list(Type.DYNAMIC) : joined;
    }
    boolean texts = mayBe(Type.STRING, left) && mayBe(Type.STRING, right);
    boolean decided = left != Type.DYNAMIC || right != Type.DYNAMIC;
    return texts && decided ? Type.STRING : number(left, right);
  }

  private static @Nullable Type number(Type left, Type right) {
    if (left == Type.DYNAMIC && right == Type.DYNAMIC) {
      return Type.DYNAMIC;
    }
    if (mayBe(Type.INT, left) && mayBe(Type.INT, right)) {
      return Type.INT;
    }
    if (mayBe(Type.DOUBLE, left) && mayBe(Type.DOUBLE, right)) {
      return Type.DOUBLE;
    }
    boolean numbers = mayBe(Type.NUMBER, left) && mayBe(Type.NUMBER, right);
    return numbers && (left == Type.NUMBER || right == Type.NUMBER) ? Type.NUMBER : null;
  }

  private static boolean mayBe(Type wanted, Type type) {
    return type == wanted
        || type == Type.DYNAMIC
        || (type == Type.NUMBER && (wanted == Type.INT || wanted == Type.DOUBLE))
        || (wanted == Type.NUMBER && isNumeric(type));
  }

  static boolean takes(Function function, Type operand) {
    if (operand == Type.DYNAMIC) {
      return true;
    }
    boolean composed = operand instanceof ListType || operand instanceof RowType;
    return switch (function) {
      case SIZE -> composed || operand == Type.STRING;
      case STARTS_WITH, ENDS_WITH, CONTAINS, MATCHES -> operand == Type.STRING;
      case STRING -> operand == Type.STRING || operand == Type.BOOL || isNumeric(operand);
      case INT, DOUBLE -> operand == Type.STRING || isNumeric(operand);
    };
  }

  static Type result(Function function) {
    return switch (function) {
      case SIZE, INT -> Type.INT;
      case STARTS_WITH, ENDS_WITH, CONTAINS, MATCHES -> Type.BOOL;
      case STRING -> Type.STRING;
      case DOUBLE -> Type.DOUBLE;
    };
  }
}
