package dev.pgrunbook.model;

/** The isolation of a transaction. */
public enum Isolation {
  READ_COMMITTED("readCommitted", "READ COMMITTED"),
  REPEATABLE_READ("repeatableRead", "REPEATABLE READ"),
  SERIALIZABLE("serializable", "SERIALIZABLE");

  private final String word;
  private final String sql;

  Isolation(String word, String sql) {
    this.word = word;
    this.sql = sql;
  }

  /** Returns the word that files use. */
  public String word() {
    return word;
  }

  /** Returns how SQL writes it. */
  public String sql() {
    return sql;
  }
}
