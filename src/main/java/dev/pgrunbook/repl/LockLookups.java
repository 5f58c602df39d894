package dev.pgrunbook.repl;

import dev.pgrunbook.engine.OperatorActs.Outcome;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.sql.LockMode;
import dev.pgrunbook.sql.RelationLock;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who waits for whom on the current target, and whom the step at hand would wait for. */
final class LockLookups {

  private static final String BLOCKERS =
      """
      SELECT w.pid AS waits, w.usename AS "user",
        pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() - w.query_start) AS for,
        b.pid AS "blocked by", b.usename AS "whose user", b.state,
        pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() - b.xact_start) AS open,
        pg_catalog.left(pg_catalog.regexp_replace(w.query, '\\s+', ' ', 'g'), 60) AS query,
        pg_catalog.left(pg_catalog.regexp_replace(b.query, '\\s+', ' ', 'g'), 60) AS "its query"
      FROM pg_catalog.pg_stat_activity AS w
      CROSS JOIN LATERAL pg_catalog.unnest(pg_catalog.pg_blocking_pids(w.pid)) AS p(pid)
      JOIN pg_catalog.pg_stat_activity AS b ON b.pid = p.pid
      ORDER BY w.query_start, w.pid""";

  /** After a lock timeout nobody waits any more, but who was waited for is still there. */
  private static final String HOLDERS =
      """
      SELECT DISTINCT l.relation::regclass AS relation, l.mode, a.pid, a.usename AS "user",
        a.application_name AS application, a.state,
        pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() - a.xact_start) AS open,
        pg_catalog.left(pg_catalog.regexp_replace(a.query, '\\s+', ' ', 'g'), 60) AS query
      FROM ROWS FROM (pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[]))
        AS wanted (name, mode)
      JOIN pg_catalog.pg_locks AS l ON l.relation = pg_catalog.to_regclass(wanted.name)
        AND l.mode = wanted.mode
      JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
      WHERE l.locktype = 'relation' AND l.granted AND a.pid <> pg_catalog.pg_backend_pid()
        AND a.datname = pg_catalog.current_database()
      ORDER BY a.pid, 1, 2""";

  private final Standing standing;
  private final StepScreen screen;
  private final CatalogQuestions questions;

  LockLookups(Look look, Standing standing, StepScreen screen) {
    this.standing = standing;
    this.screen = screen;
    this.questions = new CatalogQuestions(look, standing, screen);
  }

  /** Lists who waits for whom, and who holds what the step at hand would wait for. */
  Reaction blockers() {
    Outcome waiting = questions.ask(BLOCKERS, List.of());
    List<String> lines = new ArrayList<>();
    if (isNobody(waiting)) {
      lines.addAll(screen.asides("nobody waits for a lock on this server"));
    } else {
      lines.addAll(questions.told(waiting));
    }
    if (waiting instanceof Outcome.Answered) {
      lines.addAll(holders());
    }
    return Reaction.say(lines);
  }

  private List<String> holders() {
    List<Value> names = new ArrayList<>();
    List<Value> modes = new ArrayList<>();
    for (RelationLock lock : wanted()) {
      for (LockMode other : LockMode.of(lock).conflicts()) {
        names.add(Value.text(lock.relation()));
        modes.add(Value.text(other.catalogName()));
      }
    }
    if (names.isEmpty()) {
      return List.of();
    }
    Outcome holders =
        questions.ask(
            HOLDERS,
            List.of(
                new BoundValue("text[]", new ListValue(names)),
                new BoundValue("text[]", new ListValue(modes))));
    String step = standing.request().address().toString();
    if (isNobody(holders)) {
      return screen.asides("nobody holds a lock now that " + step + " would wait for");
    }
    List<String> lines = new ArrayList<>();
    lines.addAll(screen.asides("who holds locks that " + step + " would wait for:"));
    lines.addAll(questions.told(holders));
    return lines;
  }

  /** Returns the locks that the step at hand takes, on the target that is asked. */
  private List<RelationLock> wanted() {
    Request request = standing.request();
    String own = Standing.executionTarget(request.step());
    if (own == null || !own.equals(standing.role())) {
      return List.of();
    }
    List<RelationLock> locks = new ArrayList<>();
    if (request instanceof Request.BeforeStep before) {
      before.statements().forEach(one -> locks.addAll(one.analysis().locks()));
    } else if (request instanceof Request.AfterFailure failure && failure.refused() != null) {
      locks.addAll(StatementAnalysis.of(failure.refused().sql()).locks());
    }
    return locks;
  }

  private static boolean isNobody(@Nullable Outcome outcome) {
    return outcome instanceof Outcome.Answered answered
        && answered.statements().stream().allMatch(one -> one.count() == 0);
  }
}
