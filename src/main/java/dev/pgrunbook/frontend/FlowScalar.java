package dev.pgrunbook.frontend;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceText;
import org.jspecify.annotations.Nullable;

/** Reads a plain or quoted scalar, which may go on over several lines. */
final class FlowScalar {

  private static final String SINGLE_ESCAPES = "0abt\tnvfre \"\\N_LP";
  private static final String SINGLE_MEANINGS =
      "\0\u0007\b\t\t\n\u000b\f\r\u001b \"\\\u0085\u00a0\u2028\u2029";

  private final String source;
  private final int start;
  private final int end;
  private final SourceText.Builder text;
  private int at;

  /**
   * @param start offset of the first character, or of the opening quote
   * @param end offset after the last one
   */
  FlowScalar(SourceFile file, int start, int end) {
    this.source = file.text();
    this.start = start;
    this.end = end;
    this.text = SourceText.builder(file);
    this.at = start;
  }

  SourceText plain() {
    while (at < end) {
      if (isBlank(source.charAt(at))) {
        blanks(end);
      } else {
        stretch(end, '\0', '\0');
      }
    }
    return text.build(start);
  }

  @Nullable SourceText singleQuoted() {
    int last = end - 1;
    at++;
    while (at < last) {
      char unit = source.charAt(at);
      if (isBlank(unit)) {
        blanks(last);
      } else if (unit == '\'') {
        text.append("'", at);
        at += 2;
      } else {
        stretch(last, '\'', '\'');
      }
    }
    return at == last ? text.build(last) : null;
  }

  @Nullable SourceText doubleQuoted() {
    int last = end - 1;
    at++;
    while (at < last) {
      char unit = source.charAt(at);
      if (isBlank(unit)) {
        blanks(last);
      } else if (unit == '\\') {
        if (!escape(last)) {
          return null;
        }
      } else {
        stretch(last, '\\', '"');
      }
    }
    return at == last ? text.build(last) : null;
  }

  /** Takes characters as they stand, up to a blank or one of two that mean something. */
  private void stretch(int limit, char stop, char otherStop) {
    int from = at;
    do {
      at++;
    } while (at < limit && !endsStretch(source.charAt(at), stop, otherStop));
    text.append(source.substring(from, at), from);
  }

  private static boolean endsStretch(char unit, char stop, char otherStop) {
    return isBlank(unit) || unit == stop || unit == otherStop;
  }

  /**
   * Takes blanks: as they stand inside a line; around line ends they are dropped, and the line ends
   * folded, one to a space and more to all but the first.
   */
  private void blanks(int limit) {
    int from = at;
    while (at < limit && isSpace(source.charAt(at))) {
      at++;
    }
    if (at == limit || !isBlank(source.charAt(at))) {
      text.append(source.substring(from, at), from);
      return;
    }
    int first = at;
    int lines = emptyLines(limit);
    if (lines == 0) {
      text.append(" ", first);
    }
  }

  /** Passes a line end and takes each further one as a line feed; returns how many these were. */
  private int emptyLines(int limit) {
    int lines = 0;
    boolean beforeFirst = true;
    while (at < limit && isBlank(source.charAt(at))) {
      if (source.charAt(at) == '\n') {
        if (!beforeFirst) {
          text.append("\n", at);
          lines++;
        }
        beforeFirst = false;
      }
      at++;
    }
    return lines;
  }

  private boolean escape(int limit) {
    int from = at;
    char unit = at + 1 < limit ? source.charAt(at + 1) : '\0';
    at += 2;
    return switch (unit) {
      case 'x' -> hexadecimal(from, 2, limit);
      case 'u' -> hexadecimal(from, 4, limit);
      case 'U' -> hexadecimal(from, 8, limit);
      case '\r', '\n' -> lineEnd(limit);
      default -> single(from, unit);
    };
  }

  private boolean lineEnd(int limit) {
    at--;
    emptyLines(limit);
    return true;
  }

  private boolean single(int from, char unit) {
    int meant = SINGLE_ESCAPES.indexOf(unit);
    if (meant < 0) {
      return false;
    }
    text.append(SINGLE_MEANINGS.substring(meant, meant + 1), from);
    return true;
  }

  private boolean hexadecimal(int from, int digits, int limit) {
    if (at + digits > limit) {
      return false;
    }
    try {
      int codePoint = Integer.parseInt(source, at, at + digits, 16);
      if (!Character.isValidCodePoint(codePoint)) {
        return false;
      }
      text.append(Character.toString(codePoint), from);
    } catch (NumberFormatException e) {
      return false;
    }
    at += digits;
    return true;
  }

  private static boolean isSpace(char unit) {
    return unit == ' ' || unit == '\t';
  }

  private static boolean isBlank(char unit) {
    return isSpace(unit) || unit == '\n' || unit == '\r';
  }
}
