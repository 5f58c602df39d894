package dev.pgrunbook.engine;

import dev.pgrunbook.database.ApplicationName;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.ReadOnlySession;
import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.Session;
import dev.pgrunbook.database.SessionSettings;
import dev.pgrunbook.database.StatementFailure;
import dev.pgrunbook.database.StatementOutcome;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.RunEvent.OperatorNote;
import dev.pgrunbook.journal.RunEvent.OperatorSql;
import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.RunEvent.SqlProgress;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementResult;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.RunScope;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.sql.TransactionRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an operator does beside the steps while the run waits for a decision: looks at databases,
 * writes to them, notes something. Whatever leaves a trace is journaled, before it is done.
 *
 * <p>Used on the run's own thread, within {@link RunControl#decide}.
 */
public final class OperatorActs {

  /** How a session of the operator's own is named, where a step's carries the step's id. */
  private static final String PURPOSE = "operator";

  private final RunContext context;
  private final String operator;
  private final OutcomeReader outcomes;

  /**
   * Takes what the run is carried out with.
   *
   * @param operator who acts
   */
  public OperatorActs(
      Plan plan,
      Journal journal,
      Map<String, TargetDatabase> targets,
      RunOptions options,
      String operator) {
    this.context = new RunContext(plan, journal, request -> new Decision.Pause(), targets, options);
    this.operator = operator;
    this.outcomes = new OutcomeReader(context);
  }

  /** What became of statements. */
  public sealed interface Outcome {

    /** They were carried out; what each answered. */
    record Answered(List<StatementOutcome> statements, Duration took) implements Outcome {
      public Answered {
        statements = List.copyOf(statements);
      }
    }

    /** The server refused one of them, and none has had an effect. */
    record Refused(StatementFailed failure) implements Outcome {}

    /** The server could not be reached, or was lost; the sentence says what is known. */
    record Unreachable(String sentence) implements Outcome {}
  }

  /** Returns who acts. */
  public String operator() {
    return operator;
  }

  /** Returns where the run stands. */
  public RunState state() {
    return context.state();
  }

  /** Returns the database that plays a role. */
  public TargetDatabase target(String role) {
    return context.target(role);
  }

  /** Returns whether a statement has an effect that no transaction holds back. */
  public static boolean reachesBeyond(ExpandedStatement statement) {
    return LastingEffects.outlivesRollback(statement) || LastingEffects.locksSession(statement);
  }

  /** Returns a text without the run's secrets. */
  public String masked(String text) {
    return outcomes.masked(text);
  }

  /**
   * Runs a query in a session that cannot write.
   *
   * @param maxRows how many rows to take at most
   */
  public Outcome query(
      StepAddress at, String role, ExpandedStatement statement, RunScope scope, int maxRows) {
    return outcomes.of(
        at,
        List.of(statement),
        () -> {
          try (ReadOnlySession session =
              context.target(role).database().readOnlySession(settings(scope))) {
            return cancellable(
                session,
                () -> {
                  Rows rows = session.query(statement.sql(), maxRows);
                  return List.of(new StatementOutcome("SELECT", rows.size(), rows, List.of()));
                });
          }
        });
  }

  /** Returns what looks at databases while the operator is at a prompt. */
  public Glance glance(RunScope scope) {
    return new Glance(context, settings(scope));
  }

  /**
   * Runs statements in one transaction; one that cannot run in any, alone. What is about to be sent
   * is journaled first.
   */
  public Outcome write(
      StepAddress at,
      String role,
      List<ExpandedStatement> statements,
      RunScope scope,
      int maxRows) {
    String sql = text(statements);
    record(at, role, sql, SqlProgress.SENT, List.of(), null);
    Outcome outcome = outcomes.of(at, statements, () -> carryOut(role, statements, scope, maxRows));
    if (outcome instanceof Outcome.Answered answered) {
      List<StatementResult> results = new ArrayList<>();
      for (StatementOutcome one : answered.statements()) {
        results.add(new StatementResult(one.command(), one.count() < 0 ? null : one.count()));
      }
      record(at, role, sql, SqlProgress.DONE, results, null);
    } else if (outcome instanceof Outcome.Refused refused) {
      record(at, role, sql, SqlProgress.FAILED, List.of(), refused.failure().error());
    }
    return outcome;
  }

  private void record(
      StepAddress at,
      String role,
      String sql,
      SqlProgress progress,
      List<StatementResult> results,
      @Nullable ServerError error) {
    context.recordFinal(new OperatorSql(at, role, sql, operator, progress, results, error));
  }

  private String text(List<ExpandedStatement> statements) {
    StringBuilder text = new StringBuilder();
    for (ExpandedStatement statement : statements) {
      text.append(text.isEmpty() ? "" : "\n").append(masked(statement.display())).append(';');
    }
    return text.toString();
  }

  private List<StatementOutcome> carryOut(
      String role, List<ExpandedStatement> statements, RunScope scope, int maxRows) {
    Database database = context.target(role).database();
    try (Session session = database.session(settings(scope))) {
      return cancellable(session, () -> carryOut(session, statements, maxRows));
    }
  }

  private static List<StatementOutcome> carryOut(
      Session session, List<ExpandedStatement> statements, int maxRows) {
    boolean alone =
        statements.size() == 1
            && statements.get(0).analysis().transactionRule() == TransactionRule.BARRED;
    if (alone) {
      return List.of(session.executeAlone(statements.get(0).sql(), maxRows));
    }
    List<StatementOutcome> outcomes = new ArrayList<>();
    session.begin(null);
    for (ExpandedStatement statement : statements) {
      try {
        outcomes.add(session.execute(statement.sql(), maxRows));
      } catch (StatementFailure failure) {
        session.rollback();
        throw new OutcomeReader.RefusedStatement(statement, failure);
      }
    }
    session.commit();
    return outcomes;
  }

  private <T> T cancellable(ReadOnlySession session, Supplier<T> work) {
    context.cancellation().running(session);
    try {
      return work.get();
    } finally {
      context.cancellation().running(null);
      context.cancellation().forgetInterrupt();
    }
  }

  private SessionSettings settings(RunScope scope) {
    return SessionSettings.of(ApplicationName.of(context.run(), PURPOSE))
        .withVariables(scope.settings())
        .withSecrets(context.secrets());
  }

  /**
   * Returns what statements would do now, with what a database knows of what they name; after two
   * seconds, without what it has not told by then.
   *
   * @param told what their texts tell
   * @param statements their texts, values in place
   */
  public Foreseen foresee(String role, List<StatementEffects> told, List<String> statements) {
    return Foresight.of(context, role, told, statements);
  }

  /** Returns what names mean in a step or item; null when the runbook has none such. */
  public @Nullable RunScope scope(StepAddress address) {
    StepRun found = new StepFinder(context).find(address);
    return found == null ? null : found.scope();
  }

  /** Returns the statements that would revert a step or item; null when it does not say any. */
  public @Nullable List<ExpandedStatement> undoing(StepAddress address) {
    return Undoing.statements(context, address);
  }

  /** Notes something in the journal. */
  public void note(StepAddress at, String text) {
    context.recordFinal(new OperatorNote(at, masked(text), operator));
  }
}
