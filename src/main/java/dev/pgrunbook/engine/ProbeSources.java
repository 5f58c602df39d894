package dev.pgrunbook.engine;

import dev.pgrunbook.database.CannotConnect;
import dev.pgrunbook.database.ConnectionLost;
import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.database.ReadOnlySession;
import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.StatementFailure;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.RowValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The databases that a probe polls, each through a session of its own that may get lost. */
final class ProbeSources implements AutoCloseable {

  private final ProbeStep step;
  private final StepRun run;
  private final Sessions sessions;
  private final Map<String, ExpandedStatement> statements = new LinkedHashMap<>();
  private final Map<String, ReadOnlySession> open = new HashMap<>();
  private final Map<String, Duration> awaySince = new HashMap<>();
  private Map<String, RowValue> rows = Map.of();

  ProbeSources(ProbeStep step, StepRun run, Sessions sessions) {
    this.step = step;
    this.run = run;
    this.sessions = sessions;
    step.sources()
        .forEach(
            (role, sql) ->
                statements.put(role, run.context().expander().expandOne(sql, run.scope())));
  }

  /** Polls every source; returns false when one of them is away just now. */
  boolean poll(Duration elapsed) {
    Map<String, RowValue> polled = new LinkedHashMap<>();
    for (Map.Entry<String, ExpandedStatement> source : statements.entrySet()) {
      RowValue row = pollOne(source.getKey(), source.getValue(), elapsed);
      if (row == null) {
        return false;
      }
      polled.put(source.getKey(), row);
    }
    rows = polled;
    return true;
  }

  private @Nullable RowValue pollOne(String role, ExpandedStatement statement, Duration elapsed) {
    try {
      RowValue row = single(role, query(role, statement));
      if (awaySince.remove(role) != null) {
        tell("the connection to " + role + " is back");
      }
      return row;
    } catch (ConnectionLost lost) {
      goneAway(role, lost, elapsed);
    } catch (CannotConnect absent) {
      if (!absent.reason().isTransient()) {
        throw new RunPause(PauseReason.ENVIRONMENT, Failures.sentence(absent));
      }
      goneAway(role, absent, elapsed);
    }
    return null;
  }

  private Rows query(String role, ExpandedStatement statement) {
    ReadOnlySession session = open.get(role);
    if (session == null) {
      session = sessions.reading(run, role);
      open.put(role, session);
    }
    run.context().cancellation().running(session);
    try {
      return session.query(statement.sql(), 2);
    } catch (StatementFailure failure) {
      run.context().cancellation().heed();
      throw refused(failure, statement);
    } finally {
      run.context().cancellation().running(null);
    }
  }

  private StepFailure refused(StatementFailure failure, ExpandedStatement statement) {
    run.context()
        .record(
            new StatementFailed(
                run.address(),
                0,
                statement.display(),
                Failures.serverError(failure, statement.sql(), statement.display(), List.of()),
                false));
    return Failures.stepFailure(failure, null, List.of(), statement.display());
  }

  /** With a timeout a probe waits that long for its databases; without, as long as other steps. */
  private void goneAway(String role, DatabaseFailure failure, Duration elapsed) {
    ReadOnlySession lost = open.remove(role);
    if (lost != null) {
      lost.close();
    }
    if (awaySince.putIfAbsent(role, elapsed) == null) {
      tell(failure.getMessage() + "; the probe goes on as soon as " + role + " is back");
    }
    Duration gone = elapsed.minus(awaySince.getOrDefault(role, elapsed));
    boolean crowded = failure instanceof CannotConnect absent && sessions.isCrowded(absent);
    boolean forGood = !crowded && gone.compareTo(run.context().options().reconnectFor()) > 0;
    if (step.header().timeout() == null && forGood) {
      throw new RunPause(PauseReason.ENVIRONMENT, Failures.sentence(failure));
    }
  }

  private void tell(String text) {
    run.context().tell(listener -> listener.notice(run.address(), text));
  }

  private static RowValue single(String role, Rows rows) {
    if (rows.size() > 1) {
      throw new StepFailure("the probe's source " + role + " returned more than one row");
    }
    if (rows.isEmpty()) {
      List<Value> nulls = rows.columns().stream().map(column -> Value.none()).toList();
      return SavedRows.toRow(rows.columns(), nulls);
    }
    return SavedRows.toRow(rows.columns(), rows.rows().get(0));
  }

  /**
   * Returns what names mean: each column that only one source has, and each role with its columns.
   */
  Map<String, Value> variables() {
    Map<String, Value> variables = new LinkedHashMap<>();
    columns().forEach((name, value) -> variables.put(name, value));
    rows.forEach(variables::put);
    return variables;
  }

  /** Returns every column; one that several sources have is named {@code role.column}. */
  Map<String, Value> columns() {
    Map<String, Integer> counts = new HashMap<>();
    rows.values()
        .forEach(row -> row.fields().keySet().forEach(name -> counts.merge(name, 1, Integer::sum)));
    Map<String, Value> columns = new LinkedHashMap<>();
    rows.forEach(
        (role, row) ->
            row.fields()
                .forEach(
                    (name, value) ->
                        columns.put(
                            counts.getOrDefault(name, 0) == 1 ? name : role + "." + name, value)));
    return columns;
  }

  /** Returns the last values in parentheses, for messages. */
  String describe() {
    StringBuilder text = new StringBuilder("(");
    columns()
        .forEach(
            (name, value) -> {
              text.append(text.length() > 1 ? ", " : "").append(name).append(" = ");
              text.append(value.isNull() ? "null" : value.display());
            });
    return text.append(')').toString();
  }

  @Override
  public void close() {
    open.values().forEach(ReadOnlySession::close);
  }
}
