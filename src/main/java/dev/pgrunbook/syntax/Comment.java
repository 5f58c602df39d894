package dev.pgrunbook.syntax;

import dev.pgrunbook.source.SourceSpan;
import java.util.List;

/**
 * A comment of a file; it means nothing, and a conversion keeps it.
 *
 * @param span where it stands, with its marks
 * @param lines its lines without the marks, each with the blanks after the mark
 */
public record Comment(SourceSpan span, List<String> lines) {

  public Comment {
    lines = List.copyOf(lines);
  }

  /** Returns whether something else stands on the line before it. */
  public boolean trails() {
    String text = span.file().text();
    int start = text.lastIndexOf('\n', span.start() - 1) + 1;
    return span.start() > 0 && !text.substring(start, span.start()).isBlank();
  }

  /** Returns whether an empty line follows it, so that it is about more than what follows. */
  public boolean standsApart() {
    String text = span.file().text();
    int next = text.indexOf('\n', span.end()) + 1;
    int end = text.indexOf('\n', next);
    return next > 0 && end >= 0 && text.substring(next, end).isBlank();
  }
}
