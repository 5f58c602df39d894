package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.GeneratedStatements;
import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.engine.OperatorActs;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.repl.ReviewDesk;
import dev.pgrunbook.source.Validated;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows a step-through session's reviews as those of any other run. */
public final class SessionDesk implements ReviewDesk {

  private final Screen screen;
  private final Set<String> protectedConnections;
  private final OperatorActs acts;
  private final StatementEditor editor;

  /**
   * @param protectedConnections the names of connections to point out
   * @param acts asks databases what statements would do
   * @param environment names the editor
   */
  public SessionDesk(
      Screen screen,
      Set<String> protectedConnections,
      OperatorActs acts,
      Map<String, String> environment) {
    this.screen = screen;
    this.acts = acts;
    this.protectedConnections = Set.copyOf(protectedConnections);
    this.editor = new StatementEditor(environment);
  }

  @Override
  public List<String> statements(Request.Review request, GeneratedStatements statements) {
    return shown(request).body(statements);
  }

  @Override
  public List<String> statement(Request.Review request, int number, Generated statement) {
    return shown(request).detail(number, statement);
  }

  private ReviewScreen shown(Request.Review request) {
    boolean isProtected = protectedConnections.contains(request.target());
    String role = request.step() instanceof GenerateStep step ? step.executionTarget() : null;
    return role == null
        ? new ReviewScreen(screen, request, isProtected)
        : new ReviewScreen(
            screen,
            request,
            isProtected,
            (told, statements) -> acts.foresee(role, told, statements));
  }

  @Override
  public Validated<List<Generated>> edit(String step, List<Generated> statements) {
    return editor.edit(step, statements);
  }
}
