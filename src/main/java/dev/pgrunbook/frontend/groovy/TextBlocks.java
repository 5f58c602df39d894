package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.SourceText;
import java.util.ArrayList;
import java.util.List;

/** Takes the indentation off texts of several lines; every character keeps its place. */
final class TextBlocks {

  /** One line of a text: the end is before its line feed. */
  private record Line(int start, int end) {}

  private TextBlocks() {}

  /**
   * Returns a text as the runbook has it.
   *
   * <p>One that begins with a line end is a block, as {@code |} makes one in YAML: the first line
   * end goes, and the lines' common indentation, and the blanks before the closing quotes.
   */
  static SourceText block(SourceText content) {
    String text = content.text();
    if (!text.startsWith("\n")) {
      return content;
    }
    List<Line> lines = lines(text, 1);
    Line last = lines.get(lines.size() - 1);
    if (isBlank(text, last)) {
      lines.set(lines.size() - 1, new Line(last.end(), last.end()));
    }
    int indent = Integer.MAX_VALUE;
    for (Line line : lines) {
      if (!isBlank(text, line)) {
        indent = Math.min(indent, indentation(text, line));
      }
    }
    return without(content, lines, indent, false);
  }

  /** As Java's {@code String.stripIndent()} does it, on every text alike. */
  static SourceText stripIndent(SourceText content) {
    String text = content.text();
    List<Line> lines = lines(text, 0);
    int indent = Integer.MAX_VALUE;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (!isBlank(text, line) || i == lines.size() - 1) {
        indent = Math.min(indent, indentation(text, line));
      }
    }
    return without(content, lines, indent, true);
  }

  /** Returns a text whose lines lack everything up to their first {@code |}. */
  static SourceText stripMargin(SourceText content) {
    String text = content.text();
    SourceText.Builder builder = SourceText.builder(content.file());
    for (Line line : lines(text, 0)) {
      int bar = line.start() + indentation(text, line);
      boolean margin = bar < line.end() && text.charAt(bar) == '|';
      append(builder, content, margin ? bar + 1 : line.start(), line.end());
      feed(builder, content, line.end());
    }
    return builder.build(content.fileOffset(0));
  }

  private static SourceText without(
      SourceText content, List<Line> lines, int indent, boolean trailing) {
    String text = content.text();
    SourceText.Builder builder = SourceText.builder(content.file());
    for (Line line : lines) {
      int blanks = indentation(text, line);
      int end = trailing ? withoutTrailing(text, line) : line.end();
      append(builder, content, Math.min(end, line.start() + Math.min(indent, blanks)), end);
      feed(builder, content, line.end());
    }
    return builder.build(content.fileOffset(0));
  }

  private static int withoutTrailing(String text, Line line) {
    int end = line.end();
    while (end > line.start() && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static void append(SourceText.Builder builder, SourceText content, int start, int end) {
    if (end > start) {
      builder.append(content.slice(start, end));
    }
  }

  private static void feed(SourceText.Builder builder, SourceText content, int end) {
    if (end < content.text().length()) {
      builder.append(content.slice(end, end + 1));
    }
  }

  private static List<Line> lines(String text, int from) {
    List<Line> lines = new ArrayList<>();
    int start = from;
    for (int feed = text.indexOf('\n', start); feed >= 0; feed = text.indexOf('\n', start)) {
      lines.add(new Line(start, feed));
      start = feed + 1;
    }
    lines.add(new Line(start, text.length()));
    return lines;
  }

  private static boolean isBlank(String text, Line line) {
    return indentation(text, line) == line.end() - line.start();
  }

  private static int indentation(String text, Line line) {
    int at = line.start();
    while (at < line.end() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at - line.start();
  }
}
