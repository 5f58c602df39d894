package dev.pgrunbook.plan;

/** A value cannot stand where a statement needs it, such as null for a name; says so to people. */
public final class UnfitValue extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnfitValue(String sentence) {
    super(sentence);
  }

  /** Returns what to tell people. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
