package dev.pgrunbook.repl;

import dev.pgrunbook.engine.OperatorActs.Outcome;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.RowValue;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What a watched probe sees, in a line: whether it would end first, then what it was told. */
final class WatchLine {

  private final Look look;
  private final Standing standing;
  private volatile @Nullable String last;

  WatchLine(Look look, Standing standing) {
    this.look = look;
    this.standing = standing;
  }

  /** Forgets what was seen, as something else is watched. */
  void forget() {
    last = null;
  }

  /** Returns what was seen last, without asking. */
  String last(ProbeQuestion question) {
    String seen = last;
    return seen == null ? line(question, Role.HINT, look.glyphs().ellipsis(), "") : seen;
  }

  /** Asks, and returns what is seen. */
  String of(ProbeQuestion question, BiFunction<String, ExpandedStatement, Outcome> database) {
    ProbeQuestion.Answer answer = question.ask(database);
    Outcome trouble = answer.trouble();
    String seen = trouble == null ? line(question, answer) : line(question, trouble);
    last = seen;
    return seen;
  }

  private String line(ProbeQuestion question, ProbeQuestion.Answer answer) {
    Map<String, Value> variables = answer.variables();
    StringJoiner values = new StringJoiner(", ");
    variables.forEach(
        (name, value) -> {
          if (!(value instanceof RowValue)) {
            values.add(name + " = " + (value.isNull() ? "null" : value.display()));
          }
        });
    ProbeQuestion.Meaning meaning = question.meaning(variables);
    return switch (meaning.verdict()) {
      case REACHED -> line(question, Role.GOOD, "reached", values.toString());
      case NOT_YET -> line(question, Role.HINT, "not yet", values.toString());
      case FAILS -> line(question, Role.BAD, "fails", values.toString());
      case UNKNOWN -> line(question, Role.WARNING, meaning.sentence(), values.toString());
    };
  }

  private String line(ProbeQuestion question, Outcome trouble) {
    String why =
        trouble instanceof Outcome.Refused refused
            ? refused.failure().error().message()
            : trouble instanceof Outcome.Unreachable unreachable ? unreachable.sentence() : "";
    return line(question, Role.BAD, why, "");
  }

  /** Returns a line as a screen without colours has room for it. */
  String cut(String seen) {
    return look.theme() == Theme.PLAIN
        ? DisplayText.cut(seen, look.width(), look.glyphs().ellipsis())
        : seen;
  }

  private String line(ProbeQuestion question, Role role, String verdict, String values) {
    String head = look.glyphs().running() + " " + question.probe().id();
    return look.theme().paint(Role.HINT, DisplayText.line(head))
        + "  "
        + look.theme().paint(role, DisplayText.line(standing.acts().masked(verdict)))
        + (values.isEmpty() ? "" : "  ")
        + DisplayText.line(standing.acts().masked(values));
  }
}
