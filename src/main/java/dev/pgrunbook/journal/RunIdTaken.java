package dev.pgrunbook.journal;

/** There is a run of that id already. */
public final class RunIdTaken extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Takes the run and what people call the store. */
  public RunIdTaken(String run, String store) {
    super("there is a run " + run + " already in " + store);
  }
}
