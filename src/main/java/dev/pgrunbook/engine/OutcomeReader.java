package dev.pgrunbook.engine;

import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.database.StatementFailure;
import dev.pgrunbook.database.StatementOutcome;
import dev.pgrunbook.engine.OperatorActs.Outcome;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.value.Value.SecretValue;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What becomes of an operator's own statements, in terms that can be shown. */
final class OutcomeReader {

  private final RunContext context;

  OutcomeReader(RunContext context) {
    this.context = context;
  }

  /** Does what carries statements out; without a word of which, it was the last that failed. */
  Outcome of(
      StepAddress at, List<ExpandedStatement> statements, Supplier<List<StatementOutcome>> work) {
    long begun = System.nanoTime();
    try {
      List<StatementOutcome> outcomes = work.get();
      return new Outcome.Answered(outcomes, Duration.ofNanos(System.nanoTime() - begun));
    } catch (RefusedStatement refused) {
      return refused(at, refused.statement, refused.failure);
    } catch (StatementFailure failure) {
      return refused(at, statements.get(statements.size() - 1), failure);
    } catch (DatabaseFailure failure) {
      return new Outcome.Unreachable(Failures.sentence(failure));
    }
  }

  private Outcome refused(StepAddress at, ExpandedStatement statement, StatementFailure failure) {
    return new Outcome.Refused(
        new StatementFailed(
            at,
            0,
            masked(statement.display()),
            Failures.serverError(failure, statement.sql(), statement.display(), List.of()),
            false));
  }

  /** Returns a text without the run's secrets. */
  String masked(String text) {
    String masked = text;
    for (SecretValue secret : context.secrets()) {
      String plain = secret.secret();
      if (!plain.isEmpty()) {
        masked = masked.replace(plain.replace("'", "''"), SecretValue.MASK);
        masked = masked.replace(plain, SecretValue.MASK);
      }
    }
    return masked;
  }

  /** Which of several statements the server refused. */
  static final class RefusedStatement extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ExpandedStatement statement;
    private final transient StatementFailure failure;

    RefusedStatement(ExpandedStatement statement, StatementFailure failure) {
      super(failure);
      this.statement = statement;
      this.failure = failure;
    }
  }
}
