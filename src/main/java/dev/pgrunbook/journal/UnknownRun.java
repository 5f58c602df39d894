package dev.pgrunbook.journal;

/** There is no run of that id. */
public final class UnknownRun extends RuntimeException {

  private static final long serialVersionUID = 1;

  private UnknownRun(String message) {
    super(message);
  }

  /** Returns the failure for a run that a store does not have. */
  public static UnknownRun absent(String run, String store) {
    return new UnknownRun("there is no run " + run + " in " + store);
  }

  /** Returns the failure for a run whose process died before its first record. */
  public static UnknownRun neverBegun(String run, String store) {
    return new UnknownRun("run " + run + " in " + store + " never began: nothing was done");
  }
}
