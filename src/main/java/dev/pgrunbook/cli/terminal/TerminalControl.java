package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.cli.terminal.Interruption.AnsweredElsewhere;
import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunControl;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Theme.Role;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks a person at the terminal, one thing after the other. Ctrl-C, and Ctrl-D twice, pause the
 * run.
 */
public final class TerminalControl implements RunControl {

  private final Screen screen;
  private final String operator;
  private final Set<String> protectedConnections;
  private final Map<String, String> environment;
  private final @Nullable Elsewhere elsewhere;
  private final RunName run;
  private final Object asking = new Object();

  /** Whoever has paused the run is not asked about what ran beside it. */
  private boolean leaving;

  /**
   * Takes what questions need.
   *
   * @param operator who answers
   * @param protectedConnections the names of connections to point out in a review
   * @param environment names the editor
   * @param elsewhere where other people may answer meanwhile, or null
   * @param run what is asked about
   */
  public TerminalControl(
      Screen screen,
      String operator,
      Set<String> protectedConnections,
      Map<String, String> environment,
      @Nullable Elsewhere elsewhere,
      RunName run) {
    this.screen = screen;
    this.operator = operator;
    this.protectedConnections = Set.copyOf(protectedConnections);
    this.environment = environment;
    this.elsewhere = elsewhere;
    this.run = run;
  }

  @Override
  public Decision decide(Request request) {
    if (request instanceof Request.BeforeStep) {
      return new Decision.Proceed();
    } else if (request instanceof Request.AfterFailure) {
      return new Decision.Fail();
    }
    synchronized (asking) {
      return leaving ? new Decision.Pause() : converse(request);
    }
  }

  private Decision converse(Request request) {
    Decision decision = answered(request);
    boolean forOthers = request instanceof Request.Gate gate && gate.approvals() > 1;
    leaving = decision instanceof Decision.Pause && !forOthers;
    return decision;
  }

  private Decision answered(Request request) {
    Interruption interruption = new Interruption();
    if (elsewhere == null) {
      return screen.converse(interruption, prompt -> ask(request, prompt));
    }
    try (AnswerWatch watch = new AnswerWatch(elsewhere, request, interruption)) {
      return screen.converse(interruption, prompt -> ask(request, prompt));
    } catch (AnsweredElsewhere come) {
      Decision decision = Objects.requireNonNull(interruption.decision());
      screen.print("   " + screen.theme().paint(Role.HINT, told(decision)));
      return decision;
    }
  }

  private static String told(Decision decision) {
    if (decision instanceof Decision.Approve yes) {
      return DisplayText.line("approved by " + yes.by() + ", from elsewhere");
    } else if (decision instanceof Decision.Reject no) {
      return DisplayText.line("rejected by " + no.by() + ", from elsewhere");
    }
    throw new AssertionError(decision);
  }

  private Decision ask(Request request, Prompt prompt) {
    if (request instanceof Request.Review review) {
      boolean isProtected = protectedConnections.contains(review.target());
      StatementEditor editor = new StatementEditor(environment);
      return new ReviewDialog(screen, prompt, operator, editor).ask(review, isProtected);
    } else if (request instanceof Request.Gate gate) {
      return new GateDialog(screen, prompt, operator, elsewhere != null, run).ask(gate);
    } else if (request instanceof Request.Question question) {
      return new QuestionDialog(screen, prompt, operator).ask(question);
    } else if (request instanceof Request.InDoubt doubt) {
      return new InDoubtDialog(screen, prompt, operator).ask(doubt);
    }
    throw new AssertionError(request);
  }
}
