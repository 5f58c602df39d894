package dev.pgrunbook.source;

import java.util.Objects;

/**
 * A stretch of a file.
 *
 * @param file where it stands
 * @param start offset of the first UTF-16 code unit
 * @param end offset after the last one; equal to {@code start} for a place between characters
 */
public record SourceSpan(SourceFile file, int start, int end) {

  public SourceSpan {
    Objects.requireNonNull(file);
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("span " + start + ".." + end);
    }
  }

  /** Returns where the span begins. */
  public SourcePosition position() {
    return file.position(start);
  }

  /** Returns {@code file:line:column}, as compilers and editors write it. */
  public String location() {
    SourcePosition position = position();
    return file.name() + ":" + position.line() + ":" + position.column();
  }
}
