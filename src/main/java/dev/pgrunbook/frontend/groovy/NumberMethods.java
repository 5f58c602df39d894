package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.frontend.groovy.Datum.Decimal;
import dev.pgrunbook.frontend.groovy.Datum.Function;
import dev.pgrunbook.frontend.groovy.Datum.Whole;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** The methods that numbers have. */
final class NumberMethods {

  static final List<String> NAMES =
      List.of(
          "abs",
          "intdiv",
          "times",
          "upto",
          "downto",
          "toInteger",
          "toLong",
          "toBigDecimal",
          "toString");

  private final Evaluation evaluation;
  private final Functions functions;

  NumberMethods(Evaluation evaluation, Functions functions) {
    this.evaluation = evaluation;
    this.functions = functions;
  }

  Datum call(Datum receiver, MethodCall call) {
    return switch (call.name()) {
      case "abs" -> abs(receiver, call);
      case "intdiv" -> divide(receiver, call);
      case "times" -> times(receiver, call);
      case "upto" -> count(receiver, call, BigInteger.ONE);
      case "downto" -> count(receiver, call, BigInteger.ONE.negate());
      case "toInteger", "toLong" -> toWhole(receiver, call);
      case "toBigDecimal" -> toDecimal(receiver, call);
      case "toString" -> toText(receiver, call);
      default -> throw call.unknown("a number", NAMES);
    };
  }

  private static BigInteger whole(Datum datum, MethodCall call) {
    if (datum instanceof Whole whole) {
      return whole.value();
    }
    throw Refusal.of(call.place(), call.name() + " works on whole numbers", null);
  }

  private static Datum abs(Datum receiver, MethodCall call) {
    call.expect(0, 0);
    return receiver instanceof Whole whole
        ? new Whole(call.span(), whole.value().abs())
        : new Decimal(call.span(), ((Decimal) receiver).value().abs());
  }

  private static Datum divide(Datum receiver, MethodCall call) {
    call.expect(1, 1);
    BigInteger divisor = whole(call.argument(0), call);
    if (divisor.signum() == 0) {
      throw Refusal.of(call.place(), "this divides by zero", null);
    }
    return new Whole(call.span(), whole(receiver, call).divide(divisor));
  }

  private Datum times(Datum receiver, MethodCall call) {
    call.expect(1, 1);
    whole(receiver, call);
    Function body = call.function(0);
    int turns = Arithmetic.count((Whole) receiver, call.span());
    for (int i = 0; i < turns; i++) {
      functions.withElement(body, new Whole(call.span(), BigInteger.valueOf(i)), call.span());
    }
    return receiver;
  }

  private Datum count(Datum receiver, MethodCall call, BigInteger step) {
    call.expect(2, 2);
    BigInteger last = whole(call.argument(0), call);
    Function body = call.function(1);
    BigInteger at = whole(receiver, call);
    while (last.subtract(at).multiply(step).signum() >= 0) {
      functions.withElement(body, new Whole(call.span(), at), call.span());
      at = at.add(step);
    }
    return receiver;
  }

  private static Datum toWhole(Datum receiver, MethodCall call) {
    call.expect(0, 0);
    return receiver instanceof Decimal decimal
        ? new Whole(call.span(), decimal.value().toBigInteger())
        : new Whole(call.span(), whole(receiver, call));
  }

  private static Datum toDecimal(Datum receiver, MethodCall call) {
    call.expect(0, 0);
    BigDecimal value = Comparison.number(receiver);
    return new Decimal(call.span(), value == null ? BigDecimal.ZERO : value);
  }

  private Datum toText(Datum receiver, MethodCall call) {
    call.expect(0, 0);
    return evaluation.texts().computed(evaluation.strings().of(receiver, call.span()), call.span());
  }
}
