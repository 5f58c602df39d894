package dev.pgrunbook.render;

import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.sql.RelationLock;
import dev.pgrunbook.sql.StatementAnalysis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a statement does and locks, as a reviewer reads it. */
public final class AnalysisText {

  private static final String BETWEEN = "; ";

  private final Theme theme;

  public AnalysisText(Theme theme) {
    this.theme = theme;
  }

  private record Part(String text, Role role) {}

  /** Returns the analysis on one line where it fits, otherwise a part a line. */
  public List<String> lines(StatementAnalysis analysis, int indent, int columns) {
    List<Part> parts = parts(analysis);
    int width = (parts.size() - 1) * BETWEEN.length();
    StringBuilder line = new StringBuilder(" ".repeat(indent));
    for (Part part : parts) {
      width += DisplayText.width(part.text());
      line.append(line.length() == indent ? "" : theme.paint(Role.DIM, BETWEEN));
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

  private static List<Part> parts(StatementAnalysis analysis) {
    List<Part> parts = new ArrayList<>();
    if (analysis.destructive()) {
      // The dangers begin with what the command does.
      parts.add(new Part(DisplayText.line(String.join(", ", analysis.dangers())), Role.BAD));
    } else {
      String command = analysis.command().isEmpty() ? "not understood" : analysis.command();
      String kind = analysis.readOnly() ? command + ", only reads" : command;
      parts.add(new Part(DisplayText.line(kind), Role.DIM));
    }
    locks(analysis).forEach(lock -> parts.add(new Part(lock, Role.DIM)));
    switch (analysis.transactionRule()) {
      case ALLOWED -> {}
      case BARRED -> parts.add(new Part("cannot run inside a transaction block", Role.WARNING));
      case CONTROL -> parts.add(new Part("controls transactions", Role.ERROR));
    }
    return parts;
  }

  /** Returns a phrase for each lock mode; a single relation is the one that the SQL names. */
  private static List<String> locks(StatementAnalysis analysis) {
    Map<String, Set<String>> relations = new LinkedHashMap<>();
    Map<String, String> blocks = new LinkedHashMap<>();
    Set<String> all = new LinkedHashSet<>();
    for (RelationLock lock : analysis.locks()) {
      relations.computeIfAbsent(lock.mode(), mode -> new LinkedHashSet<>()).add(lock.relation());
      blocks.put(lock.mode(), lock.blocks());
      all.add(lock.relation());
    }
    List<String> phrases = new ArrayList<>();
    relations.forEach(
        (mode, names) -> {
          String on = all.size() < 2 ? "" : " on " + String.join(", ", names);
          phrases.add(DisplayText.line(mode + on) + ": " + blocks.get(mode));
        });
    return phrases;
  }
}
