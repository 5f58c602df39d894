package dev.pgrunbook.testing;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Draws what a terminal shows, as an SVG: {@code tmux capture-pane -e -p} in, the picture out.
 *
 * <p>It stands alone, so that it can be started from its source: {@code java TerminalPicture.java}.
 * Each stretch of one style is given the width of its columns, whatever font the reader has.
 */
public final class TerminalPicture {

  private static final double COLUMN = 8.4;
  private static final double LINE = 19;
  private static final double MARGIN = 18;

  private static final List<String> COLOURS =
      List.of("dim", "red", "green", "yellow", "blue", "magenta", "cyan", "");

  private final StringBuilder drawn = new StringBuilder();
  private String weight = "";
  private String colour = "";
  private int line;
  private int column;

  private TerminalPicture() {}

  /** Reads a captured screen and prints the picture. */
  public static void main(String[] arguments) throws IOException {
    String screen = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    // A reader of pictures sees plain text, and System.out may not speak UTF-8.
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.print(new TerminalPicture().draw(screen));
  }

  private String draw(String screen) {
    int widest = 0;
    for (String text : screen.split("\n", -1)) {
      column = 0;
      drawLine(text);
      widest = Math.max(widest, column);
      line++;
    }
    double width = 2 * MARGIN + widest * COLUMN;
    double height = 2 * MARGIN + line * LINE;
    String head =
        String.format(
            Locale.ROOT,
            """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$.0f %2$.0f" width="%1$.0f">
      <style>
      text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
        fill: #d5d9e0; white-space: pre; }
      .bold { font-weight: 600; fill: #ffffff; }
      .dim { fill: #8b93a1; }
      .red { fill: #f0837b; }
      .green { fill: #83c57b; }
      .yellow { fill: #dcb862; }
      .blue { fill: #7fb2f0; }
      .magenta { fill: #cf9ae8; }
      .cyan { fill: #6cc5cf; }
      </style>
      <rect width="100%%" height="100%%" rx="8" fill="#171b22"/>
      """,
            width,
            height);
    return head + drawn + "</svg>\n";
  }

  private void drawLine(String text) {
    int from = 0;
    while (from < text.length()) {
      int escape = text.indexOf("\u001b[", from);
      int to = escape < 0 ? text.length() : escape;
      drawStretch(text.substring(from, to));
      if (escape < 0) {
        return;
      }
      int end = text.indexOf('m', escape);
      for (String code : text.substring(escape + 2, end).split(";", -1)) {
        style(code.isEmpty() ? 0 : Integer.parseInt(code));
      }
      from = end + 1;
    }
  }

  /** Spaces around a stretch are not drawn: renderers disagree about them. */
  private void drawStretch(String text) {
    int columns = text.codePointCount(0, text.length());
    String visible = text.strip();
    if (!visible.isEmpty()) {
      int indent = text.indexOf(visible.charAt(0));
      drawn.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%.1f\" textLength=\"%.1f\"%s>%s</text>%n",
              MARGIN + (column + indent) * COLUMN,
              MARGIN + (line + 0.75) * LINE,
              visible.codePointCount(0, visible.length()) * COLUMN,
              classes(),
              visible.replace("&", "&amp;").replace("<", "&lt;").replace(' ', '\u00a0')));
    }
    column += columns;
  }

  private String classes() {
    String both = (weight + " " + colour).strip();
    return both.isEmpty() ? "" : " class=\"" + both + "\"";
  }

  /** Takes a number of Select Graphic Rendition in; those that the program never sends are left. */
  private void style(int code) {
    if (code == 0) {
      weight = "";
      colour = "";
    } else if (code == 1) {
      weight = "bold";
    } else if (code == 2) {
      weight = "dim";
    } else if (code == 22) {
      weight = "";
    } else if (code >= 30 && code <= 37) {
      colour = COLOURS.get(code - 30);
    } else if (code >= 90 && code <= 97) {
      colour = COLOURS.get(code - 90);
    } else if (code == 39) {
      colour = "";
    }
  }
}
