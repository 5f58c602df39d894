package dev.pgrunbook.render;

import java.util.ArrayList;
import java.util.List;

/** The sequences that colour text. */
public final class Ansi {

  private static final char ESCAPE = '\u001b';
  private static final String RESET = "\u001b[0m";

  private Ansi() {}

  /** Returns a text without its colours. */
  public static String strip(String text) {
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

  /**
   * Returns a coloured text in lines of at most so many columns, broken at spaces; lines after the
   * first are indented, and colours go on where a line was broken.
   */
  public static List<String> wrap(String text, int columns, int indent) {
    if (DisplayText.width(strip(text)) <= columns) {
      return List.of(text);
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    String colour = "";
    int used = 0;
    int start = 0;
    for (String word : text.split("(?<= )")) {
      int width = DisplayText.width(strip(word).stripTrailing());
      if (used > start && used + width > columns) {
        lines.add(line.toString().stripTrailing() + (colour.isEmpty() ? "" : RESET));
        line = new StringBuilder(" ".repeat(indent)).append(colour);
        start = indent;
        used = indent;
      }
      line.append(word);
      used += DisplayText.width(strip(word));
      int last = word.lastIndexOf(ESCAPE);
      if (last >= 0) {
        String sequence = word.substring(last, word.indexOf('m', last) + 1);
        colour = sequence.equals(RESET) ? "" : sequence;
      }
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
