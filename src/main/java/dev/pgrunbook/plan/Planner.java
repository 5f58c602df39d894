package dev.pgrunbook.plan;

import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes plans. Pure: it touches nothing but what it is given, and the same inputs and facts give
 * the same plan.
 */
public final class Planner {

  private Planner() {}

  /**
   * Returns what a runbook will do with these arguments, as far as no database is needed for it.
   */
  public static Plan plan(Runbook runbook, Map<String, Value> arguments) {
    return plan(runbook, arguments, Facts.offline(runbook));
  }

  /**
   * Returns the same for a run that begins or goes on now, without an opinion of its statements:
   * their servers are about to have one.
   */
  public static Plan planForRun(Runbook runbook, Map<String, Value> arguments) {
    return plan(runbook, arguments, Facts.atOnce(runbook));
  }

  /** Returns what a runbook will do with these arguments where the facts hold. */
  public static Plan plan(Runbook runbook, Map<String, Value> arguments, Facts facts) {
    Map<String, Value> complete = new LinkedHashMap<>();
    for (Parameter parameter : runbook.parameters()) {
      Value fallback = parameter.defaultValue() == null ? Value.none() : parameter.defaultValue();
      complete.put(parameter.name(), arguments.getOrDefault(parameter.name(), fallback));
    }
    Planning planning = new Planning(runbook, complete, facts);
    List<PlannedStep> steps = planning.main();
    List<PlannedStep> onFailure = planning.onFailure();
    List<PlannedStep> last = planning.finallySteps();
    return new Plan(runbook, complete, facts.connected(), facts.targets(), steps, onFailure, last);
  }
}
