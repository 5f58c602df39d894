package dev.pgrunbook.render;

import dev.pgrunbook.render.Theme.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts in a column, each with its label before it. */
public final class Labelled {

  private static final int LEAST_LABEL = 9;
  private static final int INDENT = 3;

  /** Longer lines are hard to read. */
  private static final int WIDEST_TEXT = 100;

  private final Theme theme;
  private final int columns;
  private final int indent;
  private final int label;
  private final List<String> lines = new ArrayList<>();

  public Labelled(Theme theme, int columns) {
    this(theme, columns, INDENT, LEAST_LABEL);
  }

  /** Takes how far all is indented, and how many columns labels take. */
  public Labelled(Theme theme, int columns, int indent, int label) {
    this.theme = theme;
    this.indent = indent;
    this.label = label;
    this.columns = Math.min(columns, indent + label + WIDEST_TEXT);
  }

  /** Adds a text without a label. */
  public Labelled text(Role role, String text) {
    for (String line : DisplayText.wrap(DisplayText.lines(text.strip()), columns - indent)) {
      lines.add((" ".repeat(indent) + theme.paint(role, line)).stripTrailing());
    }
    return this;
  }

  /** Adds a text; null adds nothing. */
  public Labelled add(String label, @Nullable String text) {
    return add(label, Role.DIM, text, null);
  }

  /** Adds a text that must be heeded; null adds nothing. */
  public Labelled warn(String label, @Nullable String text) {
    return add(label, Role.WARNING, text, Role.WARNING);
  }

  private Labelled add(
      String name, Role labelRole, @Nullable String text, @Nullable Role textRole) {
    if (text == null || text.isBlank()) {
      return this;
    }
    String start = theme.paint(labelRole, DisplayText.pad(name, label));
    String harmless = DisplayText.lines(text.strip());
    for (String line : DisplayText.wrap(harmless, columns - indent - label)) {
      String painted = textRole == null ? line : theme.paint(textRole, line);
      lines.add((" ".repeat(indent) + start + painted).stripTrailing());
      start = " ".repeat(label);
    }
    return this;
  }

  public List<String> lines() {
    return lines;
  }
}
