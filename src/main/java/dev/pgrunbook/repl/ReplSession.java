package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.OperatorActs;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.render.SqlText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run under the operator's hand: what the engine asks becomes a screen and a prompt, and what is
 * typed there an answer. Knows no terminal.
 */
public final class ReplSession {

  private final Look look;
  private final Standing standing;
  private final StepScreen screen;
  private final RequestScreen requests;
  private final GoingCommands going;
  private final ReviewCommands reviews;
  private final LookCommands looking;
  private final SqlCommands sql;
  private final Lookups lookups;
  private final LockLookups locks;
  private final Probes probes;
  private final UndoCommand undoing;
  private final Suggestions suggestions;
  private Reaction.@Nullable Question question;
  private String begun = "";
  private boolean opening;

  /**
   * @param plan what runs
   * @param acts what the operator may do beside it
   * @param desk shows and edits generated statements
   * @param look how responses are written
   * @param stepping whether it stops before every step; otherwise only where it is needed
   * @param shared whether other people can answer from elsewhere while it asks
   */
  public ReplSession(
      Plan plan, OperatorActs acts, ReviewDesk desk, Look look, boolean stepping, boolean shared) {
    this.look = look;
    this.standing = new Standing(plan, acts);
    standing.stepping = stepping;
    standing.shared = shared;
    this.opening = stepping;
    StatementScreen statements = new StatementScreen(look, standing);
    this.screen = new StepScreen(look, standing, statements);
    this.going = new GoingCommands(standing, screen);
    this.reviews = new ReviewCommands(standing, screen, desk);
    this.requests = new RequestScreen(look, standing, screen, statements, reviews);
    this.looking = new LookCommands(look, standing, screen, statements);
    this.sql = new SqlCommands(look, standing, screen, statements);
    this.lookups = new Lookups(look, standing, screen);
    this.locks = new LockLookups(look, standing, screen);
    this.probes = new Probes(look, standing, screen);
    this.undoing = new UndoCommand(standing, screen, statements);
    this.suggestions = new Suggestions(standing);
  }

  /**
   * Returns whether every step begins by itself, so that nobody has to be asked before one; may be
   * asked from any thread, while another question is open.
   */
  public boolean passesSteps() {
    return standing.passesSteps();
  }

  /** Takes in what the engine asks. */
  public ReplResponse begin(Request request) {
    standing.take(request);
    question = null;
    if (!(request instanceof Request.BeforeStep before)) {
      return respond(opened(requests.lines(request)));
    }
    if (standing.isToldAlready(before)) {
      return new ReplResponse(List.of(), "", false, new Decision.Proceed());
    }
    String stop = stop(before);
    if (stop == null && !standing.stepping && !standing.holding) {
      return new ReplResponse(List.of(), "", false, new Decision.Proceed());
    }
    standing.stepping = true;
    standing.holding = false;
    standing.until = null;
    List<String> lines = new ArrayList<>();
    if (stop != null) {
      lines.add("");
      lines.addAll(screen.asides(stop));
    }
    lines.addAll(requests.lines(request));
    return respond(opened(lines));
  }

  /** What a run begins with ends with an empty line already. */
  private List<String> opened(List<String> lines) {
    boolean twice = opening && !lines.isEmpty() && lines.get(0).isEmpty();
    opening = false;
    return twice ? lines.subList(1, lines.size()) : lines;
  }

  private @Nullable String stop(Request.BeforeStep before) {
    return before.step().id().equals(standing.until)
        ? "stopped before " + before.address()
        : standing.breakpoints().hit(before);
  }

  /** Answers what the operator did. */
  public ReplResponse answer(ReplRequest request) {
    Reaction.Question asked = question;
    question = null;
    if (request instanceof ReplRequest.Line line) {
      return asked == null
          ? react(obey(line.text()))
          : react(asked.then().apply(line.text().strip()));
    } else if (request instanceof ReplRequest.End end) {
      return end.last() ? react(going.quit()) : react(leaving());
    } else if (request instanceof ReplRequest.BrokenOff broken) {
      begun = broken.begun().strip();
    }
    return respond(List.of());
  }

  private Reaction leaving() {
    return Reaction.ask(
        List.of(),
        "   Leave? The run pauses, and resume goes on here. [y/N] ",
        typed -> RunQuestion.isYes(typed) ? going.quit() : Reaction.say(List.of()));
  }

  private ReplResponse react(Reaction reaction) {
    question = reaction.question();
    Decision decision = reaction.decision();
    if (decision != null) {
      // Neither says that a step is to run.
      standing.holding =
          decision instanceof Decision.SetVariable || decision instanceof Decision.Undo;
      return new ReplResponse(reaction.lines(), "", false, decision);
    }
    return respond(reaction.lines());
  }

  private ReplResponse respond(List<String> lines) {
    Reaction.Question asked = question;
    if (asked != null) {
      return new ReplResponse(lines, asked.prompt(), asked.secret(), null);
    }
    return new ReplResponse(lines, requests.prompt(), false, null);
  }

