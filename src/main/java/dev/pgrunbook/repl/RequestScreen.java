package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Request;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.model.Documentation;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Labelled;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import java.util.ArrayList;
import java.util.List;

/** What the engine asks, as a screen and a prompt. */
final class RequestScreen {

  private final Look look;
  private final Theme theme;
  private final Standing standing;
  private final StepScreen screen;
  private final StatementScreen statements;
  private final ReviewCommands reviews;

  RequestScreen(
      Look look,
      Standing standing,
      StepScreen screen,
      StatementScreen statements,
      ReviewCommands reviews) {
    this.look = look;
    this.theme = look.theme();
    this.standing = standing;
    this.screen = screen;
    this.statements = statements;
    this.reviews = reviews;
  }

  /** Returns all that helps to answer a request. */
  List<String> lines(Request request) {
    if (request instanceof Request.BeforeStep before) {
      return screen.before(before);
    } else if (request instanceof Request.AfterFailure failure) {
      return failure(failure);
    } else if (request instanceof Request.Review review) {
      return reviews.show(review);
    } else if (request instanceof Request.Gate gate) {
      return gate(gate);
    } else if (request instanceof Request.Question question) {
      return question(question);
    }
    return doubt((Request.InDoubt) request);
  }

  /** The error itself has been shown with the step; here stands what can be done about it. */
  private List<String> failure(Request.AfterFailure failure) {
    List<String> lines = new ArrayList<>();
    lines.add(theme.paint(Role.ERROR, DisplayText.line(failure.address() + " has failed.")));
    Labelled ways = new Labelled(theme, look.width(), 2, 10);
    StatementFailed refused = failure.refused();
    FailureAdvice.of(refused).forEach(ways::add);
    ways.add("retry", "try it again, once what was wrong is mended");
    ways.add("skip", "leave it out; asks why");
    ways.add("done", "it is done, by hand say; asks how you know");
    ways.add("fail", "leave it at that: the run ends as failed");
    ways.add("quit", "pause the run; resume tries this step again");
    lines.addAll(ways.lines());
    return lines;
  }

  private List<String> gate(Request.Gate gate) {
    String title =
        switch (gate.kind()) {
          case GATE -> "GATE";
          case CONFIRM -> "CONFIRM";
          case PROTECTED -> "PROTECTED TARGET";
          case MANUAL -> "BY HAND";
        };
    List<String> lines = new ArrayList<>(screen.headline(title, gate.address(), gate.step()));
    Labelled facts = new Labelled(theme, look.width());
    facts.text(gate.kind() == GateKind.PROTECTED ? Role.WARNING : Role.HEADING, gate.text());
    documentation(facts, gate);
    if (gate.approvals() > 1) {
      facts.add(
          "needs",
          gate.approvals() + " different people, of whom " + gate.approved() + " have approved;");
      String command = "pgrunbook approve " + standing.state().run() + " " + gate.address();
      facts.add("", "none of them whoever started the run: " + command);
    } else if (gate.type() != null) {
      facts.add("type", DisplayText.line(gate.type()) + "   to go on, or reject");
    } else {
      facts.add("answer", gate.kind() == GateKind.CONFIRM ? "y or n" : "approve or reject");
    }
    lines.addAll(facts.lines());
    return lines;
  }

  private static void documentation(Labelled facts, Request request) {
    Documentation says = request.step().header().documentation();
    facts.warn("warning", says.warning()).add("note", says.note()).add("tip", says.tip());
  }

  private List<String> question(Request.Question question) {
    List<String> lines =
        new ArrayList<>(screen.headline("BY HAND", question.address(), question.step()));
    Labelled facts = new Labelled(theme, look.width());
    facts.text(Role.HEADING, question.text());
    documentation(facts, question);
    String asked = StepManner.asked(question.ask());
    facts.add("answer", asked.isEmpty() ? "done, when it is done" : "done asks for " + asked);
    lines.addAll(facts.lines());
    return lines;
  }

  private List<String> doubt(Request.InDoubt doubt) {
    List<String> lines =
        new ArrayList<>(screen.headline("IN DOUBT", doubt.address(), doubt.step()));
    Labelled facts = new Labelled(theme, look.width());
    facts.text(
        Role.WARNING, "Nobody can know whether this took effect. Look, then say what you found.");
    doubt.evidence().forEach(sentence -> facts.add("known", sentence));
    lines.addAll(facts.lines());
    for (String statement : doubt.statements()) {
      lines.add("");
      lines.addAll(statements.sql(statement));
    }
    lines.add("");
    lines.addAll(
        new Labelled(theme, look.width())
            .add("done", "it took effect: go on after it; asks how you know")
            .add("retry", "it did not: run it again; asks how you know")
            .lines());
    return lines;
  }

  /** Returns what stands before a command: where SQL goes, the step, and what it waits for. */
  String prompt() {
    Request request = standing.request();
    String role = standing.role();
    Places.Place place = standing.places().of(request.step().id());
    String where = (place == null ? "" : place.shortly() + " ") + request.address();
    boolean guarded = standing.target() != null && standing.target().isProtected();
    String database =
        role == null ? "" : theme.paint(guarded ? Role.WARNING : Role.HINT, role) + " ";
    return database + DisplayText.line(where) + waiting(request) + "> ";
  }

  private String waiting(Request request) {
    if (request instanceof Request.AfterFailure) {
      return theme.paint(Role.ERROR, " failed");
    } else if (request instanceof Request.Review) {
      return theme.paint(Role.WARNING, " review");
    } else if (request instanceof Request.Gate gate) {
      return theme.paint(
          Role.WARNING, gate.kind() == GateKind.CONFIRM ? " confirm [y/N]" : " gate");
    } else if (request instanceof Request.Question) {
      return theme.paint(Role.WARNING, " by hand");
    }
    return request instanceof Request.InDoubt ? theme.paint(Role.ERROR, " in doubt") : "";
  }
}
