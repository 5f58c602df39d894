package dev.pgrunbook.syntax;

import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.SourceText;

/**
 * A single value, as text.
 *
 * <p>Nothing decides here what the text means: {@code 1.10}, {@code on} and {@code 0777} stay as
 * written, and whoever expects a number or a date converts it.
 *
 * @param span where it stands, with its quotes
 * @param content its text, without quotes, escapes and indentation
 * @param style how it was written
 */
public record ScalarNode(SourceSpan span, SourceText content, Style style) implements SyntaxNode {

  /** How a scalar was written; only where a value may be of any type does this matter. */
  public enum Style {
    /** Without quotes, so that null, true, false and numbers mean what they say. */
    PLAIN,
    /** In quotes or as a block: a text whatever it holds. */
    TEXT
  }

  /** Returns the scalar's text. */
  public String text() {
    return content.text();
  }

  /** Returns whether this is the absent value: nothing, {@code ~} or {@code null}, unquoted. */
  public boolean isNull() {
    String text = text();
    return style == Style.PLAIN
        && (text.isEmpty() || text.equals("~") || text.equals("null") || text.equals("NULL"));
  }

  @Override
  public String description() {
    return isNull() ? "nothing" : "a text";
  }
}
