package dev.pgrunbook.source;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value with the doubts about it, or every reason why there is none.
 *
 * @param <T> what was asked for
 */
public sealed interface Validated<T> {

  /** A value, perhaps with warnings. */
  record Valid<T>(T value, List<Diagnostic> diagnostics) implements Validated<T> {
    public Valid {
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /** No value; at least one of the diagnostics is an error. */
  record Invalid<T>(List<Diagnostic> diagnostics) implements Validated<T> {
    public Invalid {
      diagnostics = List.copyOf(diagnostics);
      if (diagnostics.stream().noneMatch(Diagnostic::isError)) {
        throw new IllegalArgumentException("invalid without an error");
      }
    }
  }

  /** Returns everything that was found, warnings and errors, in order of discovery. */
  List<Diagnostic> diagnostics();

  /** Returns a value without doubts. */
  static <T> Validated<T> of(T value) {
    return new Valid<>(value, List.of());
  }

  /** Returns a failure for one reason. */
  static <T> Validated<T> error(Diagnostic diagnostic) {
    return new Invalid<>(List.of(diagnostic));
  }

  /** Returns the value when the diagnostics hold no error, and the failure otherwise. */
  static <T> Validated<T> of(@Nullable T value, List<Diagnostic> diagnostics) {
    boolean failed = diagnostics.stream().anyMatch(Diagnostic::isError);
    if (failed || value == null) {
      return new Invalid<>(diagnostics);
    }
    return new Valid<>(value, diagnostics);
  }

  /** Returns the value, or null when there is none. */
  default @Nullable T orNull() {
    return this instanceof Valid<T> valid ? valid.value() : null;
  }

  /** Returns whether there is a value. */
  default boolean isValid() {
    return this instanceof Valid<T>;
  }

  /** Returns the value that a function makes of this one, doubts and failures kept. */
  default <R> Validated<R> map(Function<? super T, ? extends R> function) {
    if (this instanceof Valid<T> valid) {
      return new Valid<>(function.apply(valid.value()), valid.diagnostics());
    }
    return new Invalid<>(diagnostics());
  }
}
