package dev.pgrunbook.repl;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.StatementOutcome;
import dev.pgrunbook.engine.OperatorActs.Outcome;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.FailureText;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.TextTable;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.TextValue;
import java.util.ArrayList;
import java.util.List;

/** What the server answered, as psql would show it. */
final class ResultText {

  private final Look look;
  private final Standing standing;

  ResultText(Look look, Standing standing) {
    this.look = look;
    this.standing = standing;
  }

  /** Returns an outcome in lines, secrets masked. */
  List<String> of(Outcome outcome) {
    List<String> lines = new ArrayList<>();
    if (outcome instanceof Outcome.Answered answered) {
      answered.statements().forEach(statement -> lines.addAll(of(statement)));
      if (standing.timing) {
        String time = "Time: " + Quantities.duration(answered.took());
        lines.add(look.theme().paint(Role.DIM, time));
      }
    } else if (outcome instanceof Outcome.Refused refused) {
      lines.addAll(new FailureText(look.theme()).lines(refused.failure()));
    } else if (outcome instanceof Outcome.Unreachable unreachable) {
      lines.add(
          look.theme().paint(Role.ERROR, "ERROR:")
              + " "
              + DisplayText.line(unreachable.sentence()));
    }
    return lines;
  }

  private List<String> of(StatementOutcome statement) {
    List<String> lines = new ArrayList<>();
    statement
        .notices()
        .forEach(
            notice ->
                lines.add(DisplayText.line(notice.severity() + ":  " + masked(notice.message()))));
    Rows rows = statement.rows();
    if (rows != null && !rows.columns().isEmpty()) {
      lines.addAll(rows(rows));
    } else {
      String count = statement.count() < 0 ? "" : " " + Quantities.count(statement.count());
      lines.add(DisplayText.line(statement.command() + count));
    }
    return lines;
  }

  /** Returns rows as a table where it fits, otherwise one value a line. */
  List<String> rows(Rows rows) {
    int columns = look.width();
    TextTable table =
        standing.expanded
            ? TextTable.expanded(look.theme(), look.glyphs(), columns)
            : TextTable.whole(look.theme(), look.glyphs(), columns);
    List<String> names = rows.columns().stream().map(Rows.Column::name).toList();
    List<List<Value>> values = new ArrayList<>();
    for (List<Value> row : rows.rows()) {
      values.add(row.stream().map(this::masked).toList());
    }
    return table.rows(names, values, values.size(), rows.truncated());
  }

  private Value masked(Value value) {
    return value instanceof TextValue text ? Value.text(masked(text.value())) : value;
  }

  private String masked(String text) {
    return standing.acts().masked(text);
  }
}
