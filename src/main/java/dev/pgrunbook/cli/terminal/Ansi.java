package dev.pgrunbook.cli.terminal;

/** The sequences that colour text. */
final class Ansi {

  private static final char ESCAPE = '\u001b';

  private Ansi() {}

  /** Returns a text without its colours. */
  static String strip(String text) {
    if (text.indexOf(ESCAPE) < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == ESCAPE) {
        i = text.indexOf('m', i);
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }
}
