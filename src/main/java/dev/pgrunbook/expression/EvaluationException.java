package dev.pgrunbook.expression;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An expression that has no value for the values it was given. */
public final class EvaluationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String expression;
  private final int offset;
  private final String sentence;
  private final @Nullable String hint;
  private final boolean causedByNull;

  EvaluationException(String expression, int offset, OperationException failure) {
    super(describe(expression, offset, failure), failure, false, false);
    this.expression = expression;
    this.offset = offset;
    this.sentence = Objects.requireNonNull(failure.getMessage());
    this.hint = failure.hint();
    this.causedByNull = failure.causedByNull();
  }

  private static String describe(String expression, int offset, OperationException failure) {
    String sentence =
        failure.getMessage()
            + ", at character "
            + (expression.codePointCount(0, offset) + 1)
            + " of "
            + expression.strip();
    return failure.hint() == null ? sentence : sentence + " (" + failure.hint() + ")";
  }

  /** Returns the whole expression as it was written. */
  public String expression() {
    return expression;
  }

  /** Returns the offset in the expression, in UTF-16 code units from zero, of what failed. */
  public int offset() {
    return offset;
  }

  /** Returns what is wrong, one sentence without a final full stop; no secret is in it. */
  public String sentence() {
    return sentence;
  }

  /** Returns what to do about it, or null. */
  public @Nullable String hint() {
    return hint;
  }

  /** Returns whether a null stood where a value was needed: perhaps only not known yet. */
  public boolean causedByNull() {
    return causedByNull;
  }
}
