package dev.pgrunbook.render;

import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.render.Theme.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server refused, with the place it points at. */
public final class FailureText {

  /** How many lines of a long statement are shown around the one that matters. */
  private static final int AROUND = 4;

  private final Theme theme;

  public FailureText(Theme theme) {
    this.theme = theme;
  }

  /** Returns the failure in lines: what the server said, who blocked, and the statement. */
  public List<String> lines(StatementFailed failed) {
    ServerError error = failed.error();
    List<String> lines = new ArrayList<>();
    String condition = error.condition() == null ? "" : " " + error.condition();
    String state = theme.paint(Role.DIM, " (" + error.sqlstate() + condition + ")");
    String message = DisplayText.lines(error.message());
    lines.addAll(List.of((theme.paint(Role.ERROR, "ERROR:") + " " + message + state).split("\n")));
    add(lines, "detail:", error.detail());
    add(lines, "hint:", error.hint());
    error.blockers().forEach(blocker -> add(lines, "blocked by", blocker));
    lines.addAll(statement(failed.sql(), place(failed)));
    return lines;
  }

  private void add(List<String> lines, String label, @Nullable String text) {
    if (text != null) {
      String[] parts = DisplayText.lines(text.strip()).split("\n", -1);
      lines.add(theme.paint(Role.HINT, label) + " " + parts[0]);
      for (int i = 1; i < parts.length; i++) {
        lines.add(" ".repeat(label.length() + 1) + parts[i]);
      }
    }
  }

  /** Returns the offset in the statement that the server points at, or -1. */
  private static int place(StatementFailed failed) {
    Integer position = failed.error().position();
    String sql = failed.sql();
    boolean inside = position != null && position <= sql.codePointCount(0, sql.length());
    return inside && position != null ? sql.offsetByCodePoints(0, position - 1) : -1;
  }

  /**
   * Returns a statement in numbered lines, a caret below the place; what is far off is left out.
   */
  private List<String> statement(String sql, int place) {
    List<String> lines = new ArrayList<>();
    String[] all = sql.split("\n", -1);
    int marked =
        place < 0 ? -1 : (int) sql.substring(0, place).chars().filter(c -> c == '\n').count();
    int first = Math.max(0, marked - AROUND);
    int last = Math.min(all.length, Math.max(marked, first) + AROUND + (marked < 0 ? AROUND : 1));
    for (int i = first; i < last; i++) {
      lines.add(theme.paint(Role.DIM, number(String.valueOf(i + 1))) + DisplayText.line(all[i]));
      if (i == marked) {
        int column = place - (sql.lastIndexOf('\n', place - 1) + 1);
        int indent = DisplayText.width(DisplayText.line(all[i].substring(0, column)));
        String caret = " ".repeat(indent) + theme.paint(Role.ERROR, "^");
        lines.add(theme.paint(Role.DIM, number("")) + caret);
      }
    }
    if (last < all.length) {
      String rest = Quantities.count(all.length - last) + " more lines";
      lines.add(theme.paint(Role.DIM, number("") + rest));
    }
    return lines;
  }

  private static String number(String text) {
    return DisplayText.padLeft(text, 4) + " | ";
  }
}
