package dev.pgrunbook.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table's name as SQL writes it, taken apart.
 *
 * @param parts the schema, if any, and the table, without their quotes
 */
record TableName(List<String> parts) {

  TableName {
    parts = List.copyOf(parts);
  }

  /** Returns the parts of a name such as {@code sales."Person"}, or null when it is none. */
  static @Nullable TableName parse(String text) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (true) {
      int end = text.startsWith("\"", at) ? quotedEnd(text, at) : bareEnd(text, at);
      if (end < 0) {
        return null;
      }
      parts.add(unquoted(text.substring(at, end)));
      if (end == text.length()) {
        return parts.size() > 2 ? null : new TableName(parts);
      }
      if (text.charAt(end) != '.') {
        return null;
      }
      at = end + 1;
    }
  }

  private static int quotedEnd(String text, int quote) {
    for (int i = quote + 1; i < text.length(); i++) {
      if (text.charAt(i) == '"') {
        if (!text.startsWith("\"", i + 1)) {
          return i == quote + 1 ? -1 : i + 1;
        }
        i++;
      }
    }
    return -1;
  }

  private static int bareEnd(String text, int start) {
    int end = start;
    while (end < text.length() && continuesName(text.charAt(end), end == start)) {
      end++;
    }
    return end == start ? -1 : end;
  }

  /** PostgreSQL takes every byte above ASCII for a letter. */
  private static boolean continuesName(char c, boolean first) {
    boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
    return letter || (!first && (c >= '0' && c <= '9' || c == '$'));
  }

  private static String unquoted(String part) {
    return part.startsWith("\"")
        ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
        : part;
  }
}
