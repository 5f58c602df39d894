package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts in a column, each with its label before it. */
final class Labelled {

  private static final int LABEL = 9;
  private static final int INDENT = 3;

  /** Longer lines are hard to read. */
  private static final int WIDEST_TEXT = 100;

  private final Theme theme;
  private final int columns;
  private final List<String> lines = new ArrayList<>();

  Labelled(Theme theme, int columns) {
    this.theme = theme;
    this.columns = Math.min(columns, INDENT + LABEL + WIDEST_TEXT);
  }

  /** Adds a text; null adds nothing. */
  Labelled add(String label, @Nullable String text) {
    return add(label, Role.DIM, text, null);
  }

  /** Adds a text that must be heeded; null adds nothing. */
  Labelled warn(String label, @Nullable String text) {
    return add(label, Role.WARNING, text, Role.WARNING);
  }

  private Labelled add(
      String label, Role labelRole, @Nullable String text, @Nullable Role textRole) {
    if (text == null || text.isBlank()) {
      return this;
    }
    String start = theme.paint(labelRole, label) + " ".repeat(Math.max(1, LABEL - label.length()));
    String harmless = DisplayText.lines(text.strip());
    for (String line : DisplayText.wrap(harmless, columns - INDENT - LABEL)) {
      String painted = textRole == null ? line : theme.paint(textRole, line);
      lines.add((" ".repeat(INDENT) + start + painted).stripTrailing());
      start = " ".repeat(LABEL);
    }
    return this;
  }

  List<String> lines() {
    return lines;
  }
}
