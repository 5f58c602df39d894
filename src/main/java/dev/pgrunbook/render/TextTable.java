package dev.pgrunbook.render;

import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows as psql shows them: aligned, numbers to the right; one value a line where they would be too
 * wide. Nothing of a database reaches the terminal unescaped.
 */
public final class TextTable {

  /** How much of a cell must at least be seen for a table to be worth its name. */
  private static final int LEAST_CELL = 14;

  private static final int SEPARATOR = 3;

  private final Theme theme;
  private final Glyphs glyphs;
  private final int columnsOfTerminal;
  private final boolean whole;
  private final boolean expanded;

  private TextTable(
      Theme theme, Glyphs glyphs, int columnsOfTerminal, boolean whole, boolean expanded) {
    this.theme = theme;
    this.glyphs = glyphs;
    this.columnsOfTerminal = columnsOfTerminal;
    this.whole = whole;
    this.expanded = expanded;
  }

  /** Returns a writer of tables that cuts long cells to so many columns in all. */
  public static TextTable windowed(Theme theme, Glyphs glyphs, int columns) {
    return new TextTable(theme, glyphs, columns, false, false);
  }

  /**
   * Returns a writer of tables that shows every value whole: aligned within so many columns where
   * that is possible, else one value a line, as long as it is.
   */
  public static TextTable whole(Theme theme, Glyphs glyphs, int columns) {
    return new TextTable(theme, glyphs, columns, true, false);
  }

  /** Returns a writer that shows every value whole, one a line. */
  public static TextTable expanded(Theme theme, Glyphs glyphs, int columns) {
    return new TextTable(theme, glyphs, columns, true, true);
  }

  /**
   * Returns the rows in lines, with their number below.
   *
   * @param limit how many are shown
   * @param more whether there are more than these
   */
  public List<String> rows(List<String> names, List<List<Value>> rows, int limit, boolean more) {
    List<List<Value>> shown = rows.subList(0, Math.min(limit, rows.size()));
    List<String> lines = new ArrayList<>(body(names, shown));
    int hidden = rows.size() - shown.size();
    String count =
        hidden == 0 && !more
            ? "(" + Quantities.count(rows.size(), "row") + ")"
            : glyphs.ellipsis() + " and " + hidden(hidden, more);
    lines.add(theme.paint(Role.DIM, count));
    return lines;
  }

  private static String hidden(int hidden, boolean more) {
    if (hidden == 0) {
      return "more";
    }
    return (more ? "more than " : "") + Quantities.count(hidden) + " more";
  }

  /** Returns rows given as objects, such as saved ones, in lines, without their number. */
  public List<String> objects(List<RowValue> objects) {
    Set<String> names = new LinkedHashSet<>();
    objects.forEach(object -> names.addAll(object.fields().keySet()));
    List<List<Value>> rows = new ArrayList<>();
    for (RowValue object : objects) {
      List<Value> row = new ArrayList<>();
      names.forEach(name -> row.add(object.fields().getOrDefault(name, Value.none())));
      rows.add(row);
    }
    return body(new ArrayList<>(names), rows);
  }

  /** Returns the rows in lines: a table, or where it does not fit one value a line. */
  public List<String> body(List<String> names, List<List<Value>> rows) {
    if (names.isEmpty()) {
      return List.of();
    }
    List<String> headers = names.stream().map(DisplayText::line).toList();
    List<List<String>> cells = new ArrayList<>();
    for (List<Value> row : rows) {
      cells.add(row.stream().map(value -> DisplayText.line(value.display())).toList());
    }
    int[] widths = fit(headers, naturalWidths(headers, cells));
    return expanded || widths.length == 0
        ? expanded(headers, rows)
        : aligned(headers, cells, widths, numeric(names.size(), rows));
  }

