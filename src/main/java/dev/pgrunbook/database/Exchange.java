package dev.pgrunbook.database;

import dev.pgrunbook.database.StatementOutcome.Notice;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.Tuple;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** The server's answers to the statements of one round trip, in order. */
final class Exchange extends ResultHandlerBase {

  /**
   * The answer to one statement.
   *
   * @param fields the columns; null when it returns no rows
   * @param tuples the rows fetched so far
   * @param cursor where the rest comes from; null when there is none
   * @param tag the command's tag; null while rows are left
   * @param noticesBefore how many notices had been sent by then, of the answers before included
   */
  record Answer(
      @Nullable List<Field> fields,
      List<Tuple> tuples,
      @Nullable ResultCursor cursor,
      @Nullable String tag,
      int noticesBefore) {}

  private final List<Answer> answers = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private @Nullable List<Field> fields;
  private List<Tuple> tuples = List.of();

  @Override
  public void handleResultRows(
      Query query, Field[] columns, List<Tuple> rows, @Nullable ResultCursor cursor) {
    fields = List.of(columns);
    tuples = rows;
    if (cursor != null) {
      finish(cursor, null);
    }
  }

  @Override
  public void handleCommandStatus(String status, long updateCount, long insertOid) {
    finish(null, status);
  }

  private void finish(@Nullable ResultCursor cursor, @Nullable String tag) {
    answers.add(new Answer(fields, tuples, cursor, tag, notices.size()));
    fields = null;
    tuples = List.of();
  }

  @Override
  public void handleWarning(SQLWarning warning) {
    ServerErrorMessage message =
        warning instanceof PSQLWarning said ? said.getServerErrorMessage() : null;
    String severity = message == null ? null : message.getSeverity();
    notices.add(
        new Notice(severity == null ? "WARNING" : severity, String.valueOf(warning.getMessage())));
  }

  /** Returns the answers in the order of the statements. */
  List<Answer> answers() {
    return answers;
  }

  /** Returns what was said on the way to one answer. */
  List<Notice> notices(int answer) {
    int from = answer == 0 ? 0 : answers.get(answer - 1).noticesBefore();
    return notices.subList(from, answers.get(answer).noticesBefore());
  }

  /** Returns the first statement's tag; null when it was not answered. */
  @Nullable String firstTag() {
    return answers.isEmpty() ? null : answers.get(0).tag();
  }

  /** Returns what was said on the way. */
  List<Notice> notices() {
    return notices;
  }

  /** Gathers the rows of one further fetch. */
  static final class Fetch extends ResultHandlerBase {

    private List<Tuple> rows = List.of();
    private @Nullable ResultCursor rest;

    @Override
    public void handleResultRows(
        Query query, Field[] columns, List<Tuple> fetched, @Nullable ResultCursor cursor) {
      rows = fetched;
      rest = cursor;
    }

    @Override
    public void handleWarning(SQLWarning warning) {
      // A notice in the middle of the rows of a query is of no interest once it has answered.
    }

    List<Tuple> rows() {
      return rows;
    }

    @Nullable ResultCursor rest() {
      return rest;
    }
  }
}
