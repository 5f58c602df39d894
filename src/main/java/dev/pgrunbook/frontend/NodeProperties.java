package dev.pgrunbook.frontend;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceSpan;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * The anchor and the tag in front of a node.
 *
 * @param anchorName the anchor's name, or null
 * @param anchor where the anchor stands, or null
 * @param tag where the tag stands, or null
 * @param end offset of the node itself, after them
 */
record NodeProperties(
    @Nullable String anchorName, @Nullable SourceSpan anchor, @Nullable SourceSpan tag, int end) {

  /** SnakeYAML lets a node begin at its properties, and does not say where each of them stands. */
  static NodeProperties of(SourceFile file, Offsets offsets, NodeEvent event) {
    int start = offsets.of(event.getStartMark());
    boolean tagged =
        event instanceof ScalarEvent scalar
            ? scalar.getTag() != null
            : event instanceof CollectionStartEvent collection && collection.getTag() != null;
    if (event.getAnchor() == null && !tagged) {
      return new NodeProperties(null, null, null, start);
    }
    return scan(file, start, event.getAnchor(), tagged);
  }

  private static NodeProperties scan(
      SourceFile file, int start, @Nullable String anchorName, boolean tagged) {
    SourceSpan anchor = null;
    SourceSpan tag = null;
    int at = start;
    while ((anchorName != null && anchor == null) || (tagged && tag == null)) {
      int end = wordEnd(file.text(), at);
      char first = at < end ? file.text().charAt(at) : '\0';
      if (first == '&' && anchor == null && anchorName != null) {
        end = at + 1 + anchorName.length();
        anchor = file.span(at, Math.min(end, file.text().length()));
      } else if (first == '!' && tag == null) {
        tag = file.span(at, end);
      } else {
        break;
      }
      at = contentStart(file.text(), end);
    }
    return new NodeProperties(anchorName, anchor, tag, at);
  }

  private static int wordEnd(String text, int from) {
    int at = from;
    while (at < text.length() && !isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Passes blanks, line ends and comments. */
  private static int contentStart(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (text.charAt(at) == '#' && at > from) {
        int feed = text.indexOf('\n', at);
        at = feed < 0 ? text.length() : feed;
      } else if (isBlank(text.charAt(at))) {
        at++;
      } else {
        break;
      }
    }
    return at;
  }

  private static boolean isBlank(char unit) {
    return unit == ' ' || unit == '\t' || unit == '\n' || unit == '\r';
  }
}
