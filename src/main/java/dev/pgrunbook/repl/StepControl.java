package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunControl;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets an operator decide in a session, at a shell, unless somebody elsewhere has. */
public final class StepControl implements RunControl {

  /** Sooner than anybody wonders whether an answer has come through. */
  private static final Duration LOOK = Duration.ofMillis(500);

  private final ReplSession session;
  private final Shell shell;
  private final @Nullable Function<Request, @Nullable Decision> elsewhere;

  /**
   * @param elsewhere returns what somebody has answered from another terminal, or null; asked
   *     before every prompt and while it waits. Null where nobody can
   */
  public StepControl(
      ReplSession session, Shell shell, @Nullable Function<Request, @Nullable Decision> elsewhere) {
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
      Decision given = elsewhere == null ? null : elsewhere.apply(request);
      if (given != null) {
        shell.show(session.answeredElsewhere(given));
        return given;
      }
      response = session.answer(read(request, response));
    }
  }

  private ReplRequest read(Request request, ReplResponse response) {
    Meanwhile meanwhile = new Meanwhile();
    if (!shell.isLive()) {
      shell.show(session.watched());
    }
    try (Probes.Watching watch = shell.isLive() ? session.watch(meanwhile) : null;
        Beside answers = answers(request, meanwhile)) {
      return shell.read(response.prompt(), response.secret(), meanwhile);
    }
  }

  private @Nullable Beside answers(Request request, Meanwhile meanwhile) {
    Function<Request, @Nullable Decision> others = elsewhere;
    return others == null
        ? null
        : Beside.after(
            LOOK,
            "answers",
            () -> {
              if (others.apply(request) != null) {
                meanwhile.end();
              }
            });
  }
}
