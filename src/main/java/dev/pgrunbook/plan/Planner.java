package dev.pgrunbook.plan;

import dev.pgrunbook.expression.EvaluationException;
import dev.pgrunbook.expression.Expression;
import dev.pgrunbook.expression.Reference;
import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.model.ForEach;
import dev.pgrunbook.model.ForEach.NamedItems;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.QueryStep;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.PlannedStep.PlannedItem;
import dev.pgrunbook.plan.PlannedStep.PlannedStatement;
import dev.pgrunbook.sql.SqlTemplate;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes plans. Pure: it touches nothing, and the same inputs give the same plan. */
public final class Planner {

  private final StepExpander expander;
  private final Map<String, String> savedBy = new HashMap<>();

  private Planner(Runbook runbook) {
    this.expander = new StepExpander(runbook);
    for (Step step : runbook.allSteps()) {
      if (step.save() != null) {
        step.save().variables().forEach(variable -> savedBy.put(variable, step.id()));
      }
      if (step instanceof ManualStep manual) {
        manual.ask().keySet().forEach(variable -> savedBy.put(variable, step.id()));
      }
    }
  }

  /**
   * Returns what a runbook will do with these arguments, as far as no database is needed for it.
   */
  public static Plan plan(Runbook runbook, Map<String, Value> arguments) {
    Map<String, Value> complete = new LinkedHashMap<>();
    for (Parameter parameter : runbook.parameters()) {
      Value fallback = parameter.defaultValue() == null ? Value.none() : parameter.defaultValue();
      complete.put(parameter.name(), arguments.getOrDefault(parameter.name(), fallback));
    }
    Planner planner = new Planner(runbook);
    RunScope scope = RunScope.of(runbook, complete, name -> Value.none());
    return new Plan(
        runbook,
        complete,
        planner.planAll(runbook.steps(), scope),
        planner.planAll(runbook.onFailure(), scope),
        planner.planAll(runbook.finallySteps(), scope));
  }

  private List<PlannedStep> planAll(List<Step> steps, RunScope scope) {
    return steps.stream().map(step -> plan(step, scope)).toList();
  }

  private PlannedStep plan(Step step, RunScope scope) {
    ForEach loop = step.header().forEach();
    List<RunScope> items = List.of(scope);
    if (loop != null) {
      String unknown = unknownItems(loop);
      if (unknown != null) {
        return deferred(step, waitsFor(List.of(unknown)));
      }
      items = expander.items(loop, scope);
    }
    List<String> unknown = unknownNames(step, loop == null ? null : loop.name());
    if (!unknown.isEmpty()) {
      return deferred(step, waitsFor(unknown));
    }
    List<PlannedItem> planned = new ArrayList<>();
    for (RunScope item : items) {
      planned.add(planItem(step, item, loop));
    }
    RunScope inner = items.isEmpty() ? scope : items.get(0);
    boolean known = loop == null || !items.isEmpty();
    return new PlannedStep(
        step, planned, null, known ? planAll(step.nestedSteps(), inner) : List.of());
  }

  private PlannedStep deferred(Step step, String reason) {
    List<PlannedStep> nested =
        step.nestedSteps().stream().map(inner -> deferred(inner, reason)).toList();
    return new PlannedStep(step, List.of(), reason, nested);
  }

  private PlannedItem planItem(Step step, RunScope scope, @Nullable ForEach loop) {
    Value item = loop == null ? null : scope.lookup(loop.name());
    String label = item == null ? null : item.display();
    Expression when = step.header().when();
    if (when != null) {
      try {
        if (!when.isTrue(scope)) {
          return new PlannedItem(label, "`when` is false: " + when.text(), List.of());
        }
      } catch (EvaluationException failure) {
        return new PlannedItem(label, failure.getMessage(), List.of());
      }
    }
    try {
      return new PlannedItem(label, null, statements(step, scope));
    } catch (UnfitValue unfit) {
      return new PlannedItem(label, unfit.sentence(), List.of());
    }
  }

  private List<PlannedStatement> statements(Step step, RunScope scope) {
    List<PlannedStatement> statements = new ArrayList<>();
    templates(step)
        .forEach(
            source -> {
              for (ExpandedStatement statement : expander.expand(source.sql(), scope)) {
                statements.add(new PlannedStatement(source.role(), statement));
              }
            });
    return statements;
  }

  /** A template with the role it is sent to. */
  private record Source(@Nullable String role, SqlTemplate sql) {}

  private static List<Source> templates(Step step) {
    if (step instanceof QueryStep query) {
      return List.of(new Source(step.target(), query.query()));
    } else if (step instanceof SqlStep sql) {
      return List.of(new Source(step.target(), sql.sql()));
    } else if (step instanceof GenerateStep generate) {
      return List.of(new Source(step.target(), generate.generate()));
    } else if (step instanceof CheckStep check) {
      return List.of(new Source(step.target(), check.check()));
    } else if (step instanceof ProbeStep probe) {
      return probe.sources().entrySet().stream()
          .map(source -> new Source(source.getKey(), source.getValue()))
          .toList();
    }
    return List.of();
  }

  /** Returns the loop's variable when it is saved by an earlier step, or null. */
  private @Nullable String unknownItems(ForEach loop) {
    return loop.items() instanceof NamedItems named && savedBy.containsKey(named.variable())
        ? named.variable()
        : null;
  }

  private List<String> unknownNames(Step step, @Nullable String item) {
    TreeSet<String> names = new TreeSet<>();
    templates(step).forEach(source -> names.addAll(source.sql().names()));
    if (step.header().when() != null) {
      for (Reference reference : step.header().when().references()) {
        names.add(reference.name());
      }
    }
    return names.stream().filter(n -> !n.equals(item) && savedBy.containsKey(n)).toList();
  }

  private String waitsFor(List<String> variables) {
    List<String> phrases = new ArrayList<>();
    for (String variable : variables) {
      phrases.add(variable + ", which " + savedBy.get(variable) + " saves");
    }
    return "needs " + String.join(", and ", phrases);
  }
}
