package dev.pgrunbook.frontend;

import org.jspecify.annotations.Nullable;

/**
 * One line of a file, looked at for the usual mistakes.
 *
 * @param text the whole file
 * @param start offset of the line's first character
 * @param end offset of its line end
 */
record SourceLine(String text, int start, int end) {

  private static final char NO_BREAK_SPACE = '\u00a0';

  static SourceLine at(String text, int offset) {
    int bounded = Math.min(offset, text.length());
    int start = text.lastIndexOf('\n', bounded - 1) + 1;
    int feed = text.indexOf('\n', bounded);
    return new SourceLine(text, start, feed < 0 ? text.length() : feed);
  }

  /** Returns the offset of the first character that is no indentation. */
  int contentStart() {
    int at = start;
    while (at < end && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /** Returns how many spaces stand before the line's content. */
  int indentation() {
    return contentStart() - start;
  }

  /** Returns the offset of the content without the dash of a list item. */
  int contentAfterDash() {
    return isItem() ? contentStart() + 2 : contentStart();
  }

  int columnOfContent() {
    return contentAfterDash() - start;
  }

  /** Returns whether the line begins an item of a list. */
  boolean isItem() {
    return text.startsWith("- ", contentStart());
  }

  boolean isBlank() {
    return text.substring(start, end).isBlank();
  }

  /** Returns the nearest line above that holds more than blanks and comments, or null. */
  @Nullable SourceLine above() {
    SourceLine line = this;
    while (line.start > 0) {
      line = at(text, line.start - 1);
      if (!line.isBlank() && text.charAt(line.contentStart()) != '#') {
        return line;
      }
    }
    return null;
  }

  /** Returns the offset of a tab before the line's content, or -1. */
  int tabInIndentation() {
    int at = contentStart();
    return at < end && text.charAt(at) == '\t' ? at : -1;
  }

  /** Returns the offset of a no-break space before the content or after a colon, or -1. */
  int oddSpace() {
    int at = contentStart();
    if (at < end && text.charAt(at) == NO_BREAK_SPACE) {
      return at;
    }
    int colon = text.indexOf(":" + NO_BREAK_SPACE, start);
    return colon >= 0 && colon < end ? colon + 1 : -1;
  }

  /** Returns the offset of a colon right behind the line's first word and before more, or -1. */
  int colonWithoutSpace() {
    int at = contentAfterDash();
    int word = at;
    while (at < end && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    boolean tight = at > word && at + 1 < end && text.charAt(at) == ':';
    return tight && !Character.isWhitespace(text.charAt(at + 1)) ? at : -1;
  }

  /** Returns whether a colon that ends a key stands on the line before an offset. */
  boolean hasEarlierColon(int offset) {
    int colon = text.indexOf(": ", start);
    return colon >= 0 && colon < offset;
  }

  /** Returns the offset of the line's last character before an offset that is no blank, or -1. */
  int lastBefore(int offset) {
    int at = Math.min(offset, end) - 1;
    while (at >= start && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at--;
    }
    return at >= start ? at : -1;
  }
}
