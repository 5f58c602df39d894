package dev.pgrunbook.database;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Tells a refused statement from a lost connection, and masks secrets in either. */
final class FailureReader {

  /**
   * Conditions after which the server closes the connection: shutdowns, crashes, dropped database,
   * and the timeouts of idle sessions and of transactions.
   */
  private static final Set<String> CLOSING =
      Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04");

  private static final String UNKNOWN_STATE = "XX000";

  private final SecretMask mask;

  FailureReader(SecretMask mask) {
    this.mask = mask;
  }

  /** Returns what a failed statement means. */
  DatabaseFailure read(SQLException failure, @Nullable NativeStatement statement) {
    return isLost(failure) ? lost(failure) : refused(failure, statement);
  }

  /** Returns what a failed COMMIT means: only a plain error of the server says that it failed. */
  DatabaseFailure readCommit(SQLException failure) {
    if (isLost(failure)) {
      return new CommitUnknown(
          "the connection was lost before the answer to COMMIT arrived: " + sentence(failure),
          failure.getSQLState());
    }
    return refused(failure, null);
  }

  private ConnectionLost lost(SQLException failure) {
    return new ConnectionLost(
        "the connection to the server was lost: " + sentence(failure), failure.getSQLState());
  }

  private String sentence(SQLException failure) {
    ServerErrorMessage said = serverMessage(failure);
    String text = said == null ? failure.getMessage() : said.getMessage();
    Throwable cause = failure.getCause();
    String reason = cause == null || said != null ? null : cause.getMessage();
    return mask.apply(text + (reason == null ? "" : " (" + reason + ")"));
  }

  private StatementFailure refused(SQLException failure, @Nullable NativeStatement statement) {
    ServerErrorMessage said = serverMessage(failure);
    String state = failure.getSQLState() == null ? UNKNOWN_STATE : failure.getSQLState();
    if (said == null) {
      return new StatementFailure(
          StatementFailure.Report.of(state, mask.apply(String.valueOf(failure.getMessage()))));
    }
    Integer position =
        statement == null || said.getPosition() == 0
            ? null
            : statement.textPosition(said.getPosition());
    return new StatementFailure(
        new StatementFailure.Report(
            state,
            mask.apply(String.valueOf(said.getMessage())),
            mask.applyTo(said.getDetail()),
            mask.applyTo(said.getHint()),
            mask.applyTo(said.getWhere()),
            position,
            said.getSchema(),
            said.getTable(),
            said.getColumn(),
            said.getConstraint()));
  }

  static boolean isLost(SQLException failure) {
    String state = failure.getSQLState();
    if (state != null && (state.startsWith("08") || CLOSING.contains(state))) {
      return true;
    }
    ServerErrorMessage said = serverMessage(failure);
    String severity = said == null ? null : said.getSeverity();
    String word = severity == null ? "" : severity.toUpperCase(Locale.ROOT);
    return word.equals("FATAL") || word.equals("PANIC");
  }

  static @Nullable ServerErrorMessage serverMessage(SQLException failure) {
    return failure instanceof PSQLException answer ? answer.getServerErrorMessage() : null;
  }
}
