package dev.pgrunbook.inspect;

import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.SessionSettings;
import dev.pgrunbook.database.Snapshot;
import dev.pgrunbook.database.StatementFailure;
import dev.pgrunbook.inspect.Judge.Verdict;
import dev.pgrunbook.inspect.effects.CatalogReader;
import dev.pgrunbook.inspect.effects.ConnectedEffects;
import dev.pgrunbook.inspect.effects.RowEstimate;
import dev.pgrunbook.model.TargetRole;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.plan.Facts.Examination;
import dev.pgrunbook.plan.Facts.Reading;
import dev.pgrunbook.plan.Finding;
import dev.pgrunbook.plan.PlannedTarget;
import dev.pgrunbook.plan.ResultRows;
import dev.pgrunbook.plan.RunScope;
import dev.pgrunbook.plan.StatementFacts;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.sql.TouchedRows;
import dev.pgrunbook.value.Value;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One database of a plan: a moment of it, and the judge of what may be asked there. */
final class TargetInspection implements AutoCloseable {

  private static final BoundSql ABOUT =
      BoundSql.of(
          """
          SELECT current_setting('server_version'), pg_is_in_recovery()""");

  private static final String TIMED_OUT = "57014";

  /** What may be created by a statement before: relations, columns, functions, schemas, types. */
  private static final Set<String> UNDEFINED =
      Set.of("42P01", "42703", "42883", "42704", "3F000", "42P02", "3D000", "26000", "34000");

  private static final String TOOK_TOO_LONG = "its catalogs did not answer in time";

  private static final String NOT_CHECKED = "not-checked";

  private final TargetRole role;
  private final Database database;
  private final Snapshot snapshot;
  private final Judge judge;
  private final CatalogReader catalog;
  private final Limits limits;
  private @Nullable String unread;

  private TargetInspection(TargetRole role, Database database, Snapshot snapshot, Limits limits) {
    this.role = role;
    this.database = database;
    this.snapshot = snapshot;
    this.judge = new Judge(new Catalog(snapshot));
    this.catalog = new CatalogReader(new JudgedSession(snapshot, judge));
    this.limits = limits;
  }

  static TargetInspection open(
      TargetRole role, Database database, SessionSettings settings, Limits limits, PlanStop stop) {
    stop.check();
    Snapshot snapshot = new StoppableSnapshot(database.snapshot(settings), stop);
    return new TargetInspection(role, database, snapshot, limits);
  }

  PlannedTarget target() {
    List<Value> about = snapshot.ask(ABOUT).rows().get(0);
    return new PlannedTarget(
        role.role(),
        role.description(),
        database.settings().name(),
        database.settings().display(),
        about.get(0).display(),
        about.get(1).equals(Value.bool(true)),
        database.settings().isProtected(),
        role.readOnly());
  }

  Reading read(ExpandedStatement statement, RunScope scope, int maxRows) {
    Verdict verdict = judge.judge(statement.sql().text());
    if (verdict.objection() != null) {
      return new Reading.NotRun(verdict.objection());
    }
    try {
      Rows rows = snapshot.query(statement.sql(), scope.settings(), maxRows);
      List<String> columns = rows.columns().stream().map(Rows.Column::name).toList();
      return new Reading.Read(
          new ResultRows(columns, rows.rows(), rows.truncated()), verdict.relations());
    } catch (StatementFailure failure) {
      return new Reading.Refused(
          failure.sqlState().equals(TIMED_OUT) ? tookTooLong() : refused(failure, statement));
    }
  }

  private Finding tookTooLong() {
    String limit = limits.statement().toSeconds() + " seconds that planning waits";
    return Finding.warning("takes-too-long", "it takes longer than the " + limit);
  }

  Examination examine(ExpandedStatement statement) {
    String objection = judge.objectionToParsing(statement.sql().text());
    if (objection != null) {
      return new Examination(
          StatementFacts.NONE,
          List.of(
              Finding.note(
                  NOT_CHECKED, "the server was not asked to check it, because " + objection)));
    }
    try {
      snapshot.describe(statement.sql());
      return Examination.NOTHING;
    } catch (StatementFailure failure) {
      return new Examination(StatementFacts.NONE, List.of(refused(failure, statement)));
    }
  }

  /** What cannot be read now cannot be read later either, and is left out there. */
  void expect(List<StatementEffects> effects) {
    try {
      catalog.facts(effects);
    } catch (StatementFailure | JudgedSession.NotAsked unreadable) {
      // Each statement is said what its text tells.
    }
  }

  /** Where the catalogs cannot be read, what the text tells is all there is. */
  StatementEffects refine(ExpandedStatement statement, StatementEffects effects) {
    try {
      unread = null;
      return ConnectedEffects.of(
          effects, catalog.facts(List.of(effects)), touchedRows(statement.display()));
    } catch (StatementFailure failure) {
      unread = failure.sqlState().equals(TIMED_OUT) ? TOOK_TOO_LONG : failure.getMessage();
      return effects;
    } catch (JudgedSession.NotAsked objection) {
      unread = "the catalogs were not asked, because " + objection.getMessage();
      return effects;
    }
  }

  @Nullable String unread() {
    return unread;
  }

  /** The planner is asked about a query that the judge lets pass, never about the change itself. */
  private @Nullable Long touchedRows(String statement) {
    String query = TouchedRows.query(statement);
    if (query == null || judge.judge(query).objection() != null) {
      return null;
    }
    try {
      return RowEstimate.rows(snapshot.query(RowEstimate.question(query), 1));
    } catch (StatementFailure noEstimate) {
      return null;
    }
  }

  /** The place that the server names is one of the text that it got; the shown one has values. */
  private Finding refused(StatementFailure failure, ExpandedStatement statement) {
    String code = UNDEFINED.contains(failure.sqlState()) ? "undefined-object" : "statement-refused";
    Integer position = failure.report().position();
    if (position != null && !statement.sql().text().equals(statement.display())) {
      position = positionInDisplay(failure, statement);
    }
    String message = failure.getMessage();
    if (failure.sqlState().equals("55P03")) {
      return Finding.note(
          NOT_CHECKED, "the server could not check it while another session holds a lock");
    }
    return Finding.error(code, message).withHint(failure.hint()).at(position);
  }

  private @Nullable Integer positionInDisplay(
      StatementFailure failure, ExpandedStatement statement) {
    try {
      snapshot.describe(BoundSql.of(statement.display()));
      return null;
    } catch (StatementFailure again) {
      return again.sqlState().equals(failure.sqlState()) ? again.report().position() : null;
    }
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
