package dev.pgrunbook.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many parts of a step run side by side. */
public final class Parallel {

  private Parallel() {}

  /** One is what holds when nothing is said, so that saying it changes no runbook's digest. */
  static @Nullable Integer normal(@Nullable Integer said) {
    if (said != null && said < 1) {
      throw new IllegalArgumentException("side by side: " + said);
    }
    return said == null || said == 1 ? null : said;
  }

  /** Returns how many items of a step, or steps of a group, run at once; one for all others. */
  public static int of(Step step) {
    ForEach loop = step.header().forEach();
    Integer said = loop == null ? null : loop.parallel();
    if (said == null && step instanceof GroupStep group) {
      said = group.parallel();
    }
    return said == null ? 1 : said;
  }

  /**
   * Returns how many sessions a runbook has open on one database at the same time: one for each
   * part that runs, and one more for a probe that is nudged while it polls.
   */
  public static int sessions(Runbook runbook) {
    return runbook.allSteps().stream().mapToInt(Parallel::sessions).max().orElse(1);
  }

  private static int sessions(Step step) {
    return of(step) * alone(step);
  }

  private static int alone(Step step) {
    int nested = most(step.nestedSteps());
    boolean nudged = step instanceof ProbeStep probe && probe.stall() != null;
    return nudged ? 1 + nested : Math.max(1, nested);
  }

  private static int most(List<Step> steps) {
    return steps.stream().mapToInt(Parallel::sessions).max().orElse(0);
  }
}
