package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunControl;

/** Lets an operator decide in a session, at a shell. */
public final class StepControl implements RunControl {

  private final ReplSession session;
  private final Shell shell;

  public StepControl(ReplSession session, Shell shell) {
    this.session = session;
    this.shell = shell;
  }

  @Override
  public Decision decide(Request request) {
    ReplResponse response = session.begin(request);
    while (true) {
      shell.show(response.lines());
      Decision decision = response.decision();
      if (decision != null) {
        return decision;
      }
      response = session.answer(shell.read(response.prompt(), response.secret()));
    }
  }
}
