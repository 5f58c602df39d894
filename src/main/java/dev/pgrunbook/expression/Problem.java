package dev.pgrunbook.expression;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceText;
import org.jspecify.annotations.Nullable;

/** A mistake at a stretch of an expression, before it is known where the expression stands. */
record Problem(String code, int start, int end, String message, @Nullable String hint) {

  static final String SYNTAX = "expression-syntax";
  static final String UNKNOWN_NAME = "unknown-name";
  static final String UNKNOWN_MEMBER = "unknown-member";
  static final String UNKNOWN_FUNCTION = "unknown-function";
  static final String TYPE = "expression-type";

  Diagnostic in(SourceText text) {
    return Diagnostic.error(code, text.span(start, end), message).withHint(hint);
  }
}
