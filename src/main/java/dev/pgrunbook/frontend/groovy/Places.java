package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceSpan;
import java.util.Arrays;
import org.codehaus.groovy.ast.ASTNode;

/**
 * Where the nodes of Groovy's tree stand in the file.
 *
 * <p>The parser counts lines and columns from one, columns in code points. Some nodes say -1: these
 * stand where the last one stood that was asked for.
 */
final class Places {

  private final SourceFile file;
  private final int[] lineStarts;
  private int lastStart;

  Places(SourceFile file) {
    this.file = file;
    this.lineStarts = lineStarts(file.text());
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int lines = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      if (lines == starts.length) {
        starts = Arrays.copyOf(starts, 2 * lines);
      }
      starts[lines++] = i + 1;
    }
    return Arrays.copyOf(starts, lines);
  }

  SourceFile file() {
    return file;
  }

  /** Returns the offset of a line and column; of the nearest place where there is no such. */
  int offset(int line, int column) {
    String text = file.text();
    if (line < 1) {
      return lastStart;
    }
    if (line > lineStarts.length) {
      return text.length();
    }
    int start = lineStarts[line - 1];
    int limit = line < lineStarts.length ? lineStarts[line] : text.length();
    int at = start;
    for (int i = 1; i < column && at < limit; i++) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  /** Returns where a node stands. */
  SourceSpan span(ASTNode node) {
    if (node.getLineNumber() < 1 || node.getColumnNumber() < 1) {
      return file.span(lastStart, lastStart);
    }
    int start = offset(node.getLineNumber(), node.getColumnNumber());
    lastStart = start;
    int end =
        node.getLastLineNumber() < 1
            ? start
            : offset(node.getLastLineNumber(), node.getLastColumnNumber());
    return file.span(start, Math.max(start, end));
  }

  /** Returns the start of a node's span up to its line's end: enough of a long statement. */
  SourceSpan firstLine(ASTNode node) {
    SourceSpan span = span(node);
    int feed = file.text().indexOf('\n', span.start());
    int end = feed < 0 || feed > span.end() ? span.end() : feed;
    return file.span(span.start(), end);
  }
}
