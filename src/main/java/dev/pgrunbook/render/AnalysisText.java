package dev.pgrunbook.render;

import dev.pgrunbook.render.EffectText.Part;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.sql.StatementEffects;
import java.util.ArrayList;
import java.util.List;

/** What a statement does and locks, as a reviewer reads it. */
public final class AnalysisText {

  private final Theme theme;

  public AnalysisText(Theme theme) {
    this.theme = theme;
  }

  /** Returns the analysis on one line where it fits, otherwise a part a line. */
  public List<String> lines(StatementAnalysis analysis, int indent, int columns) {
    return lines(EffectText.deeds(StatementEffects.of(analysis)), indent, columns);
  }

  /** Returns parts on one line where they fit, otherwise a part a line. */
  public List<String> lines(List<Part> parts, int indent, int columns) {
    int width = (parts.size() - 1) * EffectText.BETWEEN.length();
    StringBuilder line = new StringBuilder(" ".repeat(indent));
    for (Part part : parts) {
      width += DisplayText.width(part.text());
      line.append(line.length() == indent ? "" : theme.paint(Role.DIM, EffectText.BETWEEN));
      line.append(theme.paint(part.role(), part.text()));
    }
    if (width + indent <= columns) {
      return List.of(line.toString());
    }
    List<String> lines = new ArrayList<>();
    for (Part part : parts) {
      String start = " ".repeat(indent);
      for (String piece : DisplayText.wrap(part.text(), columns - indent - 2)) {
        lines.add(start + theme.paint(part.role(), piece));
        start = " ".repeat(indent + 2);
      }
    }
    return lines;
  }
}
