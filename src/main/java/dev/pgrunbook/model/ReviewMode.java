package dev.pgrunbook.model;

/** Whether a person reviews generated statements before they run. */
public enum ReviewMode {
  REQUIRED("required"),
  /** Only when a statement destroys something. */
  WHEN_DESTRUCTIVE("whenDestructive"),
  NONE("none");

  private final String word;

  ReviewMode(String word) {
    this.word = word;
  }

  /** Returns the word that files use. */
  public String word() {
    return word;
  }
}
