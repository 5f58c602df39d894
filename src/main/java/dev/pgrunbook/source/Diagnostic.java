package dev.pgrunbook.source;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong, or doubtful, in what a user wrote.
 *
 * @param severity whether it forbids to go on
 * @param code stable, lower-case words and hyphens, such as {@code unknown-key}
 * @param message one sentence without a final full stop
 * @param span where it stands; null when no place in a file is to blame
 * @param hint what to do about it; null when the message says it all
 * @param related other places that explain it, such as the first of two equal ids
 */
public record Diagnostic(
    Severity severity,
    String code,
    String message,
    @Nullable SourceSpan span,
    @Nullable String hint,
    List<Related> related) {

  public Diagnostic {
    Objects.requireNonNull(severity);
    Objects.requireNonNull(code);
    Objects.requireNonNull(message);
    related = List.copyOf(related);
  }

  /** Another place that explains a diagnostic. */
  public record Related(String message, SourceSpan span) {}

  /** Returns an error at a place. */
  public static Diagnostic error(String code, @Nullable SourceSpan span, String message) {
    return new Diagnostic(Severity.ERROR, code, message, span, null, List.of());
  }

  /** Returns a warning at a place. */
  public static Diagnostic warning(String code, @Nullable SourceSpan span, String message) {
    return new Diagnostic(Severity.WARNING, code, message, span, null, List.of());
  }

  /** Returns the same diagnostic with a hint; null leaves it as it is. */
  public Diagnostic withHint(@Nullable String text) {
    return text == null ? this : new Diagnostic(severity, code, message, span, text, related);
  }

  /** Returns the same diagnostic pointing at one more place. */
  public Diagnostic withRelated(String text, SourceSpan place) {
    List<Related> more = new java.util.ArrayList<>(related);
    more.add(new Related(text, place));
    return new Diagnostic(severity, code, message, span, hint, more);
  }

  /** Returns whether this forbids to go on. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
