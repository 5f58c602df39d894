package dev.pgrunbook.database;

import dev.pgrunbook.sql.SqlState;
import org.jspecify.annotations.Nullable;

/** The server refused a statement, and the connection lives. */
public final class StatementFailure extends DatabaseFailure {

  private static final long serialVersionUID = 1L;

  /**
   * What the server said, in its own words.
   *
   * @param sqlState five characters
   * @param message the primary message
   * @param detail more about it
   * @param hint what to do
   * @param where the call stack of functions
   * @param position character of the statement's text, from one; null when no place is to blame
   * @param schema the schema of the table, type or constraint at fault
   * @param table the table at fault
   * @param column the column at fault
   * @param constraint the constraint at fault
   */
  public record Report(
      String sqlState,
      String message,
      @Nullable String detail,
      @Nullable String hint,
      @Nullable String where,
      @Nullable Integer position,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column,
      @Nullable String constraint) {

    /** Returns a report of which only a code and a message are known. */
    static Report of(String sqlState, String message) {
      return new Report(sqlState, message, null, null, null, null, null, null, null, null);
    }
  }

  private final transient Report report;

  StatementFailure(Report report) {
    super(report.message(), report.sqlState());
    this.report = report;
  }

  /** Returns all that the server said. */
  public Report report() {
    return report;
  }

  @Override
  public String sqlState() {
    return report.sqlState();
  }

  /** Returns the condition's name, such as {@code lock_not_available}; the code if it has none. */
  public String condition() {
    String name = SqlState.table().condition(report.sqlState());
    return name == null ? report.sqlState() : name;
  }

  @Override
  public @Nullable String hint() {
    return report.hint();
  }
}
