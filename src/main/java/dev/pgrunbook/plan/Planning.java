package dev.pgrunbook.plan;

import dev.pgrunbook.expression.EvaluationException;
import dev.pgrunbook.expression.Expression;
import dev.pgrunbook.expression.Reference;
import dev.pgrunbook.model.ForEach;
import dev.pgrunbook.model.ForEach.NamedItems;
import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.ItemPlanner.Site;
import dev.pgrunbook.plan.PlannedBlock.Kind;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.plan.Resolution.Skipped;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One plan in the making: walks the steps as a run would, knowing what the steps before do. */
final class Planning {

  private final Runbook runbook;
  private final StepExpander expander;
  private final Variables variables = new Variables();
  private final Effects effects = new Effects();
  private final ItemPlanner items;
  private final RunScope outermost;

  /** Variables that may not have been saved when a step runs, with who saves them. */
  private Map<String, String> unsure = Map.of();

  Planning(Runbook runbook, Map<String, Value> arguments, Facts facts) {
    this.runbook = runbook;
    this.expander = new StepExpander(runbook);
    this.items =
        new ItemPlanner(
            expander,
            variables,
            effects,
            new Asking(facts, effects),
            new SecretTexts(arguments.values()));
    this.outermost = RunScope.of(runbook, arguments, variables::value);
  }

  List<PlannedStep> main() {
    return planAll(runbook.steps(), new Place(outermost, "", false, null));
  }

  /** What fails, and how far a run gets before, is not known; what is asked is only shown. */
  List<PlannedStep> onFailure() {
    unsure = Savers.of(runbook.steps());
    return conditional(
        runbook.onFailure(), new Place(outermost, "", false, null), "a step has failed");
  }

  /** What it says of variables is what holds at the end of a run that gets there. */
  List<PlannedStep> finallySteps() {
    unsure = Savers.of(runbook.steps());
    return planAll(runbook.finallySteps(), new Place(outermost, "", false, null));
  }

  /**
   * Where steps stand.
   *
   * @param scope what names mean
   * @param prefix what their numbers begin with
   * @param repeated whether they are inside a loop, so that what they save is gathered
   * @param onlyIf what has to happen for them to run, or null when they run in their turn
   */
  private record Place(RunScope scope, String prefix, boolean repeated, @Nullable String onlyIf) {

    Place within(RunScope item, String number, boolean looped) {
      return new Place(item, number + ".", repeated || looped, onlyIf);
    }
  }

  private List<PlannedStep> planAll(List<Step> steps, Place place) {
    List<PlannedStep> planned = new ArrayList<>();
    for (Step step : steps) {
      planned.add(plan(step, place, place.prefix() + (planned.size() + 1)));
    }
    return planned;
  }

  private PlannedStep plan(Step step, Place place, String number) {
    ForEach loop = step.header().forEach();
    Expression when = step.header().when();
    boolean aboutItem = loop != null && when != null && names(when).contains(loop.name());
    Deferred unknown = loop == null ? null : variables.waitFor(listNames(loop));
    if (unknown == null && when != null && !aboutItem) {
      unknown = variables.waitFor(names(when));
    }
    if (unknown != null) {
      return deferred(step, place.onlyIf(), number, unknown);
    }
    if (loop == null) {
      PlannedItem item = planItem(step, place, number, null, when);
      return new PlannedStep(number, step, place.onlyIf(), item.resolution(), List.of(item));
    }
    if (when != null && !aboutItem && leavesOut(when, place.scope()) instanceof Skipped skipped) {
      variables.putNulls(step, place.repeated());
      return new PlannedStep(number, step, place.onlyIf(), skipped, List.of());
    }
    return planLoop(step, place, number, loop, aboutItem ? when : null);
  }

  private PlannedStep planLoop(
      Step step, Place place, String number, ForEach loop, @Nullable Expression whenItem) {
    List<PlannedItem> planned = new ArrayList<>();
    List<RunScope> scopes = expander.items(loop, place.scope());
    for (RunScope scope : scopes) {
      Place item = new Place(scope, place.prefix(), true, place.onlyIf());
      planned.add(planItem(step, item, number, loop, whenItem));
    }
    if (scopes.isEmpty()) {
      variables.putNulls(step, place.repeated());
      return new PlannedStep(
          number, step, place.onlyIf(), new Skipped("its list is empty"), List.of());
    }
    return new PlannedStep(number, step, place.onlyIf(), together(planned), planned);
  }

  /** A step is known as far as the least known of its items. */
  private static Resolution together(List<PlannedItem> items) {
    Set<String> steps = new LinkedHashSet<>();
    String reason = null;
    boolean active = false;
    for (PlannedItem item : items) {
      active |= !(item.resolution() instanceof Skipped);
      if (item.resolution() instanceof Deferred deferred) {
        reason = reason == null ? deferred.reason() : reason;
        steps.addAll(deferred.dependsOn());
      }
    }
    if (reason != null) {
      return new Deferred(reason, List.copyOf(steps));
    }
    return active ? Resolution.resolved() : items.get(0).resolution();
  }

