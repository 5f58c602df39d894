package dev.pgrunbook.render;

import dev.pgrunbook.source.SourceSpan;

/**
 * The line a span begins on, as much of it as fits, with the columns to mark.
 *
 * @param line what is shown, harmless
 * @param indent columns before the marked ones
 * @param width columns to mark, at least one
 */
record Excerpt(String line, int indent, int width) {

  /** The most columns of a line that are shown. */
  private static final int WINDOW = 110;

  /** How many columns are shown before the marked ones when the line is too long. */
  private static final int LEAD = 40;

  private static final String CUT = "…";

  static Excerpt of(SourceSpan span) {
    String text = span.file().text();
    int start = Math.min(span.start(), text.length());
    int lineStart = text.lastIndexOf('\n', start - 1) + 1;
    int lineEnd = text.indexOf('\n', start);
    lineEnd = lineEnd < 0 ? text.length() : lineEnd;
    if (lineEnd > lineStart && lineEnd > start && text.charAt(lineEnd - 1) == '\r') {
      lineEnd--;
    }
    int end = Math.max(start, Math.min(span.end(), lineEnd));
    String before = DisplayText.line(text.substring(lineStart, start));
    String marked = DisplayText.line(text.substring(start, end));
    String after = DisplayText.line(text.substring(end, lineEnd));
    return windowed(before, marked, after);
  }

  private static Excerpt windowed(String before, String marked, String after) {
    int total = DisplayText.width(before) + DisplayText.width(marked) + DisplayText.width(after);
    String lead = total > WINDOW ? tail(before, LEAD) : before;
    int indent = DisplayText.width(lead);
    String shown = total > WINDOW ? head(marked, WINDOW - indent) : marked;
    int width = DisplayText.width(shown);
    String rest = total > WINDOW ? head(after, WINDOW - indent - width) : after;
    return new Excerpt(lead + shown + rest, indent, Math.max(1, width));
  }

  private static String head(String text, int columns) {
    if (DisplayText.width(text) <= columns) {
      return text;
    }
    int end = 0;
    int width = 1;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      width += DisplayText.width(codePoint);
      if (width > columns) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return columns < 1 ? "" : text.substring(0, end) + CUT;
  }

  private static String tail(String text, int columns) {
    if (DisplayText.width(text) <= columns) {
      return text;
    }
    int start = text.length();
    int width = 1;
    while (start > 0) {
      int codePoint = text.codePointBefore(start);
      width += DisplayText.width(codePoint);
      if (width > columns) {
        break;
      }
      start -= Character.charCount(codePoint);
    }
    return CUT + text.substring(start);
  }
}
