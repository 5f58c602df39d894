package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunControl;
import java.util.Map;
import java.util.Set;

/** Asks a person at the terminal. Ctrl-C, and Ctrl-D twice, pause the run. */
public final class TerminalControl implements RunControl {

  private final Screen screen;
  private final String operator;
  private final Set<String> protectedConnections;
  private final Map<String, String> environment;

  /**
   * Takes what questions need.
   *
   * @param operator who answers
   * @param protectedConnections the names of connections to point out in a review
   * @param environment names the editor
   */
  public TerminalControl(
      Screen screen,
      String operator,
      Set<String> protectedConnections,
      Map<String, String> environment) {
    this.screen = screen;
    this.operator = operator;
    this.protectedConnections = Set.copyOf(protectedConnections);
    this.environment = environment;
  }

  @Override
  public Decision decide(Request request) {
    if (request instanceof Request.BeforeStep) {
      return new Decision.Proceed();
    } else if (request instanceof Request.AfterFailure) {
      return new Decision.Fail();
    }
    return screen.converse(prompt -> ask(request, prompt));
  }

  private Decision ask(Request request, Prompt prompt) {
    if (request instanceof Request.Review review) {
      boolean isProtected = protectedConnections.contains(review.target());
      StatementEditor editor = new StatementEditor(environment);
      return new ReviewDialog(screen, prompt, operator, editor).ask(review, isProtected);
    } else if (request instanceof Request.Gate gate) {
      return new GateDialog(screen, prompt, operator).ask(gate);
    } else if (request instanceof Request.Question question) {
      return new QuestionDialog(screen, prompt, operator).ask(question);
    } else if (request instanceof Request.InDoubt doubt) {
      return new InDoubtDialog(screen, prompt, operator).ask(doubt);
    }
    throw new AssertionError(request);
  }
}
