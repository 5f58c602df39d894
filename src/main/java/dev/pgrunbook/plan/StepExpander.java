package dev.pgrunbook.plan;

import dev.pgrunbook.model.ForEach;
import dev.pgrunbook.model.ForEach.LiteralItems;
import dev.pgrunbook.model.ForEach.NamedItems;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.sql.SqlStatement;
import dev.pgrunbook.sql.SqlTemplate;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expands one step in a scope.
 *
 * <p>The planner and the engine both call this, so that what was planned and what is sent cannot
 * differ but for the values.
 */
public final class StepExpander {

  private final Runbook runbook;

  /** Expands the steps of one runbook. */
  public StepExpander(Runbook runbook) {
    this.runbook = runbook;
  }

  /** Returns the statements of a template with the values of a scope. */
  public List<ExpandedStatement> expand(SqlTemplate template, RunScope scope) {
    List<ExpandedStatement> statements = new ArrayList<>();
    for (SqlStatement statement : template.statements()) {
      statements.add(
          new ExpandedStatement(
              statements.size() + 1,
              statement.bind(scope),
              statement.display(scope),
              statement.analysis()));
    }
    return statements;
  }

  /** Returns the only statement of a template with the values of a scope. */
  public ExpandedStatement expandOne(SqlTemplate template, RunScope scope) {
    return expand(template, scope).get(0);
  }

  /** Returns the scope of each item of a loop; a null list has no items. */
  public List<RunScope> items(ForEach loop, RunScope scope) {
    List<RunScope> scopes = new ArrayList<>();
    for (Value item : itemValues(loop, scope)) {
      scopes.add(scope.withItem(loop.name(), item, listType(loop)));
    }
    return scopes;
  }

  private static List<Value> itemValues(ForEach loop, RunScope scope) {
    if (loop.items() instanceof LiteralItems literal) {
      return literal.values();
    }
    String variable = ((NamedItems) loop.items()).variable();
    Value list = scope.lookup(variable);
    if (list == null || list.isNull()) {
      return List.of();
    }
    return list instanceof ListValue values ? values.items() : List.of(list);
  }

  private @Nullable ParameterType listType(ForEach loop) {
    Parameter parameter =
        loop.items() instanceof NamedItems named ? runbook.parameter(named.variable()) : null;
    return parameter != null && parameter.type().list() ? parameter.type() : null;
  }
}
