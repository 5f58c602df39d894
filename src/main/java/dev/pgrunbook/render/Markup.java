package dev.pgrunbook.render;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Writes HTML in which nothing that was not written here as an element is one: every text and every
 * attribute is escaped, and what is invisible is spelled out.
 */
public final class Markup {

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn; a null value leaves its attribute out
   */
  public Markup open(String tag, @Nullable String... attributes) {
    start(tag, attributes);
    out.append('>');
    open.push(tag);
    return this;
  }

  private void start(String tag, @Nullable String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      String value = attributes[i + 1];
      if (value != null) {
        out.append(' ').append(attributes[i]).append("=\"");
        escape(DisplayText.line(value));
        out.append('"');
      }
    }
  }

  /** Closes the element that was opened last. */
  public Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Closes the element that was opened last, and ends the line. */
  public Markup closeLine() {
    close();
    out.append('\n');
    return this;
  }

  /** Writes an element that holds a text. */
  public Markup element(String tag, String text, @Nullable String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** Writes an element of SVG that holds nothing. */
  public Markup shape(String tag, @Nullable String... attributes) {
    start(tag, attributes);
    out.append("/>");
    return this;
  }

  /** Writes an element of HTML that never holds anything, such as {@code meta}. */
  public Markup lone(String tag, @Nullable String... attributes) {
    start(tag, attributes);
    out.append(">\n");
    return this;
  }

  public Markup text(String text) {
    escape(DisplayText.lines(text));
    return this;
  }

  /** Writes a style sheet of this program as it is. */
  public Markup style(String sheet) {
    out.append("<style>").append(sheet).append("</style>\n");
    return this;
  }

  private void escape(String text) {
    boolean first = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // A build server that logs the page obeys lines that begin with "::", and "##[".
      if (c == ':' && first || c == '#' && text.startsWith("##", i)) {
        out.append("&#").append((int) c).append(';');
        first = false;
        continue;
      }
      first = c == '\n' || first && Character.isWhitespace(c);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
  }

  /** Returns the whole document. */
  public String document() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return "<!doctype html>\n" + out;
  }
}
