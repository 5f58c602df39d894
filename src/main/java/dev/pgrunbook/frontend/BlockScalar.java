package dev.pgrunbook.frontend;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceText;
import org.jspecify.annotations.Nullable;

/**
 * Reads a literal or folded block, side by side with the text that SnakeYAML made of it.
 *
 * <p>That text tells what the block alone does not: how deep it is indented (a block may begin with
 * spaces of its own), which line ends were folded and how many trailing ones were kept.
 */
final class BlockScalar {

  private final SourceFile file;
  private final String source;
  private final int start;
  private final String value;
  private final SourceText.Builder text;
  private int taken;

  /**
   * @param start offset of the {@code |} or {@code >}
   * @param value the text as SnakeYAML read it
   */
  BlockScalar(SourceFile file, int start, String value) {
    this.file = file;
    this.source = file.text();
    this.start = start;
    this.value = value;
    this.text = SourceText.builder(file);
  }

  @Nullable SourceText text() {
    int line = nextLine(start);
    int indent = indent(line);
    if (indent < 0) {
      return null;
    }
    line = emptyLines(line, indent);
    while (taken < value.length()) {
      int end = lineEnd(line);
      int from = Math.min(line + indent, end);
      if (from == end || !value.startsWith(source.substring(from, end), taken)) {
        return null;
      }
      text.append(source.substring(from, end), from);
      taken += end - from;
      line = lineEnds(end, indent);
    }
    return text.build(Math.min(nextLine(start), file.text().length()));
  }

  /** Takes the empty lines at the top of the block and returns the first line after them. */
  private int emptyLines(int firstLine, int indent) {
    int line = firstLine;
    while (taken < value.length() && value.charAt(taken) == '\n' && isEmpty(line, indent)) {
      takeLineFeed(lineEnd(line));
      line = nextLine(line);
    }
    return line;
  }

  /**
   * Takes the end of a line and the empty lines after it, and returns the line after them. A folded
   * end is a space, or nothing before empty lines, which then stand for themselves.
   */
  private int lineEnds(int end, int indent) {
    int line = nextLine(end);
    if (taken < value.length() && value.charAt(taken) == ' ') {
      text.append(" ", end);
      taken++;
      return line;
    }
    int empty = 0;
    int after = line;
    while (after < source.length() && isEmpty(after, indent)) {
      empty++;
      after = nextLine(after);
    }
    int feeds = 0;
    while (taken + feeds < value.length() && value.charAt(taken + feeds) == '\n') {
      feeds++;
    }
    boolean folded = feeds == empty && taken + feeds < value.length();
    if (!folded && feeds > 0) {
      takeLineFeed(end);
      feeds--;
    }
    for (; feeds > 0; feeds--, line = nextLine(line)) {
      takeLineFeed(lineEnd(line));
    }
    return after;
  }

  private void takeLineFeed(int offset) {
    text.append("\n", offset);
    taken++;
  }

  /** Returns the block's indentation in spaces, or -1 when text and file do not fit. */
  private int indent(int firstLine) {
    int feeds = 0;
    while (feeds < value.length() && value.charAt(feeds) == '\n') {
      feeds++;
    }
    if (feeds == value.length()) {
      return Integer.MAX_VALUE / 2;
    }
    int line = firstLine;
    for (int i = 0; i < feeds; i++) {
      line = nextLine(line);
    }
    int own = spaces(value, feeds) - feeds;
    return spaces(source, line) - line - own;
  }

  /** Returns whether a line holds nothing but spaces, and no more of them than the indentation. */
  private boolean isEmpty(int line, int indent) {
    int after = spaces(source, line);
    return after - line <= indent && after == lineEnd(line);
  }

  private static int spaces(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /** Returns the offset of a line's end, before its line feed or both characters of it. */
  private int lineEnd(int from) {
    int feed = source.indexOf('\n', from);
    if (feed < 0) {
      return source.length();
    }
    return feed > from && source.charAt(feed - 1) == '\r' ? feed - 1 : feed;
  }

  private int nextLine(int from) {
    int feed = source.indexOf('\n', from);
    return feed < 0 ? source.length() : feed + 1;
  }
}
