package dev.pgrunbook.engine;

import dev.pgrunbook.database.ReadOnlySession;
import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.SessionSettings;
import dev.pgrunbook.database.StatementOutcome;
import dev.pgrunbook.engine.OperatorActs.Outcome;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.plan.ExpandedStatement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Queries beside an operator at a prompt: for one other thread, in sessions that cannot write, each
 * for a moment. Closed, it leaves nothing running on a server.
 */
public final class Glance implements AutoCloseable {

  private static final Duration STATEMENT = Duration.ofSeconds(5);
  private static final Duration LOCK = Duration.ofSeconds(1);

  private final RunContext context;
  private final SessionSettings settings;
  private final OutcomeReader outcomes;
  private @Nullable ReadOnlySession running;
  private boolean closed;

  /**
   * @param settings of its sessions, but for how long a query may take
   */
  Glance(RunContext context, SessionSettings settings) {
    this.context = context;
    this.settings = settings.withTimeouts(STATEMENT, LOCK);
    this.outcomes = new OutcomeReader(context);
  }

  /** Runs a query. */
  public Outcome query(StepAddress at, String role, ExpandedStatement statement, int maxRows) {
    return outcomes.of(
        at,
        List.of(statement),
        () -> {
          try (ReadOnlySession session =
              context.target(role).database().readOnlySession(settings)) {
            Rows rows = begins(session) ? session.query(statement.sql(), maxRows) : null;
            return rows == null
                ? List.of()
                : List.of(new StatementOutcome("SELECT", rows.size(), rows, List.of()));
          } finally {
            ends();
          }
        });
  }

  private synchronized boolean begins(ReadOnlySession session) {
    running = session;
    return !closed;
  }

  private synchronized void ends() {
    running = null;
  }

  @Override
  public void close() {
    ReadOnlySession late;
    synchronized (this) {
      closed = true;
      late = running;
    }
    if (late != null) {
      late.cancel();
    }
  }
}
