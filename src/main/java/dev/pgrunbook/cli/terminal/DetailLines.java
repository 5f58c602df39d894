package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.plan.PlannedItem;
import dev.pgrunbook.plan.PlannedStatement;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.TextTable;
import dev.pgrunbook.render.Theme.Role;
import java.util.ArrayList;
import java.util.List;

/** Rows and SQL, indented below the step they belong to. */
final class DetailLines {

  private static final int ROWS = 50;
  private static final String INDENT = "    ";

  private final Screen screen;
  private final int limit;

  DetailLines(Screen screen, Detail detail) {
    this.screen = screen;
    this.limit = detail == Detail.VERBOSE ? Integer.MAX_VALUE : ROWS;
  }

  /** Returns rows as a table; a file or a pipe gets every value whole. */
  List<String> rows(Rows rows) {
    int columns = screen.columns() - INDENT.length();
    TextTable table =
        screen.isTerminal()
            ? TextTable.windowed(screen.theme(), screen.glyphs(), columns)
            : TextTable.whole(screen.theme(), screen.glyphs(), columns);
    List<String> headers = rows.columns().stream().map(Rows.Column::name).toList();
    List<String> lines = new ArrayList<>();
    table
        .rows(headers, rows.rows(), limit, rows.truncated())
        .forEach(line -> lines.add(INDENT + line));
    return lines;
  }

  /** Returns the SQL that the plan knew of a step or item. */
  List<String> planned(PlannedItem item) {
    List<String> lines = new ArrayList<>();
    for (PlannedStatement planned : item.statements()) {
      if (!planned.purpose().isCondition()) {
        lines.addAll(sql(planned.display()));
      }
    }
    return lines;
  }

  List<String> sql(String statement) {
    List<String> lines = new ArrayList<>();
    for (String line : DisplayText.lines(statement.strip()).split("\n", -1)) {
      lines.add(INDENT + screen.theme().paint(Role.DIM, line));
    }
    return lines;
  }

  /** Returns lines below a step as they are. */
  List<String> indented(List<String> lines) {
    return lines.stream().map(line -> INDENT + line).toList();
  }
}
