package dev.pgrunbook.engine;

import dev.pgrunbook.database.ReadOnlySession;
import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.StatementFailure;
import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.model.RetryPolicy;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.SqlTemplate;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries that only read: they may be repeated, so a lost connection is no failure. */
final class ReadOnlyQueries {

  private final RunContext context;
  private final Sessions sessions;

  ReadOnlyQueries(RunContext context, Sessions sessions) {
    this.context = context;
    this.sessions = sessions;
  }

  /** Returns the rows of the only statement of a template, on the step's own target. */
  Rows rows(StepRun run, SqlTemplate template, int maxRows) {
    ExpandedStatement statement = context.expander().expandOne(template, run.scope());
    return rows(run, run.step().target(), statement.sql(), statement.display(), maxRows);
  }

  /** Returns whether a template's first row's first column is true; null and no row are false. */
  boolean isTrue(StepRun run, SqlTemplate template) {
    Value first = rows(run, template, 1).first();
    return first != null && first.equals(Value.bool(true));
  }

  /** Returns the rows of a query on a role's database. */
  Rows rows(StepRun run, @Nullable String role, BoundSql sql, String display, int maxRows) {
    RetryPolicy retry = run.header().retry();
    for (int tries = 1; ; tries++) {
      try {
        return sessions.reconnecting(run, () -> once(run, role, sql, maxRows));
      } catch (StatementFailure failure) {
        context.cancellation().heed();
        boolean again = Failures.isWorthRetrying(failure, retry, tries);
        ServerError error = Failures.serverError(failure, sql, display, List.of());
        context.record(new StatementFailed(run.address(), 0, display, error, again));
        if (!again || retry == null) {
          throw Failures.stepFailure(failure, run.header().timeout(), List.of(), display);
        }
        pauseBeforeRetry(run, retry.delayAfter(tries));
      }
    }
  }

  private void pauseBeforeRetry(StepRun run, Duration delay) {
    context.tell(listener -> listener.waiting(run.address(), delay, "before the next try"));
    context.cancellation().sleep(delay);
  }

  private Rows once(StepRun run, @Nullable String role, BoundSql sql, int maxRows) {
    try (ReadOnlySession session = sessions.reading(run, role)) {
      context.cancellation().running(session);
      try {
        context.cancellation().heed();
        return session.query(sql, maxRows);
      } finally {
        context.cancellation().running(null);
      }
    }
  }
}
