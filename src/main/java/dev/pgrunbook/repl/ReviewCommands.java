package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.GeneratedStatements;
import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.sql.TransactionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The commands that answer reviews and gates. */
final class ReviewCommands {

  private static final int DIGEST = 12;

  private final Standing standing;
  private final StepScreen screen;
  private final ReviewDesk desk;

  ReviewCommands(Standing standing, StepScreen screen, ReviewDesk desk) {
    this.standing = standing;
    this.screen = screen;
    this.desk = desk;
  }

  Reaction approve(String comment) {
    Request request = standing.request();
    if (request instanceof Request.Review review) {
      return approve(review, comment);
    } else if (request instanceof Request.Gate gate) {
      return approve(gate, comment);
    }
    return notAsked(Verb.APPROVE);
  }

  private Reaction approve(Request.Review review, String comment) {
    GeneratedStatements chosen = chosen(review);
    String obstacle = obstacle(review, chosen);
    if (obstacle != null) {
      return say(obstacle);
    }
    boolean same = chosen.statements().equals(review.statements().statements());
    return Reaction.decide(new Decision.Approve(operator(), orNull(comment), same ? null : chosen));
  }

  private Reaction approve(Request.Gate gate, String comment) {
    if (gate.approvals() > 1) {
      return say(
          "it takes "
              + gate.approvals()
              + " other people: each types pgrunbook approve "
              + standing.state().run()
              + " "
              + gate.address()
              + (standing.shared
                  ? " at another terminal, and the run goes on"
                  : " once you have left with quit"));
    }
    if (gate.type() != null) {
      return say("it takes the text itself: type " + gate.type());
    }
    return Reaction.decide(new Decision.Approve(operator(), orNull(comment), null));
  }

  /** Takes what has to be typed for a gate, or a plain yes or no; null when it is neither. */
  @Nullable Reaction typed(String line) {
    if (!(standing.request() instanceof Request.Gate gate) || gate.approvals() > 1) {
      return null;
    }
    if (gate.type() != null) {
      return line.equals(gate.type().strip())
          ? Reaction.decide(
              new Decision.Approve(operator(), "typed " + DisplayText.line(gate.type()), null))
          : null;
    }
    if (gate.kind() == GateKind.CONFIRM && line.equalsIgnoreCase("y")) {
      return approve(gate, "");
    }
    boolean no = line.equalsIgnoreCase("n") || line.equalsIgnoreCase("no");
    if (gate.kind() == GateKind.CONFIRM && no) {
      return reject("");
    }
    return gate.kind() == GateKind.CONFIRM && RunQuestion.isYes(line) ? approve(gate, "") : null;
  }

  Reaction reject(String comment) {
    Request request = standing.request();
    return request instanceof Request.Review || request instanceof Request.Gate
        ? Reaction.decide(new Decision.Reject(operator(), orNull(comment)))
        : notAsked(Verb.REJECT);
  }

  Reaction pick(String selection) {
    if (!(standing.request() instanceof Request.Review review)) {
      return notAsked(Verb.PICK);
    }
    List<Generated> all = chosen(review).statements();
    List<Integer> numbers = numbers(selection, all.size());
    if (numbers.isEmpty()) {
      return say("pick takes numbers from 1 to " + all.size() + ", such as: pick 1,3-5");
    }
    List<Generated> picked = new ArrayList<>();
    numbers.forEach(number -> picked.add(all.get(number - 1)));
    return change(review, picked, "picked " + picked.size() + " of " + all.size());
  }

  /** Returns the numbers of a selection such as 1,3-5; none when it is no selection. */
  static List<Integer> numbers(String text, int count) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (String part : text.strip().split("[,\\s]+", -1)) {
      if (!part.matches("[0-9]{1,6}(-[0-9]{1,6})?")) {
        return List.of();
      }
      int dash = part.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
      if (first < 1 || last < first || last > count) {
        return List.of();
      }
      for (int i = first; i <= last; i++) {
        numbers.add(i);
      }
    }
    return new ArrayList<>(numbers);
  }

  Reaction edit() {
    if (!(standing.request() instanceof Request.Review review)) {
      return notAsked(Verb.EDIT);
    }
    Validated<List<Generated>> edited =
        desk.edit(review.address().toString(), chosen(review).statements());
    List<Generated> statements = edited.orNull();
    if (statements == null) {
      return say(edited.diagnostics().get(0).message());
    }
    return statements.isEmpty()
        ? say("nothing is left to run: reject the review, or edit again")
        : change(review, statements, "edited");
  }

  Reaction original() {
    return standing.request() instanceof Request.Review review
        ? change(review, review.statements().statements(), "as generated")
        : notAsked(Verb.ORIGINAL);
  }

  private Reaction change(Request.Review review, List<Generated> statements, String how) {
    GeneratedStatements before = chosen(review);
    if (statements.equals(before.statements())) {
      return say("nothing has changed");
    }
    GeneratedStatements after = review.statements().withStatements(statements);
    standing.choose(after);
    List<String> lines = new ArrayList<>(show(review));
    lines.add(
        lines.size() - 1,
        screen.aside(
            how
                + ": digest "
                + digest(before)
                + " is now "
                + digest(after)
                + "; approve it to run it"));
    return Reaction.say(lines);
  }

  private static String digest(GeneratedStatements statements) {
    return statements.digest().substring(0, DIGEST);
  }

  /** Returns everything under review. */
  List<String> show(Request.Review review) {
    List<String> lines =
        new ArrayList<>(screen.headline("REVIEW", review.address(), review.step()));
    lines.addAll(desk.statements(review, chosen(review)));
    lines.add("");
    lines.addAll(screen.asides(GoingCommands.answers(review)));
    return lines;
  }

  /** Shows one statement whole; null when the text is no number. */
  @Nullable Reaction show(Request.Review review, String which) {
    List<Integer> numbers = numbers(which, chosen(review).statements().size());
    if (numbers.size() != 1) {
      return null;
    }
    int number = numbers.get(0);
    Generated statement = chosen(review).statements().get(number - 1);
    return Reaction.say(desk.statement(review, number, statement));
  }

  /** Returns why these statements cannot run, or null; generated ones have been looked at. */
  private static @Nullable String obstacle(Request.Review review, GeneratedStatements chosen) {
    int number = 0;
    for (Generated statement : chosen.statements()) {
      number++;
      TransactionRule rule = statement.analysis().transactionRule();
      if (rule == TransactionRule.CONTROL) {
        return "statement " + number + " controls transactions, which is the step's business";
      }
      boolean single =
          review.step() instanceof GenerateStep step && step.transaction() != TransactionMode.NONE;
      if (rule == TransactionRule.BARRED && single) {
        return "statement "
            + number
            + " cannot run inside a transaction block, and the step does not say `transaction:"
            + " none`";
      }
    }
    return null;
  }

  private GeneratedStatements chosen(Request.Review review) {
    GeneratedStatements chosen = standing.chosen();
    return chosen == null ? review.statements() : chosen;
  }

  private Reaction notAsked(Verb verb) {
    String fits =
        switch (verb) {
          case APPROVE, REJECT -> "a review or a gate";
          default -> "a review of generated statements";
        };
    return say(
        verb.word()
            + " answers "
            + fits
            + "; here it takes "
            + GoingCommands.answers(standing.request()));
  }

  private static @Nullable String orNull(String comment) {
    return comment.isEmpty() ? null : comment;
  }

  private String operator() {
    return standing.acts().operator();
  }

  private Reaction say(String sentence) {
    return Reaction.say(screen.asides(sentence));
  }
}
