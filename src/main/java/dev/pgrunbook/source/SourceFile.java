package dev.pgrunbook.source;

import java.util.Objects;

/**
 * A text with a name, as a user wrote it.
 *
 * @param name the path as the user gave it, or a description in angle brackets for text that is no
 *     file; shown in diagnostics
 * @param text the whole decoded text; offsets into it are UTF-16 code units
 */
public record SourceFile(String name, String text) {

  public SourceFile {
    Objects.requireNonNull(name);
    Objects.requireNonNull(text);
  }

  /** Returns the one-based line and column of an offset; an offset past the end is the end. */
  public SourcePosition position(int offset) {
    int bounded = Math.max(0, Math.min(offset, text.length()));
    int line = 1;
    int lineStart = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < bounded; i = text.indexOf('\n', i + 1)) {
      line++;
      lineStart = i + 1;
    }
    int column = text.codePointCount(lineStart, bounded) + 1;
    return new SourcePosition(line, column);
  }

  /** Returns a line's text without its line end; lines count from one. */
  public String line(int number) {
    int start = 0;
    for (int i = 1; i < number; i++) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        return "";
      }
      start = end + 1;
    }
    int end = text.indexOf('\n', start);
    String line = end < 0 ? text.substring(start) : text.substring(start, end);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** Returns the span between two offsets, the end exclusive. */
  public SourceSpan span(int start, int end) {
    return new SourceSpan(this, start, end);
  }

  /** Returns the whole file as a text that maps onto itself. */
  public SourceText asText() {
    return SourceText.verbatim(this, 0, text.length());
  }

  /** Long texts are not worth printing; the name says enough. */
  @Override
  public String toString() {
    return "SourceFile[" + name + ", " + text.length() + " characters]";
  }
}
