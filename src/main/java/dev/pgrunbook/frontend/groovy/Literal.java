package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.SourceText;

/**
 * Reads a text literal, or a part of one, side by side with the text that Groovy made of it.
 *
 * <p>What counts is Groovy's text. Where it stands in the file is read here; where the two do not
 * agree every character stands for the literal as a whole.
 */
final class Literal {

  /** How a literal is quoted, which decides about its escapes. */
  enum Quotes {
    SINGLE("'"),
    TRIPLE_SINGLE("'''"),
    DOUBLE("\""),
    TRIPLE_DOUBLE("\"\"\""),
    SLASHY("/"),
    DOLLAR_SLASHY("$/");

    private final String opening;

    Quotes(String opening) {
      this.opening = opening;
    }

    int length() {
      return opening.length();
    }

    /** Returns the quotes that stand at an offset; double ones when there are none. */
    static Quotes at(String text, int offset) {
      Quotes found = DOUBLE;
      for (Quotes quotes : values()) {
        if (text.startsWith(quotes.opening, offset)) {
          found = quotes;
        }
      }
      return found;
    }

    private boolean escapesWithBackslash() {
      return this != SLASHY && this != DOLLAR_SLASHY;
    }
  }

  private static final String ESCAPES = "btnfrs\"'\\$";
  private static final String MEANINGS = "\b\t\n\f\r \"'\\$";

  private final SourceFile file;
  private final String source;
  private final Quotes quotes;
  private final SourceText.Builder text;
  private int at;

  private Literal(SourceFile file, Quotes quotes, int start) {
    this.file = file;
    this.source = file.text();
    this.quotes = quotes;
    this.text = SourceText.builder(file);
    this.at = start;
  }

  /** Returns a whole literal, which parentheses may stand around. */
  static SourceText whole(SourceFile file, SourceSpan span, String value) {
    int start = span.start();
    int end = span.end();
    String source = file.text();
    while (start < end && (source.charAt(start) == '(' || source.charAt(start) <= ' ')) {
      start++;
    }
    while (end > start && (source.charAt(end - 1) == ')' || source.charAt(end - 1) <= ' ')) {
      end--;
    }
    Quotes quotes = Quotes.at(source, start);
    return part(file, quotes, start + quotes.length(), end - quotes.length(), value);
  }

  /** Returns what stands between two offsets of a literal. */
  static SourceText part(SourceFile file, Quotes quotes, int start, int end, String value) {
    if (start <= end) {
      SourceText read = new Literal(file, quotes, start).read(end);
      if (read.text().equals(value)) {
        return read;
      }
    }
    int bounded = Math.max(start, end);
    return SourceText.builder(file).appendInstead(value, start, bounded).build(start);
  }

  private SourceText read(int end) {
    int start = at;
    while (at < end) {
      char unit = source.charAt(at);
      if (unit == '\r') {
        at++;
      } else if (unit == '\\' || unit == '$') {
        escape(end);
      } else {
        stretch(end);
      }
    }
    return text.build(start);
  }

  private void stretch(int end) {
    int from = at;
    while (at < end && "\r\\$".indexOf(source.charAt(at)) < 0) {
      at++;
    }
    text.append(source.substring(from, at), from);
  }

  private void escape(int end) {
    char first = source.charAt(at);
    char next = at + 1 < end ? source.charAt(at + 1) : '\0';
    if (first == '\\' && next == 'u') {
      unicode(end);
    } else if (first == '$') {
      dollar(next);
    } else if (quotes == Quotes.SLASHY && next == '/') {
      replace("/", 2);
    } else if (quotes.escapesWithBackslash()) {
      backslash(next);
    } else {
      replace("\\", 1);
    }
  }

  private void dollar(char next) {
    boolean escapes = quotes == Quotes.DOLLAR_SLASHY && (next == '$' || next == '/');
    replace(escapes ? String.valueOf(next) : "$", escapes ? 2 : 1);
  }

  private void backslash(char next) {
    int meant = ESCAPES.indexOf(next);
    if (next == '\n') {
      at += 2;
    } else if (next == '\r') {
      at += 3;
    } else if (meant >= 0 && next != '\0') {
      replace(MEANINGS.substring(meant, meant + 1), 2);
    } else if (next >= '0' && next <= '7') {
      octal();
    } else {
      replace("\\", 1);
    }
  }

  private void octal() {
    int digits = source.charAt(at + 1) <= '3' ? 3 : 2;
    int stop = at + 1;
    while (stop < source.length()
        && stop - at <= digits
        && source.charAt(stop) >= '0'
        && source.charAt(stop) <= '7') {
      stop++;
    }
    int code = Integer.parseInt(source.substring(at + 1, stop), 8);
    replace(String.valueOf((char) code), stop - at);
  }

  private void unicode(int end) {
    int digits = at + 1;
    while (digits < end && source.charAt(digits) == 'u') {
      digits++;
    }
    try {
      int code = Integer.parseInt(source.substring(digits, Math.min(digits + 4, end)), 16);
      replace(String.valueOf((char) code), digits + 4 - at);
    } catch (NumberFormatException noEscape) {
      replace("\\", 1);
    }
  }

  private void replace(String meaning, int length) {
    text.appendInstead(meaning, at, Math.min(at + length, file.text().length()));
    at += length;
  }
}
