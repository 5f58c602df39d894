package dev.pgrunbook.model;

import dev.pgrunbook.expression.EvaluationException;
import dev.pgrunbook.expression.Expression;
import dev.pgrunbook.expression.Scope;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.value.Value;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A parameter's pattern, which is one of expressions' {@code matches()} for a whole text: RE2,
 * whose time is linear in the text, and bounded there in what it can grow to.
 */
final class ParameterPattern {

  private ParameterPattern() {}

  /** Returns why a text is no pattern, or null when it is one. */
  static @Nullable String problem(String pattern) {
    try {
      // By itself first: a)|(b is no pattern, although it would be one inside parentheses.
      found(pattern, "");
      matches(pattern, "");
      return null;
    } catch (EvaluationException refused) {
      return refused.sentence();
    }
  }

  /** Returns whether a whole text matches a sound pattern. */
  static boolean matches(String pattern, String text) {
    return found("\\A(?:" + pattern + ")\\z", text);
  }

  private static boolean found(String pattern, String text) {
    Map<String, Value> values = Map.of("text", Value.text(text), "pattern", Value.text(pattern));
    Scope scope = values::get;
    SourceText source = SourceText.of("<pattern>", "text.matches(pattern)");
    return Objects.requireNonNull(Expression.parse(source).orNull()).isTrue(scope);
  }
}
