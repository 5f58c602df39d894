package dev.pgrunbook.source;

/** How much a diagnostic matters: an error forbids to go on, a warning does not. */
public enum Severity {
  ERROR("error"),
  WARNING("warning");

  private final String word;

  Severity(String word) {
    this.word = word;
  }

  /** Returns the lower-case word that is printed. */
  public String word() {
    return word;
  }
}
