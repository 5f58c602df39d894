package dev.pgrunbook.model;

/** What a check expects of its rows. */
public enum Expectation {
  /** One row whose first column is true. */
  TRUE("true"),
  EMPTY("empty"),
  NON_EMPTY("nonEmpty");

  private final String word;

  Expectation(String word) {
    this.word = word;
  }

  /** Returns the word that files use. */
  public String word() {
    return word;
  }
}
