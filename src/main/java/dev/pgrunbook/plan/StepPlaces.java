package dev.pgrunbook.plan;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.model.GateStep;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Where the steps of a runbook stand: in which list, and after which others. */
final class StepPlaces {

  private final Map<String, List<String>> lists = new LinkedHashMap<>();
  private final Map<String, String> listOf = new LinkedHashMap<>();
  private final Map<String, Set<String>> guards = new LinkedHashMap<>();
  private final UnaryOperator<String> name;

  /** Returns the places in the newer of two runbooks. */
  static StepPlaces of(Runbook runbook) {
    return new StepPlaces(runbook, UnaryOperator.identity());
  }

  /** Returns the places in the older one, where steps go by the ids that they have now. */
  static StepPlaces before(Runbook old, StepPairs pairs) {
    return new StepPlaces(old, pairs::idNow);
  }

  private StepPlaces(Runbook runbook, UnaryOperator<String> name) {
    this.name = name;
    list("steps", runbook.steps());
    list("onFailure", runbook.onFailure());
    list("finally", runbook.finallySteps());
    Set<String> passed = new LinkedHashSet<>();
    for (Step step : runbook.allSteps()) {
      guards.put(id(step), new LinkedHashSet<>(passed));
      if (isGuard(step)) {
        passed.add(id(step));
      }
    }
  }

  private String id(Step step) {
    return name.apply(step.id());
  }

  private void list(String list, List<Step> steps) {
    lists.put(list, steps.stream().map(this::id).toList());
    for (Step step : steps) {
      listOf.put(id(step), list);
      List<Step> late = step.header().onTimeout();
      List<Step> nested = step.nestedSteps();
      list("onTimeout of " + id(step), late);
      list("steps of " + id(step), nested.subList(0, nested.size() - late.size()));
    }
  }

  /** Returns whether a step stops a run when a person or a query says no. */
  static boolean isGuard(Step step) {
    return step instanceof GateStep || step instanceof CheckStep || step instanceof ManualStep;
  }

  /** Returns the gates, checks and tasks for people that stand before a step. */
  Set<String> guards(String id) {
    return guards.getOrDefault(id, Set.of());
  }

  /** Returns where a step stands, in words. */
  String words(String id) {
    String list = listOf.getOrDefault(id, "");
    List<String> ids = lists.getOrDefault(list, List.of());
    int index = ids.indexOf(id);
    String where = index == 0 ? "first" : "after " + ids.get(index - 1);
    return list.equals("steps") ? where : where + " in " + list;
  }

  /** Returns the steps that stand in another list here, or in another order among those left. */
  Set<String> movedSince(StepPlaces old) {
    Set<String> moved = new HashSet<>();
    lists.forEach(
        (list, ids) -> {
          List<String> before = new ArrayList<>(old.lists.getOrDefault(list, List.of()));
          List<String> after = new ArrayList<>(ids);
          before.retainAll(ids);
          after.retainAll(before);
          for (AbstractDelta<String> delta : DiffUtils.diff(before, after).getDeltas()) {
            moved.addAll(delta.getTarget().getLines());
          }
        });
    listOf.forEach(
        (id, list) -> {
          if (!list.equals(old.listOf.getOrDefault(id, list))) {
            moved.add(id);
          }
        });
    return moved;
  }
}