  private static int[] naturalWidths(List<String> headers, List<List<String>> cells) {
    int[] widths = headers.stream().mapToInt(DisplayText::width).toArray();
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], DisplayText.width(row.get(i)));
      }
    }
    return widths;
  }

  /** Returns the widths at which a table fits, the widest cells cut first; none when it cannot. */
  private int[] fit(List<String> headers, int[] natural) {
    int room = columnsOfTerminal - 2 - SEPARATOR * (natural.length - 1);
    int[] widths = natural.clone();
    int excess = Arrays.stream(widths).sum() - room;
    if (excess > 0 && whole) {
      return new int[0];
    }
    while (excess > 0) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      int least = Math.max(LEAST_CELL, DisplayText.width(headers.get(widest)));
      if (widths[widest] <= least) {
        return new int[0];
      }
      int cut = Math.min(excess, widths[widest] - Math.max(least, secondWidest(widths, widest)));
      widths[widest] -= Math.max(1, cut);
      excess -= Math.max(1, cut);
    }
    return widths;
  }

  private static int secondWidest(int[] widths, int widest) {
    int second = 0;
    for (int i = 0; i < widths.length; i++) {
      second = i == widest ? second : Math.max(second, widths[i]);
    }
    return second;
  }

  private static boolean[] numeric(int columns, List<List<Value>> rows) {
    boolean[] numeric = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      boolean numbers = false;
      boolean others = false;
      for (List<Value> row : rows) {
        Value value = row.get(i);
        boolean number =
            value instanceof IntegerValue
                || value instanceof DoubleValue
                || value instanceof DecimalValue;
        numbers |= number;
        others |= !number && !value.isNull();
      }
      numeric[i] = numbers && !others;
    }
    return numeric;
  }

  private List<String> aligned(
      List<String> headers, List<List<String>> cells, int[] widths, boolean[] numeric) {
    List<String> lines = new ArrayList<>();
    lines.add(line(headers, widths, numeric, Role.HEADING));
    StringBuilder rule = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      rule.append(i == 0 ? "" : glyphs.cross()).append(glyphs.line(widths[i] + 2));
    }
    lines.add(theme.paint(Role.DIM, rule.toString()));
    cells.forEach(row -> lines.add(line(row, widths, numeric, null)));
    return lines;
  }

  private String line(List<String> cells, int[] widths, boolean[] numeric, @Nullable Role role) {
    StringBuilder line = new StringBuilder();
    String separator = " " + theme.paint(Role.DIM, glyphs.bar()) + " ";
    for (int i = 0; i < widths.length; i++) {
      String cell = DisplayText.cut(cells.get(i), widths[i], glyphs.ellipsis());
      String painted = role == null ? cell : theme.paint(role, cell);
      String space = " ".repeat(widths[i] - DisplayText.width(cell));
      boolean last = i == widths.length - 1;
      line.append(i == 0 ? " " : separator)
          .append(numeric[i] ? space + painted : painted + (last ? "" : space));
    }
    return line.toString();
  }

  private List<String> expanded(List<String> headers, List<List<Value>> rows) {
    int name = headers.stream().mapToInt(DisplayText::width).max().orElse(0);
    String separator = " " + theme.paint(Role.DIM, glyphs.bar()) + " ";
    List<String> lines = new ArrayList<>();
    for (int number = 0; number < rows.size(); number++) {
      String title = glyphs.line(1) + "[ " + (number + 1) + " ]";
      int rule = Math.max(0, Math.min(columnsOfTerminal, 40) - title.length());
      lines.add(theme.paint(Role.DIM, title + glyphs.line(rule)));
      for (int i = 0; i < headers.size(); i++) {
        String header = DisplayText.pad(headers.get(i), name);
        for (String part : parts(rows.get(number).get(i), columnsOfTerminal - name - 4)) {
          lines.add((" " + theme.paint(Role.HEADING, header) + separator + part).stripTrailing());
          header = " ".repeat(name);
        }
      }
    }
    return lines;
  }

  /** Returns a value in lines, its own ones where it is shown whole. */
  private List<String> parts(Value value, int room) {
    if (!whole) {
      String text = DisplayText.line(value.display());
      return List.of(DisplayText.cut(text, Math.max(LEAST_CELL, room), glyphs.ellipsis()));
    }
    return List.of(DisplayText.lines(value.display()).split("\n", -1));
  }

  /** Returns a value's rows when it is a list of nothing but rows; none otherwise. */
  static List<RowValue> rowsOf(Value value) {
    List<RowValue> rows = new ArrayList<>();
    if (value instanceof ListValue list) {
      for (Value item : list.items()) {
        if (item instanceof RowValue row) {
          rows.add(row);
        } else {
          return List.of();
        }
      }
    }
    return rows;
  }
}
