package dev.pgrunbook.engine;

import dev.pgrunbook.database.Blocker;
import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.database.StatementFailure;
import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.model.RetryPolicy;
import dev.pgrunbook.sql.BoundSql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server refused, as the journal keeps it and as people read it. */
final class Failures {

  private static final String QUERY_CANCELED = "57014";
  private static final String READ_ONLY_TRANSACTION = "25006";

  private Failures() {}

  /** Returns whether a policy asks for another try after so many. */
  static boolean isWorthRetrying(StatementFailure failure, @Nullable RetryPolicy retry, int tries) {
    if (retry == null || tries >= retry.attempts()) {
      return false;
    }
    return retry.on().isEmpty() || retry.on().contains(failure.condition());
  }

  /** Returns what a database failed with, and what to do about it, for people. */
  static String sentence(DatabaseFailure failure) {
    String hint = failure.hint();
    return hint == null ? failure.getMessage() : failure.getMessage() + "; " + hint;
  }

  /** Returns what the server said; its position counts in the statement as it is shown. */
  static ServerError serverError(
      StatementFailure failure, BoundSql sql, String shown, List<String> blockers) {
    StatementFailure.Report report = failure.report();
    Integer position = report.position();
    return new ServerError(
        failure.sqlState(),
        failure.condition(),
        report.message(),
        report.detail(),
        report.hint(),
        position == null ? null : sql.shownPosition(position, shown),
        blockers);
  }

  /** Returns the failure of the step, with everything that helps to understand it. */
  static StepFailure stepFailure(
      StatementFailure failure,
      @Nullable Duration timeout,
      List<String> blockers,
      String statement) {
    List<String> lines = new ArrayList<>();
    StatementFailure.Report report = failure.report();
    lines.add(report.message() + " (" + failure.sqlState() + " " + failure.condition() + ")");
    if (report.detail() != null) {
      lines.add("detail: " + report.detail());
    }
    if (report.hint() != null) {
      lines.add("hint: " + report.hint());
    } else if (failure.sqlState().equals(READ_ONLY_TRANSACTION)) {
      lines.add("hint: this part of a step only reads; what writes is a step of kind `sql`");
    }
    blockers.forEach(blocker -> lines.add("blocked by " + blocker));
    lines.add("statement: " + statement.strip());
    String message = String.join("\n", lines);
    boolean timedOut = timeout != null && failure.sqlState().equals(QUERY_CANCELED);
    return timedOut ? StepFailure.timeout(message) : new StepFailure(message);
  }

  /** Returns who blocks, in one line that names pid, user, application, age and query. */
  static String describe(Blocker blocker) {
    StringBuilder line = new StringBuilder("pid " + blocker.pid());
    if (blocker.user() != null) {
      line.append(", user ").append(blocker.user());
    }
    if (blocker.application() != null && !blocker.application().isEmpty()) {
      line.append(", ").append(blocker.application());
    }
    if (blocker.state() != null) {
      line.append(", ").append(blocker.state());
    }
    if (blocker.age() != null) {
      line.append(", for ").append(Math.max(0, blocker.age().toSeconds())).append(" s");
    }
    if (blocker.query() != null) {
      line.append(": ").append(oneLine(blocker.query()));
    }
    return line.toString();
  }

  private static String oneLine(String query) {
    String line = query.strip().replaceAll("\\s+", " ");
    return line.length() <= 120 ? line : line.substring(0, 119) + "…";
  }
}
