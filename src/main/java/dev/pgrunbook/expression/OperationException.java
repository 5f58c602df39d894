package dev.pgrunbook.expression;

import org.jspecify.annotations.Nullable;

/** An operation that is not defined for its operands; the evaluator adds where. */
final class OperationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String hint;
  private final boolean causedByNull;

  private OperationException(String sentence, @Nullable String hint, boolean causedByNull) {
    super(sentence, null, false, false);
    this.hint = hint;
    this.causedByNull = causedByNull;
  }

  static OperationException of(String sentence) {
    return new OperationException(sentence, null, false);
  }

  static OperationException of(String sentence, @Nullable String hint) {
    return new OperationException(sentence, hint, false);
  }

  /** Returns a failure that a null has caused when the flag says so. */
  static OperationException of(String sentence, @Nullable String hint, boolean causedByNull) {
    return new OperationException(sentence, hint, causedByNull);
  }

  @Nullable String hint() {
    return hint;
  }

  boolean causedByNull() {
    return causedByNull;
  }
}
