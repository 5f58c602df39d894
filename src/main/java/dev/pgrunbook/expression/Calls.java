package dev.pgrunbook.expression;

import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.BooleanValue;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.List;

/** What the functions do. */
final class Calls {

  private Calls() {}

  static Value apply(Function function, List<Value> operands) {
    Value first = operands.get(0);
    return switch (function) {
      case SIZE -> Value.integer(size(first));
      case STARTS_WITH, ENDS_WITH, CONTAINS, MATCHES -> {
        String subject = text(function, first);
        yield Value.bool(test(function, subject, text(function, operands.get(1))));
      }
      case STRING -> string(first);
      case INT -> Value.integer(toInteger(first));
      case DOUBLE -> new DoubleValue(toDouble(first));
    };
  }

  /** Characters are code points, as in {@code length()} of PostgreSQL. */
  private static int size(Value value) {
    if (Texts.isText(value)) {
      String text = Texts.content(value);
      return text.codePointCount(0, text.length());
    }
    if (value instanceof ListValue list) {
      return list.items().size();
    }
    if (value instanceof RowValue row) {
      return row.fields().size();
    }
    throw refusal(Function.SIZE, value);
  }

  private static String text(Function function, Value value) {
    if (!Texts.isText(value)) {
      throw refusal(function, value);
    }
    return Texts.content(value);
  }

  private static boolean test(Function function, String subject, String wanted) {
    return switch (function) {
      case STARTS_WITH -> subject.startsWith(wanted);
      case ENDS_WITH -> subject.endsWith(wanted);
      case CONTAINS -> subject.contains(wanted);
      case MATCHES -> Patterns.found(wanted, subject);
      case SIZE, STRING, INT, DOUBLE -> throw new AssertionError(function);
    };
  }

  private static Value string(Value value) {
    if (Texts.isText(value)) {
      return value;
    }
    if (value instanceof BooleanValue bool) {
      return Value.text(Boolean.toString(bool.value()));
    }
    if (value instanceof IntegerValue integer) {
      return Value.text(Long.toString(integer.value()));
    }
    if (Numbers.isNumber(value)) {
      return Value.text(Double.toString(Numbers.asDouble(value)));
    }
    throw refusal(Function.STRING, value);
  }

  private static long toInteger(Value value) {
    if (value instanceof IntegerValue integer) {
      return integer.value();
    }
    if (Numbers.isNumber(value)) {
      return truncated(Numbers.asDouble(value));
    }
    if (!(value instanceof Value.TextValue text)) {
      throw refusal(Function.INT, value);
    }
    try {
      return Long.parseLong(text.value());
    } catch (NumberFormatException notAnInteger) {
      throw OperationException.of("the text is not a 64-bit integer");
    }
  }

  private static long truncated(double number) {
    // -2^63 itself is refused as by CEL; a double just above it is not to be told from it.
    if (!(number > Long.MIN_VALUE && number < Long.MAX_VALUE)) {
      throw OperationException.of("the number does not fit into a 64-bit integer");
    }
    return (long) number;
  }

  private static double toDouble(Value value) {
    if (Numbers.isNumber(value)) {
      return Numbers.asDouble(value);
    }
    if (!(value instanceof Value.TextValue text)) {
      throw refusal(Function.DOUBLE, value);
    }
    try {
      return Double.parseDouble(text.value());
    } catch (NumberFormatException notANumber) {
      throw OperationException.of("the text is not a number");
    }
  }

  private static OperationException refusal(Function function, Value value) {
    String words = value instanceof SecretValue ? "a secret" : Type.of(value).words();
    return OperationException.of(refuse(function, words), null, value.isNull());
  }

  /** Returns the sentence that says that a function is not for such an operand. */
  static String refuse(Function function, String words) {
    String sentence = "\"" + function.word() + "\" takes ";
    return switch (function) {
      case SIZE -> sentence + "a text, a list or a row, not " + words;
      case STARTS_WITH, ENDS_WITH, CONTAINS, MATCHES -> sentence + "texts, not " + words;
      case STRING -> sentence + "a text, a number or a boolean, not " + words;
      case INT, DOUBLE -> sentence + "a number or a text, not " + words;
    };
  }
}
