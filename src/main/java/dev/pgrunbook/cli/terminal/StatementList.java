package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.render.AnalysisText;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.EffectText;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.sql.StatementEffects;
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

  /** Where statements begin, unless there are more than 99. */
  static final int MARGIN = 7;

  private static final int INDENT = 3;

  /** How much of a column must at least be seen for a table to be worth its name. */
  private static final int LEAST_COLUMN = 16;

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
  List<String> lines(List<Generated> statements, List<StatementEffects> effects) {
    return new Layout(statements).lines(effects);
  }

  /** Returns the statements alone. */
  List<String> plain(List<Generated> statements) {
    return new Layout(statements).lines(List.of());
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

    List<String> lines(List<StatementEffects> effects) {
      boolean analysed = !effects.isEmpty();
      boolean table = !names.isEmpty() && fit();
      List<String> lines = new ArrayList<>();
      if (table) {
        lines.add(header());
      }
      for (int i = 0; i < statements.size(); i++) {
        Generated statement = statements.get(i);
        if (!table && analysed && i > 0) {
          lines.add("");
        }
        lines.addAll(table ? row(i + 1, statement) : block(i + 1, statement));
        if (analysed) {
          AnalysisText analysis = new AnalysisText(theme);
          lines.addAll(analysis.lines(EffectText.gist(effects.get(i)), margin(), screen.columns()));
        }
      }
      return lines;
    }

    /** Cuts the widest columns until a table fits, never the statement; false when it cannot. */
    private boolean fit() {
      int excess = margin() + widths[0] - screen.columns();
      for (int i = 1; i < widths.length; i++) {
        excess += GAP + widths[i];
      }
      int[] cut = widths.clone();
      while (excess > 0) {
        int widest = 1;
        for (int i = 2; i < cut.length; i++) {
          widest = cut[i] > cut[widest] ? i : widest;
        }
        if (cut[widest] <= LEAST_COLUMN) {
          return false;
        }
        cut[widest]--;
        excess--;
      }
      System.arraycopy(cut, 0, widths, 0, cut.length);
      return true;
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

    private String align(String whole, int column, boolean numeric) {
      int width = widths[column + 1];
      String cell = DisplayText.cut(whole, width, screen.glyphs().ellipsis());
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
      lines.addAll(flow(statement));
      return lines;
    }

    /** Returns the columns one after another, as many a line as fit, each cut to a line. */
    private List<String> flow(Generated statement) {
      List<String> lines = new ArrayList<>();
      String indent = " ".repeat(margin());
      StringBuilder line = new StringBuilder(indent);
      int used = margin();
      for (String name : names) {
        String cell = cell(statement, name);
        if (!cell.isEmpty()) {
          String label = DisplayText.line(name);
          int room = screen.columns() - margin() - DisplayText.width(label) - 1;
          String value = DisplayText.cut(cell, Math.max(10, room), screen.glyphs().ellipsis());
          int width = DisplayText.width(label) + 1 + DisplayText.width(value);
          boolean first = used == margin();
          if (!first && used + GAP + width > screen.columns()) {
            lines.add(line.toString());
            line = new StringBuilder(indent);
            used = margin();
            first = true;
          }
          line.append(first ? "" : " ".repeat(GAP));
          line.append(theme.paint(Role.DIM, label)).append(' ').append(value);
          used += width + (first ? 0 : GAP);
        }
      }
      if (used > margin()) {
        lines.add(line.toString());
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
