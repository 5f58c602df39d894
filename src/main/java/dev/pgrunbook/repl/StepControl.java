package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunControl;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets an operator decide in a session, at a shell, unless somebody elsewhere has. */
public final class StepControl implements RunControl {

  private final ReplSession session;
  private final Shell shell;
  private final Function<Request, @Nullable Decision> elsewhere;

  /**
   * @param elsewhere returns what somebody has answered from another terminal, or null; asked
   *     before every prompt
   */
  public StepControl(
      ReplSession session, Shell shell, Function<Request, @Nullable Decision> elsewhere) {
    this.session = session;
    this.shell = shell;
    this.elsewhere = elsewhere;
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
      Decision given = elsewhere.apply(request);
      if (given != null) {
        shell.show(List.of(session.answeredElsewhere(given)));
        return given;
      }
      response = session.answer(shell.read(response.prompt(), response.secret()));
    }
  }
}
