package dev.pgrunbook.expression;

import org.jspecify.annotations.Nullable;

/** A place where an expression stops making sense; never leaves {@link Expression#parse}. */
final class SyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  SyntaxException(int start, int end, String message, @Nullable String hint) {
    super(message, null, false, false);
    this.problem = new Problem(Problem.SYNTAX, start, end, message, hint);
  }

  Problem problem() {
    return problem;
  }
}
