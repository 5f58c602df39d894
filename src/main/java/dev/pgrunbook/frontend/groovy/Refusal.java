package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import org.jspecify.annotations.Nullable;

/**
 * Thrown to leave a statement that cannot be evaluated; never leaves this package.
 *
 * <p>A file's other statements are still looked at, unless a limit was reached.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  private Refusal(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  /** What the vocabulary does not have, or has not for such values. */
  static Refusal of(SourceSpan span, String message, @Nullable String hint) {
    return of("groovy-refused", span, message, hint);
  }

  static Refusal of(String code, SourceSpan span, String message, @Nullable String hint) {
    return new Refusal(Diagnostic.error(code, span, message).withHint(hint));
  }

  /** What may be written, but not so much of it. */
  static Refusal limit(SourceSpan span, String message, @Nullable String hint) {
    return of("groovy-limit", span, message, hint);
  }

  static Refusal of(Diagnostic diagnostic) {
    return new Refusal(diagnostic);
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }

  /** Returns whether nothing more can be evaluated. */
  boolean isFinal() {
    return diagnostic.code().equals("groovy-limit");
  }
}
