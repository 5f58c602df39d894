package dev.pgrunbook.plan;

/**
 * The digest of what a plan does: the runbook, the arguments, the databases and every statement
 * that would be executed, as far as they are known; see {@link PlanOutline}.
 *
 * <p>Facts do not count: neither sizes nor the rows of queries, nor what a server's version is.
 * Statements that only read count as the runbook writes them, for the values that they are sent
 * with come from rows. A secret's value does not count.
 */
public final class PlanDigest {

  private PlanDigest() {}

  /** Returns the SHA-256 of a plan, in hexadecimal. */
  public static String of(Plan plan) {
    return PlanOutline.of(plan).digest();
  }

  /** Returns the SHA-256 of what one step does, with all that it holds. */
  public static String of(PlannedStep step) {
    return PlanOutline.digest(PlanOutline.of(step));
  }
}
