package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.PlannedItem;
import dev.pgrunbook.plan.PlannedStep;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.render.DisplayText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people call steps and items. */
final class StepNames {

  private static final int WIDEST = 28;

  private final Map<String, Step> steps = new HashMap<>();
  private final Map<String, PlannedStep> planned = new HashMap<>();

  /** The group that each step of a group is in, and how many loops are around each step. */
  private final Map<String, GroupStep> groups = new HashMap<>();

  private final Map<String, Integer> loops = new HashMap<>();
  private int width;

  StepNames(Plan plan) {
    plan.runbook().allSteps().forEach(step -> steps.put(step.id(), step));
    index(plan.steps());
    index(plan.onFailure());
    index(plan.finallySteps());
    nest(plan.runbook().steps(), null, 0, 0);
    nest(plan.runbook().onFailure(), null, 0, 0);
    nest(plan.runbook().finallySteps(), null, 0, 0);
  }

  /**
   * Takes in where steps are.
   *
   * @param around how many loops are around them
   * @param numbers how many columns the numbers of those loops' items take at most
   */
  private void nest(List<Step> nested, @Nullable Step within, int around, int numbers) {
    for (Step step : nested) {
      if (within instanceof GroupStep group && group.steps().contains(step)) {
        groups.put(step.id(), group);
      }
      loops.put(step.id(), around);
      boolean isLoop = step.header().forEach() != null;
      int own = numbers + (isLoop ? "[]".length() + digits(step) : 0);
      width = Math.min(WIDEST, Math.max(width, DisplayText.width(step.id()) + own));
      nest(step.nestedSteps(), step, around + (isLoop ? 1 : 0), own);
    }
  }

  private int digits(Step loop) {
    PlannedStep known = planned.get(loop.id());
    return String.valueOf(known == null ? 1 : Math.max(1, known.items().size())).length();
  }

  private void index(List<PlannedStep> all) {
    for (PlannedStep one : all) {
      planned.put(one.step().id(), one);
      index(one.nested());
    }
  }

  /** Returns how many columns most addresses take at most. */
  int width() {
    return width;
  }

  @Nullable Step step(StepAddress address) {
    return steps.get(address.step());
  }

  /** Returns whether an address stands for a loop or a group, which does nothing itself. */
  boolean holdsOthers(StepAddress address) {
    return step(address) instanceof GroupStep || isLoop(address);
  }

  boolean isLoop(StepAddress address) {
    Step step = step(address);
    return step != null
        && step.header().forEach() != null
        && address.items().size() == loops.getOrDefault(step.id(), 0);
  }

  /** Returns the loop that an item, or the group that a step, is a part of; null for neither. */
  @Nullable StepAddress whole(StepAddress address) {
    List<Integer> items = address.items();
    if (items.size() > loops.getOrDefault(address.step(), items.size())) {
      return new StepAddress(address.step(), items.subList(0, items.size() - 1));
    }
    GroupStep group = groups.get(address.step());
    return group == null ? null : new StepAddress(group.id(), items);
  }

  /** Returns how many items a loop, or steps a group, has; null where the plan did not know. */
  @Nullable Integer parts(StepAddress address) {
    if (isLoop(address)) {
      PlannedStep loop = planned.get(address.step());
      boolean known = loop != null && address.items().isEmpty() && !loop.items().isEmpty();
      return known && loop != null ? loop.items().size() : null;
    }
    return step(address) instanceof GroupStep group ? group.steps().size() : null;
  }

  /** Returns the step's title, or nothing. */
  String title(StepAddress address) {
    Step step = step(address);
    String title = step == null ? null : step.header().documentation().title();
    return title == null ? "" : DisplayText.line(title);
  }

  /** Returns what the item is called as far as the plan knew it, or nothing. */
  String label(StepAddress address) {
    PlannedItem item = item(address);
    if (item != null && item.label() != null) {
      return DisplayText.line(item.label());
    }
    // A step of a group that is a loop goes by the name of the group's item.
    GroupStep group = address.items().isEmpty() ? null : groups.get(address.step());
    return group == null ? "" : label(new StepAddress(group.id(), address.items()));
  }

  /** What waits for another step has no values in its SQL yet. */
  private static boolean isExpanded(PlannedItem item) {
    return !(item.resolution() instanceof Deferred deferred && !deferred.dependsOn().isEmpty());
  }

  /** Returns what the plan knew of a step or item, or null. */
  @Nullable PlannedItem item(StepAddress address) {
    PlannedStep step = planned.get(address.step());
    if (step == null || address.items().size() > 1) {
      return null;
    }
    boolean loop = step.step().header().forEach() != null;
    int index = address.items().isEmpty() ? 0 : address.items().get(0) - 1;
    boolean known = loop != address.items().isEmpty() && index < step.items().size();
    PlannedItem item = known ? step.items().get(index) : null;
    return item != null && isExpanded(item) ? item : null;
  }
}
