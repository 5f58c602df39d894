package dev.pgrunbook.render;

import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.ForEach;
import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.RunScope;
import dev.pgrunbook.plan.StepExpander;
import dev.pgrunbook.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What names mean in the items of a run's loops, and what the items are called. */
public final class ItemScopes {

  private final RunState state;
  private final @Nullable Runbook runbook;
  private final Map<String, List<RunScope>> known = new HashMap<>();

  /**
   * Takes what tells.
   *
   * @param runbook what the run follows; null when it cannot be loaded
   */
  public ItemScopes(RunState state, @Nullable Runbook runbook) {
    this.state = state;
    this.runbook = runbook;
  }

  /**
   * Returns what names mean in a step or item; null where that cannot be told, as within two loops.
   */
  public @Nullable RunScope of(StepAddress address) {
    Step step = runbook == null ? null : runbook.step(address.step());
    Step loop = step == null ? null : loop(step);
    boolean whole = loop == null || address.items().isEmpty();
    if (runbook == null || step == null || address.items().size() > (loop == null ? 0 : 1)) {
      return null;
    }
    List<RunScope> scopes = scopes(runbook, whole ? null : loop);
    int index = whole ? 0 : address.items().get(0) - 1;
    return index < scopes.size() ? scopes.get(index) : null;
  }

  /** Returns what an item is called; the empty text for a step without items. */
  public String label(StepAddress address) {
    Step step = runbook == null ? null : runbook.step(address.step());
    Step loop = step == null || address.items().isEmpty() ? null : loop(step);
    ForEach each = loop == null ? null : loop.header().forEach();
    if (each == null) {
      return "";
    }
    RunScope scope = of(address);
    Value item = scope == null ? null : scope.lookup(each.name());
    int number = address.items().get(address.items().size() - 1);
    return item == null ? "item " + Quantities.count(number) : item.display();
  }

  /** Returns the loop that a step is, or is in as a step of a group; null for none. */
  private @Nullable Step loop(Step step) {
    if (step.header().forEach() != null || runbook == null) {
      return step.header().forEach() == null ? null : step;
    }
    for (Step other : runbook.allSteps()) {
      if (other instanceof GroupStep group && group.steps().contains(step)) {
        return loop(group);
      }
    }
    return null;
  }

  private List<RunScope> scopes(Runbook following, @Nullable Step loop) {
    return known.computeIfAbsent(
        loop == null ? "" : loop.id(),
        key -> {
          RunStarted started = state.started();
          if (started == null) {
            return List.of();
          }
          RunScope scope = RunScope.of(following, started.arguments(), state::variable);
          ForEach each = loop == null ? null : loop.header().forEach();
          return each == null ? List.of(scope) : new StepExpander(following).items(each, scope);
        });
  }
}
