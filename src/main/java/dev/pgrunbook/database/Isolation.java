package dev.pgrunbook.database;

/** A transaction's isolation level. */
public enum Isolation {
  /** What the server, the database or the role says. */
  SERVER_DEFAULT("BEGIN"),
  READ_COMMITTED("BEGIN ISOLATION LEVEL READ COMMITTED"),
  REPEATABLE_READ("BEGIN ISOLATION LEVEL REPEATABLE READ"),
  SERIALIZABLE("BEGIN ISOLATION LEVEL SERIALIZABLE");

  private final String statement;

  Isolation(String statement) {
    this.statement = statement;
  }

  /** Returns the statement that opens a transaction of the level. */
  String statement() {
    return statement;
  }
}
