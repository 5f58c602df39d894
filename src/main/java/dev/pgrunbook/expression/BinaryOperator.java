package dev.pgrunbook.expression;

import org.jspecify.annotations.Nullable;

/** The operators with two operands but {@code &&} and {@code ||}, which need not evaluate both. */
enum BinaryOperator {
  LESS("<", 0),
  LESS_OR_EQUAL("<=", 0),
  GREATER(">", 0),
  GREATER_OR_EQUAL(">=", 0),
  EQUAL("==", 0),
  NOT_EQUAL("!=", 0),
  IN("in", 0),
  ADD("+", 1),
  SUBTRACT("-", 1),
  MULTIPLY("*", 2),
  DIVIDE("/", 2),
  REMAINDER("%", 2);

  /** How many levels of binding there are; relations bind least, multiplication most. */
  static final int LEVELS = 3;

  private final String sign;
  private final int level;

  BinaryOperator(String sign, int level) {
    this.sign = sign;
    this.level = level;
  }

  String sign() {
    return sign;
  }

  /** Returns the operator that a token is at a level of binding, or null. */
  static @Nullable BinaryOperator at(int level, Token token) {
    for (BinaryOperator operator : values()) {
      if (operator.level == level && token.is(operator.sign)) {
        return operator;
      }
    }
    return null;
  }

  /** Returns the sentence that says that the operator is not for these operands. */
  String refuse(Type left, Type right) {
    return switch (this) {
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL ->
          "cannot compare " + left.words() + " with " + right.words();
      case IN ->
          right instanceof Type.ListType || right instanceof Type.RowType
              ? "cannot look for " + left.words() + " in " + right.words() + " of other things"
              : "\"in\" looks into a list or a row, not " + right.words();
      case ADD -> "cannot add " + right.words() + " to " + left.words();
      case SUBTRACT -> "cannot subtract " + right.words() + " from " + left.words();
      case MULTIPLY -> "cannot multiply " + left.words() + " by " + right.words();
      case DIVIDE -> "cannot divide " + left.words() + " by " + right.words();
      case REMAINDER -> "cannot take the remainder of " + left.words() + " by " + right.words();
    };
  }

  /** Returns how to make the operands fit, or null. */
  @Nullable String hint(Type left, Type right) {
    if (this == IN) {
      return right == Type.STRING ? "write text.contains('…')" : null;
    }
    if (left == Type.NULL || right == Type.NULL) {
      return "write x == null ? … : … where x may be null";
    }
    if (this == REMAINDER) {
      return "% takes integers; int(x) cuts the fraction off";
    }
    if (Types.isNumeric(left) && Types.isNumeric(right)) {
      return "write double(…) around the integer";
    }
    boolean text = left == Type.STRING || right == Type.STRING;
    if (text && (Types.isNumeric(left) || Types.isNumeric(right))) {
      return this == ADD
          ? "write string(…) around the number"
          : "write int(…) or double(…) around the text";
    }
    return null;
  }
}
