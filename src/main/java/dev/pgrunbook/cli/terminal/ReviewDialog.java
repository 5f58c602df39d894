package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.cli.terminal.Reply.Kind;
import dev.pgrunbook.cli.terminal.ReviewCommand.Verb;
import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.GeneratedStatements;
import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.sql.TransactionRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A review at the terminal: nothing runs before somebody types so. */
final class ReviewDialog {

  private static final String CHOICES = "approve, reject, pick 1,3-5, edit, show N, help";

  private final Screen screen;
  private final Prompt prompt;
  private final String operator;
  private final StatementEditor editor;

  ReviewDialog(Screen screen, Prompt prompt, String operator, StatementEditor editor) {
    this.screen = screen;
    this.prompt = prompt;
    this.operator = operator;
    this.editor = editor;
  }

  Decision ask(Request.Review request, boolean isProtected) {
    return new Review(request, new ReviewScreen(screen, request, isProtected)).ask();
  }

  /** One review, and what has been picked and edited so far. */
  private final class Review {

    private final Request.Review request;
    private final ReviewScreen shown;
    private GeneratedStatements current;

    Review(Request.Review request, ReviewScreen shown) {
      this.request = request;
      this.shown = shown;
      this.current = request.statements();
    }

    Decision ask() {
      show();
      while (true) {
        Reply reply = prompt.insist(question());
        if (reply.kind() != Kind.LINE) {
          return new Decision.Pause();
        }
        Decision decision = obey(reply.text());
        if (decision != null) {
          return decision;
        }
      }
    }

    private String question() {
      String count = Quantities.count(current.statements().size(), "statement");
      return "   Run " + count + " on " + DisplayText.line(request.target()) + "? ";
    }

    private void show() {
      screen.print(shown.lines(current));
      screen.print(List.of("", "   " + screen.theme().paint(Role.DIM, CHOICES)));
    }

    private @Nullable Decision obey(String line) {
      ReviewCommand command = ReviewCommand.parse(line);
      if (command == null) {
        tell(line.isEmpty() ? CHOICES : "\"" + line + "\" is none of " + CHOICES);
        return null;
      }
      @Nullable String comment = command.rest().isEmpty() ? null : command.rest();
      switch (command.verb()) {
        case APPROVE -> {
          return approve(comment);
        }
        case REJECT -> {
          return new Decision.Reject(operator, comment);
        }
        case QUIT -> {
          return new Decision.Pause();
        }
        case PICK -> pick(command.rest());
        case EDIT -> edit();
        case ORIGINAL -> change(request.statements().statements(), "as generated");
        case SHOW -> show(command.rest());
        case HELP -> help();
      }
      return null;
    }

    private @Nullable Decision approve(@Nullable String comment) {
      String obstacle = obstacle();
      if (obstacle != null) {
        tell(obstacle);
        return null;
      }
      boolean same = current.statements().equals(request.statements().statements());
      return new Decision.Approve(operator, comment, same ? null : current);
    }

    /** Returns why these statements cannot run, or null; generated ones have been looked at. */
    private @Nullable String obstacle() {
      int number = 0;
      for (Generated statement : current.statements()) {
        number++;
        TransactionRule rule = statement.analysis().transactionRule();
        if (rule == TransactionRule.CONTROL) {
          return "Statement " + number + " controls transactions, which is the step's business.";
        }
        boolean barred = rule == TransactionRule.BARRED;
        if (barred
            && request.step() instanceof GenerateStep step
            && step.transaction() != TransactionMode.NONE) {
          return "Statement "
              + number
              + " cannot run inside a transaction block, and the step does not say"
              + " `transaction: none`.";
        }
      }
      return null;
    }

    private void pick(String selection) {
      int count = current.statements().size();
      List<Integer> numbers = Selection.parse(selection, count);
      if (numbers == null) {
        tell("pick takes numbers from 1 to " + count + ", such as: pick 1,3-5");
        return;
      }
      List<Generated> picked = new ArrayList<>();
      numbers.forEach(number -> picked.add(current.statements().get(number - 1)));
      change(picked, "picked " + numbers.size() + " of " + count);
    }

    private void edit() {
      prompt.close();
      Validated<List<Generated>> edited =
          editor.edit(request.address().toString(), current.statements());
      List<Generated> statements = edited.orNull();
      if (statements == null) {
        tell(edited.diagnostics().get(0).message());
      } else if (statements.isEmpty()) {
        tell("Nothing is left to run. Reject the review, or edit again.");
      } else {
        change(statements, "edited");
      }
    }

    private void change(List<Generated> statements, String how) {
      if (statements.equals(current.statements())) {
        tell("Nothing has changed.");
        return;
      }
      String before = ReviewScreen.digest(current);
      current = request.statements().withStatements(statements);
      show();
      String after = ReviewScreen.digest(current);
      tell(how + ": digest " + before + " is now " + after + ". Approve it to run it.");
    }

    private void show(String which) {
      if (which.isEmpty()) {
        show();
        return;
      }
      int number = Selection.number(which);
      if (number < 1 || number > current.statements().size()) {
        tell("show takes a number from 1 to " + current.statements().size());
        return;
      }
      screen.print(shown.detail(number, current.statements().get(number - 1)));
    }

    private void help() {
      List<String> lines = new ArrayList<>();
      for (Verb verb : Verb.values()) {
        String usage = DisplayText.pad(verb.usage(), 18);
        lines.add("   " + usage + screen.theme().paint(Role.DIM, verb.does()));
      }
      screen.print(lines);
    }

    private void tell(String text) {
      screen.print("   " + screen.theme().paint(Role.HINT, DisplayText.line(text)));
    }
  }
}
