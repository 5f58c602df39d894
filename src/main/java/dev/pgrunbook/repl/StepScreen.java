package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.TargetDatabase;
import dev.pgrunbook.expression.EvaluationException;
import dev.pgrunbook.expression.Scope;
import dev.pgrunbook.expression.TextTemplate;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.Documentation;
import dev.pgrunbook.model.ForEach;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Labelled;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operator sees before a step: where it stands, what it would do, and what comes then. */
final class StepScreen {

  private static final int WIDEST_RULE = 120;
  private static final int ASIDE = 3;

  private final Look look;
  private final Theme theme;
  private final Standing standing;
  private final StatementScreen statements;

  StepScreen(Look look, Standing standing, StatementScreen statements) {
    this.look = look;
    this.theme = look.theme();
    this.standing = standing;
    this.statements = statements;
  }

  /** Returns everything about a step that is about to run. */
  List<String> before(Request.BeforeStep request) {
    List<String> lines = headline("", request.address(), request.step());
    Labelled facts = new Labelled(theme, look.width());
    target(facts, request.step());
    item(facts, request);
    documentation(facts, request.step());
    new StepManner(request.scope()).tell(facts, request.step());
    lines.addAll(facts.lines());
    lines.addAll(statements.ofStep(request.step(), request.step().target(), request.statements()));
    lines.addAll(then(request.step()));
    return lines;
  }

  /** Returns the line that a screen begins with, an empty one before it. */
  List<String> headline(String what, StepAddress address, Step step) {
    Places.Place place = standing.places().of(step.id());
    String number = place == null ? "" : place.shortly() + " ";
    String kind = what.isEmpty() ? "" : theme.paint(Role.WARNING, what) + " ";
    String name = DisplayText.line(address.toString());
    String title = step.header().documentation().title();
    int used = 4 + number.length() + DisplayText.width(name);
    used += what.isEmpty() ? 0 : what.length() + 1;
    int room = Math.min(look.width(), WIDEST_RULE) - used - 6;
    String shown =
        title == null
            ? ""
            : "  " + DisplayText.cut(DisplayText.line(title), room, look.glyphs().ellipsis());
    int rule = Math.min(look.width(), WIDEST_RULE) - used - DisplayText.width(shown);
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        theme.paint(Role.DIM, look.glyphs().line(2) + " " + number)
            + kind
            + theme.paint(Role.HEADING, name)
            + shown
            + " "
            + theme.paint(Role.DIM, look.glyphs().line(rule)));
    return lines;
  }

  private void target(Labelled facts, Step step) {
    String role = Standing.executionTarget(step);
    if (role == null) {
      return;
    }
    TargetDatabase target = standing.acts().target(role);
    String display = target.database().settings().display();
    // An address says no more than what is shown of it; a name does.
    boolean named = !target.connection().contains("://") && !display.equals(target.connection());
    String shown = role + ": " + (named ? target.connection() + ", " : "") + display;
    if (target.isProtected()) {
      facts.warn("target", shown);
      boolean allowed = standing.state().isTargetApproved(target.digest());
      facts.warn(
          "",
          allowed
              ? "protected: this run has been allowed to write to it"
              : "protected: its name has to be typed before the first write");
    } else {
      facts.add("target", shown);
    }
  }

  private static void item(Labelled facts, Request.BeforeStep request) {
    ForEach loop = request.step().header().forEach();
    Value item = loop == null ? null : request.scope().lookup(loop.name());
    if (loop != null && item != null) {
      facts.add("item", loop.name() + " = " + item.display());
    }
  }

  private static void documentation(Labelled facts, Step step) {
    Documentation says = step.header().documentation();
    facts
        .add("about", says.description())
        .warn("warning", says.warning())
        .add("note", says.note())
        .add("tip", says.tip());
  }

  private List<String> then(Step step) {
    Places.Place place = standing.places().of(step.id());
    Places.Place next = place == null ? null : standing.places().after(place);
    if (next == null) {
      return List.of();
    }
    String title = next.step().header().documentation().title();
    String what = title == null ? "" : "  " + title;
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(
        new Labelled(theme, look.width())
            .add("then", next.shortly() + " " + next.step().id() + what)
            .lines());
    return lines;
  }

  /** Returns a text of the runbook with its values, or as it is written where one is missing. */
  static String filled(TextTemplate template, Scope scope) {
    try {
      return template.fill(scope).strip();
    } catch (EvaluationException missing) {
      return template.toString().strip();
    }
  }

  /**
   * Returns a text without control characters, painted as an aside, on as many lines as it takes.
   */
  List<String> asides(@Nullable String text) {
    String whole = DisplayText.line(text == null ? "" : text);
    return DisplayText.wrap(whole, look.width() - ASIDE).stream()
        .map(line -> " ".repeat(ASIDE) + theme.paint(Role.HINT, line))
        .toList();
  }

  /** Returns a text without control characters on one line, painted as an aside. */
  String aside(@Nullable String text) {
    return " ".repeat(ASIDE) + theme.paint(Role.HINT, DisplayText.line(text == null ? "" : text));
  }
}
