package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.RowValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Generated statements, numbered, with the further columns of their rows: beside them in a table
 * where that fits, otherwise below each.
 */
final class StatementList {

  private static final int INDENT = 3;
  private static final int GAP = 3;

  private final Screen screen;
  private final Theme theme;

  StatementList(Screen screen) {
    this.screen = screen;
    this.theme = screen.theme();
  }

  static Generated bare(String sql) {
    return new Generated(sql, new RowValue(Map.of()));
  }

  /** Returns the statements with what they do. */
  List<String> lines(List<Generated> statements) {
    return new Layout(statements).lines(true);
  }

  /** Returns the statements alone. */
  List<String> plain(List<Generated> statements) {
    return new Layout(statements).lines(false);
  }

  private final class Layout {

    private final List<Generated> statements;
    private final List<String> names = new ArrayList<>();
    private final int number;
    private final int[] widths;

    Layout(List<Generated> statements) {
      this.statements = statements;
      this.number = Math.max(2, String.valueOf(statements.size()).length());
      Set<String> all = new LinkedHashSet<>();
      statements.forEach(statement -> all.addAll(statement.columns().fields().keySet()));
      names.addAll(all);
      this.widths = widths();
    }

    /** Returns the widths of the statement and of each column, as wide as the widest of each. */
    private int[] widths() {
      int[] all = new int[names.size() + 1];
      all[0] = "statement".length();
      for (int i = 0; i < names.size(); i++) {
        all[i + 1] = DisplayText.width(DisplayText.line(names.get(i)));
      }
      for (Generated statement : statements) {
        for (String line : sqlLines(statement)) {
          all[0] = Math.max(all[0], DisplayText.width(line));
        }
        for (int i = 0; i < names.size(); i++) {
          all[i + 1] = Math.max(all[i + 1], DisplayText.width(cell(statement, names.get(i))));
        }
      }
      return all;
    }

    List<String> lines(boolean analysed) {
      int wide = margin();
      for (int width : widths) {
        wide += width + GAP;
      }
      boolean table = !names.isEmpty() && wide - GAP <= screen.columns();
      List<String> lines = new ArrayList<>();
      if (table) {
        lines.add(header());
      }
      for (int i = 0; i < statements.size(); i++) {
        Generated statement = statements.get(i);
        lines.addAll(table ? row(i + 1, statement) : block(i + 1, statement));
        if (analysed) {
          AnalysisText analysis = new AnalysisText(theme);
          lines.addAll(analysis.lines(statement.analysis(), margin(), screen.columns()));
        }
      }
      return lines;
    }

    private int margin() {
      return INDENT + number + 2;
    }

    private String header() {
      StringBuilder line = new StringBuilder(" ".repeat(INDENT));
      line.append(DisplayText.padLeft("#", number)).append("  ");
      line.append(DisplayText.pad("statement", widths[0]));
      for (int i = 0; i < names.size(); i++) {
        String name = DisplayText.line(names.get(i));
        line.append(" ".repeat(GAP)).append(align(name, i, isNumeric(names.get(i))));
      }
      return theme.paint(Role.DIM, line.toString().stripTrailing());
    }

    private List<String> row(int index, Generated statement) {
      List<String> lines = new ArrayList<>();
      List<String> sql = sqlLines(statement);
      StringBuilder first = new StringBuilder(numbered(index));
      first.append(DisplayText.pad(sql.get(0), widths[0]));
      for (int i = 0; i < names.size(); i++) {
        String cell = cell(statement, names.get(i));
        first.append(" ".repeat(GAP)).append(align(cell, i, isNumeric(names.get(i))));
      }
      lines.add(first.toString().stripTrailing());
      sql.stream().skip(1).forEach(line -> lines.add(" ".repeat(margin()) + line));
      return lines;
    }

    private String align(String cell, int column, boolean numeric) {
      int width = widths[column + 1];
      return numeric ? DisplayText.padLeft(cell, width) : DisplayText.pad(cell, width);
    }

    /** The statement as long as it is, then its columns, each cut to a line. */
    private List<String> block(int index, Generated statement) {
      List<String> lines = new ArrayList<>();
      String start = numbered(index);
      for (String line : sqlLines(statement)) {
        for (String piece : DisplayText.wrap(line, screen.columns() - margin())) {
          lines.add(start + piece);
          start = " ".repeat(margin());
        }
      }
      int widest = 0;
      for (String name : names) {
        widest = Math.max(widest, DisplayText.width(DisplayText.line(name)));
      }
      for (String name : names) {
        String cell = cell(statement, name);
        if (!cell.isEmpty()) {
          int room = screen.columns() - margin() - widest - 4;
          String label = theme.paint(Role.DIM, DisplayText.pad(DisplayText.line(name), widest));
          String value = DisplayText.cut(cell, Math.max(10, room), screen.glyphs().ellipsis());
          lines.add(" ".repeat(margin() + 2) + label + "  " + value);
        }
      }
      return lines;
    }

    private String numbered(int index) {
      String text = DisplayText.padLeft(String.valueOf(index), number);
      return " ".repeat(INDENT) + theme.paint(Role.HEADING, text) + "  ";
    }

    private boolean isNumeric(String name) {
      boolean numbers = false;
      for (Generated statement : statements) {
        Value value = statement.columns().fields().getOrDefault(name, Value.none());
        boolean number =
            value instanceof IntegerValue
                || value instanceof DoubleValue
                || value instanceof DecimalValue;
        if (!number && !value.isNull()) {
          return false;
        }
        numbers |= number;
      }
      return numbers;
    }

    private static List<String> sqlLines(Generated statement) {
      return List.of(DisplayText.lines(statement.sql().strip()).split("\n", -1));
    }

    private static String cell(Generated statement, String name) {
      Value value = statement.columns().fields().get(name);
      return value == null ? "" : DisplayText.line(value.display());
    }
  }
}
