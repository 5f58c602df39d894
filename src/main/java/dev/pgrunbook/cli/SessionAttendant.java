package dev.pgrunbook.cli;

import dev.pgrunbook.cli.terminal.Elsewhere;
import dev.pgrunbook.cli.terminal.Screen;
import dev.pgrunbook.cli.terminal.SessionDesk;
import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.OperatorActs;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunControl;
import dev.pgrunbook.engine.RunOptions;
import dev.pgrunbook.engine.TargetDatabase;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.repl.JLineShell;
import dev.pgrunbook.repl.Look;
import dev.pgrunbook.repl.ReplSession;
import dev.pgrunbook.repl.Shell;
import dev.pgrunbook.repl.StepControl;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An operator in a step-through session, at a terminal or behind a pipe. */
final class SessionAttendant implements Attendant {

  private final RunSetup setup;
  private final Screen screen;
  private final Set<String> guarded;
  private final boolean stepping;
  private final @Nullable Elsewhere elsewhere;

  /**
   * @param guarded the names of connections to point out in a review
   * @param stepping whether the session stops before every step
   * @param elsewhere where other people may answer meanwhile, or null
   */
  SessionAttendant(
      RunSetup setup,
      Screen screen,
      Set<String> guarded,
      boolean stepping,
      @Nullable Elsewhere elsewhere) {
    this.setup = setup;
    this.screen = screen;
    this.guarded = Set.copyOf(guarded);
    this.stepping = stepping;
    this.elsewhere = elsewhere;
  }

  @Override
  public RunControl control(
      Plan plan, Journal journal, Map<String, TargetDatabase> targets, RunOptions options) {
    Surroundings surroundings = setup.surroundings();
    OperatorActs acts = new OperatorActs(plan, journal, targets, options, setup.operator().user());
    SessionDesk desk = new SessionDesk(screen, guarded, acts, surroundings.environment());
    Look look = new Look(screen.theme(), screen.glyphs(), screen::columns);
    ReplSession session = new ReplSession(plan, acts, desk, look, stepping, elsewhere != null);
    Shell shell =
        Terminals.isInteractive()
            ? new JLineShell(
                surroundings.out(),
                session,
                setup.history(),
                pager(surroundings.environment()),
                !surroundings.environment().getOrDefault("TERM", "dumb").equals("dumb"),
                screen::resized)
            : new PipeShell(surroundings.in(), screen, session);
    RunControl control =
        new StepControl(session, shell, elsewhere == null ? null : elsewhere::answer);
    Object asking = new Object();
    return request -> {
      if (request instanceof Request.BeforeStep && session.passesSteps()) {
        // It does not wait for an answer about something that runs beside it.
        return new Decision.Proceed();
      }
      synchronized (asking) {
        return screen.aside(() -> control.decide(request));
      }
    };
  }

  /** As psql has it, with a pager that most systems have. */
  private static String pager(Map<String, String> environment) {
    String own = environment.getOrDefault("PSQL_PAGER", "");
    String usual = own.isBlank() ? environment.getOrDefault("PAGER", "") : own;
    return usual.isBlank() ? "less" : usual;
  }
}
