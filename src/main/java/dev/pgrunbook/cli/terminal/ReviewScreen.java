package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.Foreseen;
import dev.pgrunbook.engine.GeneratedStatements;
import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.engine.GeneratedStatements.Stage;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.plan.StepEffects;
import dev.pgrunbook.render.AnalysisText;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.EffectText;
import dev.pgrunbook.render.Labelled;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.sql.StatementEffects;
import java.util.ArrayList;
import java.util.List;

/** What a reviewer sees: where statements would run, how, and each of them with what it does. */
final class ReviewScreen {

  private static final int DIGEST = 12;

  private final Screen screen;
  private final Request.Review request;
  private final boolean isProtected;
  private final Foreseer foreseer;

  /** Says what statements would do now, of which their texts tell so much. */
  @FunctionalInterface
  interface Foreseer {
    Foreseen foresee(List<StatementEffects> told, List<String> statements);
  }

  /** Shows what the texts of statements tell. */
  ReviewScreen(Screen screen, Request.Review request, boolean isProtected) {
    this(screen, request, isProtected, (told, statements) -> new Foreseen(told, null));
  }

  ReviewScreen(Screen screen, Request.Review request, boolean isProtected, Foreseer foreseer) {
    this.foreseer = foreseer;
    this.screen = screen;
    this.request = request;
    this.isProtected = isProtected;
  }

  /** Returns everything, for these statements of the request or edited ones. */
  List<String> lines(GeneratedStatements statements) {
    List<String> lines = new ArrayList<>(Headline.of("REVIEW", request, screen));
    lines.addAll(body(statements));
    return lines;
  }

  /** Returns everything but the headline. */
  List<String> body(GeneratedStatements statements) {
    Theme theme = screen.theme();
    List<String> lines = new ArrayList<>();
    Labelled facts = new Labelled(theme, screen.columns()).add("target", target());
    if (isProtected) {
      facts.warn("", "protected: its name has to be typed before the first write");
    }
    facts.add("runs", manner(statements)).add("digest", digest(statements));
    lines.addAll(Headline.documentation(request, facts).lines());
    lines.addAll(stages(statements));
    lines.add("");
    Foreseen foreseen = foresee(statements.statements());
    lines.addAll(new StatementList(screen).lines(statements.statements(), foreseen.effects()));
    lines.addAll(new ReviewAdvice(screen).lines(foreseen.effects()));
    lines.addAll(unknown(foreseen));
    return lines;
  }

  private Foreseen foresee(List<Generated> statements) {
    List<String> texts = statements.stream().map(Generated::sql).toList();
    return foreseer.foresee(StepEffects.of(request.step(), texts), texts);
  }

  private List<String> unknown(Foreseen foreseen) {
    return foreseen.unknown() == null
        ? List.of()
        : List.of(
            "",
            " ".repeat(StatementList.MARGIN)
                + screen
                    .theme()
                    .paint(
                        Role.HINT, DisplayText.line("sizes are not known: " + foreseen.unknown())));
  }

  private String target() {
    String role = request.step() instanceof GenerateStep step ? step.executionTarget() : null;
    return role == null || role.equals(request.target())
        ? request.target()
        : request.target() + " (" + role + ")";
  }

  private String manner(GeneratedStatements statements) {
    int count = statements.statements().size();
    String what = Quantities.count(count, "statement");
    if (!(request.step() instanceof GenerateStep step)) {
      return what;
    }
    TransactionMode mode = step.transaction();
    return what
        + switch (mode) {
          case SINGLE -> count == 1 ? " in a transaction" : " in one transaction: all or nothing";
          case EACH -> count == 1 ? " in a transaction" : ", each in its own transaction";
          case NONE -> ", outside a transaction block";
        };
  }

  static String digest(GeneratedStatements statements) {
    return statements.digest().substring(0, DIGEST);
  }

  private List<String> stages(GeneratedStatements statements) {
    List<String> lines = new ArrayList<>();
    int number = 0;
    for (Stage stage : statements.stages()) {
      number++;
      lines.add("");
      String count = Quantities.count(stage.statements().size(), "query");
      count = count.replace("querys", "queries");
      lines.add("   " + screen.theme().paint(Role.DIM, "stage " + number + ": " + count + ", run"));
      List<Generated> queries = new ArrayList<>();
      stage.statements().forEach(sql -> queries.add(StatementList.bare(sql)));
      lines.addAll(new StatementList(screen).plain(queries));
    }
    return lines;
  }

  /** Returns one statement whole, every column of its row in full. */
  List<String> detail(int number, Generated statement) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    String label = "   " + DisplayText.padLeft(String.valueOf(number), 2) + "  ";
    for (String line : DisplayText.lines(statement.sql()).split("\n", -1)) {
      lines.add(screen.theme().paint(Role.HEADING, label) + line);
      label = " ".repeat(label.length());
    }
    int widest = 0;
    for (String name : statement.columns().fields().keySet()) {
      widest = Math.max(widest, DisplayText.width(DisplayText.line(name)));
    }
    Labelled columns =
        new Labelled(screen.theme(), screen.columns(), StatementList.MARGIN, widest + 2);
    statement
        .columns()
        .fields()
        .forEach((name, value) -> columns.add(DisplayText.line(name), value.display()));
    lines.addAll(columns.lines());
    Foreseen foreseen = foresee(List.of(statement));
    lines.addAll(
        new AnalysisText(screen.theme())
            .lines(
                EffectText.parts(foreseen.effects().get(0)),
                StatementList.MARGIN,
                screen.columns()));
    lines.addAll(unknown(foreseen));
    return lines;
  }
}