  private Reaction obey(String text) {
    Reaction answered = reviews.typed(text.strip());
    if (answered != null) {
      return answered;
    }
    Typed typed = Typed.parse(text);
    if (typed instanceof Typed.Command command) {
      return obey(command.verb(), command.rest());
    }
    if (!(typed instanceof Typed.Unknown unknown)) {
      return Reaction.say(List.of());
    }
    String wanted = standing.request() instanceof Request.Gate gate ? gate.type() : null;
    return Reaction.say(
        screen.asides(
            wanted == null
                ? unknown.sentence()
                : "that is not it: type " + wanted + " to go on, or reject"));
  }

  private Reaction obey(Verb verb, String rest) {
    return switch (verb) {
      case NEXT -> going.next();
      case RUN -> going.run();
      case UNTIL -> going.until(rest);
      case SKIP -> going.skip(rest);
      case DONE -> going.done(rest);
      case RETRY -> going.retry(rest);
      case UNDO -> undoing.undo(rest);
      case FAIL -> going.fail();
      case BREAK -> going.breakpoint(rest);
      case UNBREAK -> going.unbreak(rest);
      case QUIT -> going.quit();
      case APPROVE -> reviews.approve(rest);
      case REJECT -> reviews.reject(rest);
      case PICK -> reviews.pick(rest);
      case EDIT -> reviews.edit();
      case ORIGINAL -> reviews.original();
      case LIST -> looking.list();
      case SHOW -> show(rest);
      case PLAN -> looking.plan();
      case VARS -> looking.vars(rest);
      case SET -> looking.set(rest);
      case NOTE -> looking.note(rest);
      case SQL -> sql.read(rest);
      case WRITE -> sql.write(rest);
      case EXPLAIN -> sql.explain(rest);
      case USE -> sql.use(rest);
      case PROBE -> probes.probe(rest);
      case WATCH -> probes.watch(rest);
      case BLOCKERS -> locks.blockers();
      case DESCRIBE -> lookups.describe(rest);
      case INDEXES -> lookups.indexes(rest);
      case EXPANDED -> expanded(rest);
      case TIMING -> timing(rest);
      case HELP -> looking.help(rest);
    };
  }

  private Reaction show(String which) {
    if (which.isEmpty()) {
      return Reaction.say(requests.lines(standing.request()));
    }
    Reaction statement =
        standing.request() instanceof Request.Review review ? reviews.show(review, which) : null;
    return statement == null ? looking.show(which) : statement;
  }

  private Reaction expanded(String how) {
    standing.expanded = how.isEmpty() ? !standing.expanded : how.equals("on");
    String text = standing.expanded ? "one value a line" : "tables where they fit";
    return Reaction.say(screen.asides("rows are shown as " + text));
  }

  private Reaction timing(String how) {
    standing.timing = how.isEmpty() ? !standing.timing : how.equals("on");
    return Reaction.say(screen.asides("timing is " + (standing.timing ? "on" : "off")));
  }

  /** Returns what somebody elsewhere has answered, and what the operator had typed until then. */
  List<String> answeredElsewhere(Decision decision) {
    String what = "answered from elsewhere";
    if (decision instanceof Decision.Approve yes) {
      what = "approved by " + yes.by() + ", from elsewhere";
    } else if (decision instanceof Decision.Reject no) {
      what = "rejected by " + no.by() + ", from elsewhere";
    }
    List<String> lines = new ArrayList<>(screen.asides(what));
    if (!begun.isEmpty()) {
      lines.addAll(screen.asides("what you had begun to type was not run: " + masked(begun)));
      begun = "";
    }
    return lines;
  }

  /** Returns what the watched probe sees now; nothing while something else has to be answered. */
  List<String> watched() {
    return question == null ? probes.seen() : List.of();
  }

  /** Keeps telling what the watched probe sees until closed; null when nothing is watched. */
  Probes.@Nullable Watching watch(Meanwhile meanwhile) {
    return question == null ? probes.watch(meanwhile) : null;
  }

  /** Returns whether a text can be answered as it is; SQL goes on to its semicolon. */
  public boolean isComplete(String text) {
    return question != null || Typed.isComplete(text);
  }

  /** Returns every word that a text may be completed to. */
  public List<Suggestion> suggestions(String text) {
    return question == null ? suggestions.of(text) : List.of();
  }

  /** Returns the offset at which the word begins that a text ends with. */
  public static int wordStart(String text) {
    return Suggestions.wordStart(text);
  }

  /** Returns a text as it may be kept in a history: without secrets. */
  public String masked(String text) {
    return standing.acts().masked(text);
  }

  /** Returns what is being typed with its words told apart, every character in its place. */
  public String highlighted(String text) {
    boolean sqlTyped =
        question == null
            && Typed.parse(text) instanceof Typed.Command command
            && command.verb().takesSql();
    return sqlTyped ? new SqlText(look.theme()).painted(text) : text;
  }
}
