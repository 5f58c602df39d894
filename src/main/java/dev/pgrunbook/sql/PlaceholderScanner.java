package dev.pgrunbook.sql;

import dev.pgrunbook.sql.Placeholder.Form;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises {@code :name}, {@code :'name'} and {@code :"name"}, each with fields after dots.
 *
 * <p>psql's own rule: the name follows its colon, or the quote after the colon, directly. Unlike
 * there a name never begins with a digit, so that {@code [1:2]} and {@code 12:30} hold none.
 */
final class PlaceholderScanner {

  private final String text;

  PlaceholderScanner(String text) {
    this.text = text;
  }

  /** Returns the placeholder that begins at a colon, or null. */
  @Nullable Placeholder at(int colon) {
    char next = colon + 1 < text.length() ? text.charAt(colon + 1) : ' ';
    if (next == '\'' || next == '"') {
      int end = pathEnd(colon + 2);
      boolean closed = end > 0 && end < text.length() && text.charAt(end) == next;
      Form form = next == '"' ? Form.IDENTIFIER : Form.LITERAL;
      return closed ? placeholder(colon, colon + 2, end, end + 1, form) : null;
    }
    int end = pathEnd(colon + 1);
    return end < 0 ? null : placeholder(colon, colon + 1, end, end, Form.BOUND);
  }

  /** Returns whether a text is a name with, perhaps, fields. */
  static boolean isPath(String text) {
    return new PlaceholderScanner(text).pathEnd(0) == text.length();
  }

  private Placeholder placeholder(int start, int nameStart, int nameEnd, int end, Form form) {
    List<String> parts = new ArrayList<>();
    int from = nameStart;
    for (int i = nameStart; i <= nameEnd; i++) {
      if (i == nameEnd || text.charAt(i) == '.') {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    return new Placeholder(parts.get(0), parts.subList(1, parts.size()), form, start, end);
  }

  /** Returns where the name and its fields end, or -1 when no name begins here. */
  private int pathEnd(int start) {
    int end = nameEnd(start);
    while (end > 0 && end < text.length() && text.charAt(end) == '.') {
      int field = nameEnd(end + 1);
      if (field < 0) {
        break;
      }
      end = field;
    }
    return end;
  }

  private int nameEnd(int start) {
    if (start >= text.length() || !SqlCharacters.startsName(text.charAt(start))) {
      return -1;
    }
    int i = start + 1;
    while (i < text.length() && SqlCharacters.continuesVariable(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
