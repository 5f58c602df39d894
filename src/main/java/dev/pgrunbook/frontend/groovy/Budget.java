package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.SourceSpan;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What a file may still do.
 *
 * <p>Whatever takes time or memory in proportion to what it works on is charged for before it runs.
 */
final class Budget {

  /** Characters that are copied at the price of one step. */
  private static final int CHARACTERS_PER_STEP = 16;

  /** Bits of the greatest number, with some to spare: exact digits are costly to count. */
  private static final int BITS = GroovyLimits.DIGITS * 10 / 3;

  /** What to do about lists and maps that nest too deeply. */
  static final String FLATTER = "put rows side by side into one list";

  private long steps;
  private int iterations;
  private int calls;

  void step(SourceSpan span) {
    charge(1, span);
  }

  void charge(long cost, SourceSpan span) {
    steps += cost;
    if (steps > GroovyLimits.STEPS) {
      throw Refusal.limit(
          span,
          "evaluating the file takes more than " + GroovyLimits.STEPS + " steps",
          "a file says what is to be done; leave computing to SQL, and loops to forEach");
    }
  }

  /** Charges for making or reading through a text. */
  void text(long length, SourceSpan span) {
    if (length > GroovyLimits.TEXT_LENGTH) {
      throw Refusal.limit(
          span,
          "this text has more than " + GroovyLimits.TEXT_LENGTH + " characters",
          "move long SQL to a file of its own and name it with sql file: 'name.sql'");
    }
    charge(1 + length / CHARACTERS_PER_STEP, span);
  }

  /** Charges for making or going through a list or a map. */
  void elements(long size, SourceSpan span) {
    if (size > GroovyLimits.ELEMENTS) {
      throw Refusal.limit(
          span,
          "a list, range or map has more than " + GroovyLimits.ELEMENTS + " elements here",
          "leave long lists to a parameter or a query, and loop with forEach");
    }
    charge(1 + size, span);
  }

  BigInteger number(BigInteger number, SourceSpan span) {
    if (number.bitLength() > BITS) {
      throw tooManyDigits(span);
    }
    return number;
  }

  BigDecimal number(BigDecimal number, SourceSpan span) {
    if (number.precision() > GroovyLimits.DIGITS
        || Math.abs(number.scale()) > GroovyLimits.DIGITS) {
      throw tooManyDigits(span);
    }
    return number;
  }

  static Refusal tooManyDigits(SourceSpan span) {
    return Refusal.limit(
        span,
        "this number has more than " + GroovyLimits.DIGITS + " digits",
        "a number that long is a text: write it in quotes");
  }

  /** Counts one turn of a loop. */
  void iteration(SourceSpan span) {
    if (++iterations > GroovyLimits.ITERATIONS) {
      throw Refusal.limit(
          span,
          "the file's loops turn more than " + GroovyLimits.ITERATIONS + " times",
          "check that the loop ends; long lists belong into forEach");
    }
    step(span);
  }

  void enter(SourceSpan span) {
    if (++calls > GroovyLimits.CALLS) {
      throw Refusal.limit(
          span,
          "closures and methods call each other more than " + GroovyLimits.CALLS + " deep",
          "check that the recursion ends; a loop needs none");
    }
  }

  void leave() {
    calls--;
  }
}