  private PlannedItem planItem(
      Step step, Place place, String number, @Nullable ForEach loop, @Nullable Expression when) {
    Value value = loop == null ? null : place.scope().lookup(loop.name());
    String label = value == null ? null : value.display();
    Resolution wanted = when == null ? null : leavesOut(when, place.scope());
    if (wanted instanceof Skipped) {
      variables.putNulls(step, place.repeated());
      return new PlannedItem(label, wanted, null, List.of(), null, List.of(), List.of());
    }
    Site site = new Site(place.scope(), label, place.repeated(), place.onlyIf());
    PlannedItem own =
        wanted instanceof Deferred why
            ? items.unknown(step, label, why, List.of(Finding.error("step-fails", why.reason())))
            : items.plan(step, site);
    if (own.resolution() instanceof Skipped) {
      return own;
    }
    List<PlannedBlock> blocks = blocks(step, place, number, loop != null);
    return own.with(blocks).remarked(mayBeNull(step));
  }

  private List<Finding> mayBeNull(Step step) {
    List<Finding> findings = new ArrayList<>();
    for (String name : StatementsOfStep.names(step)) {
      String saver = unsure.get(name);
      if (saver != null) {
        String when = " is null here when the run ends before " + saver + " saves it";
        findings.add(Finding.note("may-be-null", name + when));
      }
    }
    return findings;
  }

  /** Returns that a step is left out, that nobody can tell as the condition fails, or null. */
  private static @Nullable Resolution leavesOut(Expression when, RunScope scope) {
    try {
      return when.isTrue(scope) ? null : new Skipped("`when` is false: " + when.text());
    } catch (EvaluationException failure) {
      return new Deferred(String.valueOf(failure.getMessage()), List.of());
    }
  }

  private List<PlannedBlock> blocks(Step step, Place place, String number, boolean looped) {
    List<PlannedBlock> blocks = new ArrayList<>();
    if (step instanceof GroupStep group) {
      Place inner = place.within(place.scope(), number, looped);
      blocks.add(new PlannedBlock(Kind.STEPS, planAll(group.steps(), inner)));
    }
    int before = blocks.isEmpty() ? 0 : blocks.get(0).steps().size();
    if (step instanceof ProbeStep probe && probe.stall() != null) {
      Place inner = place.within(place.scope(), number, looped);
      List<Step> steps = probe.stall().steps();
      String why = step.id() + " sees no progress";
      blocks.add(new PlannedBlock(Kind.STALL, conditional(steps, inner, why)));
      before = steps.size();
    }
    if (!step.header().onTimeout().isEmpty()) {
      Place inner = place.within(place.scope(), number, looped);
      String why = step.id() + " takes too long";
      List<PlannedStep> planned = conditional(step.header().onTimeout(), inner, why);
      blocks.add(new PlannedBlock(Kind.ON_TIMEOUT, renumbered(planned, inner.prefix(), before)));
    }
    return blocks;
  }

  /** Numbers of a step's blocks go on from one block to the next. */
  private static List<PlannedStep> renumbered(List<PlannedStep> steps, String prefix, int before) {
    List<PlannedStep> renumbered = new ArrayList<>();
    for (PlannedStep step : steps) {
      String number = prefix + (before + renumbered.size() + 1);
      renumbered.add(
          new PlannedStep(number, step.step(), step.onlyIf(), step.resolution(), step.items()));
    }
    return renumbered;
  }

  /** What steps save that may not run is not known after them, and what they change may not be. */
  private List<PlannedStep> conditional(List<Step> steps, Place place, String onlyIf) {
    Place inner = new Place(place.scope(), place.prefix(), place.repeated(), onlyIf);
    List<PlannedStep> planned = effects.ofStepsThatMayRun(() -> planAll(steps, inner));
    variables.forgetAll(steps);
    return planned;
  }

  private PlannedStep deferred(Step step, @Nullable String onlyIf, String number, Deferred reason) {
    PlannedItem own = items.unknown(step, null, reason, List.of());
    List<PlannedBlock> blocks = new ArrayList<>();
    if (!step.nestedSteps().isEmpty()) {
      List<PlannedStep> nested = new ArrayList<>();
      for (Step inner : step.nestedSteps()) {
        nested.add(deferred(inner, onlyIf, number + "." + (nested.size() + 1), reason));
      }
      blocks.add(new PlannedBlock(Kind.STEPS, nested));
    }
    PlannedItem item = own.with(blocks);
    return new PlannedStep(number, step, onlyIf, reason, List.of(item));
  }

  private static List<String> listNames(ForEach loop) {
    return loop.items() instanceof NamedItems named ? List.of(named.variable()) : List.of();
  }

  private static List<String> names(Expression expression) {
    return expression.references().stream().map(Reference::name).distinct().sorted().toList();
  }
}
