package dev.pgrunbook.plan;

import dev.pgrunbook.expression.Scope;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Save;
import dev.pgrunbook.model.Save.SaveRows;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.sql.Bindings;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.sql.Placeholder;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.BooleanValue;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What names mean at one place of a run: parameters, variables saved so far, items of loops,
 * columns of a row.
 *
 * <p>Immutable but for the variables, which it asks for when they are needed.
 */
public final class RunScope implements Scope, Bindings {

  /** A name's value with the type it is bound as; null for the type that its value suggests. */
  private record Binding(Value value, @Nullable String type) {}

  private static final String UNKNOWN = "unknown";

  /** Stands for a table's name in a binding; no type of the server's. */
  private static final String TABLE = "(table)";

  private final Map<String, Binding> names;
  private final Map<String, @Nullable String> variableTypes;
  private final Function<String, Value> variables;

  private RunScope(
      Map<String, Binding> names,
      Map<String, @Nullable String> variableTypes,
      Function<String, Value> variables) {
    this.names = names;
    this.variableTypes = variableTypes;
    this.variables = variables;
  }

  /**
   * Returns the scope of a runbook's outermost steps.
   *
   * @param arguments the value of every parameter
   * @param variables gives a variable's value, null before it was saved
   */
  public static RunScope of(
      Runbook runbook, Map<String, Value> arguments, Function<String, Value> variables) {
    Map<String, Binding> names = new LinkedHashMap<>();
    for (Parameter parameter : runbook.parameters()) {
      Value value = arguments.getOrDefault(parameter.name(), Value.none());
      names.put(parameter.name(), new Binding(value, bindingType(parameter.type())));
    }
    return new RunScope(names, variableTypes(runbook), variables);
  }

  private static Map<String, @Nullable String> variableTypes(Runbook runbook) {
    Map<String, @Nullable String> types = new HashMap<>();
    for (Step step : runbook.allSteps()) {
      Save save = step.save();
      if (save instanceof SaveRows rows) {
        types.put(rows.variable(), "jsonb");
      } else if (save != null) {
        save.variables().forEach(variable -> types.put(variable, null));
      }
      if (step instanceof ManualStep manual) {
        manual.ask().forEach((name, type) -> types.put(name, bindingType(type)));
      }
    }
    return types;
  }

  private static String bindingType(ParameterType type) {
    return type.base() == ParameterType.Base.TABLE
        ? type.list() ? TABLE + "[]" : TABLE
        : type.postgresType();
  }

  /** A table's name is a text where it is bound, and a qualified name where it is an identifier. */
  private static String typeFor(Placeholder.Form form, String type) {
    String table = form == Placeholder.Form.IDENTIFIER ? "regclass" : "text";
    return type.startsWith(TABLE) ? table + type.substring(TABLE.length()) : type;
  }

  /** Returns this scope with the item of a loop, which has the type of the list's items. */
  public RunScope withItem(String name, Value item, @Nullable ParameterType listType) {
    String type = listType == null ? null : bindingType(listType.item());
    return with(Map.of(name, new Binding(item, type)));
  }

  /** Returns this scope with the columns of a row. */
  public RunScope withColumns(Map<String, Value> columns) {
    Map<String, Binding> more = new LinkedHashMap<>();
    columns.forEach((name, value) -> more.put(name, new Binding(value, null)));
    return with(more);
  }

  /** Returns this scope where some variables are null, as nobody has saved them yet. */
  public RunScope without(Set<String> unknown) {
    return new RunScope(
        names,
        variableTypes,
        name -> unknown.contains(name) ? Value.none() : variables.apply(name));
  }

  private RunScope with(Map<String, Binding> more) {
    Map<String, Binding> all = new LinkedHashMap<>(names);
    all.putAll(more);
    return new RunScope(all, variableTypes, variables);
  }

  @Override
  public @Nullable Value lookup(String name) {
    Binding binding = names.get(name);
    if (binding != null) {
      return binding.value();
    }
    return variableTypes.containsKey(name) ? variables.apply(name) : null;
  }

  @Override
  public BoundValue value(Placeholder placeholder) {
    Value value = lookup(placeholder.name());
    if (value == null) {
      throw new IllegalArgumentException("unknown name " + placeholder.name());
    }
    String type = declaredType(placeholder.name());
    for (String field : placeholder.path()) {
      Map<String, Value> fields = value instanceof RowValue row ? row.fields() : Map.of();
      value = fields.getOrDefault(field, Value.none());
      type = null;
    }
    if (placeholder.form() == Placeholder.Form.IDENTIFIER && value.isNull()) {
      throw new UnfitValue(":\"" + path(placeholder) + "\" needs a name, and it is null");
    }
    String bound = type == null ? suggestedType(value) : typeFor(placeholder.form(), type);
    return new BoundValue(several(bound, value), value);
  }

  private static String path(Placeholder placeholder) {
    List<String> parts = new ArrayList<>(placeholder.path());
    parts.add(0, placeholder.name());
    return String.join(".", parts);
  }

  /** What items of a loop have gathered is a list of what each of them saves. */
  private static String several(String type, Value value) {
    boolean single = !type.endsWith("[]") && !type.equals("jsonb") && !type.equals(UNKNOWN);
    return value instanceof ListValue && single ? type + "[]" : type;
  }

  private @Nullable String declaredType(String name) {
    Binding binding = names.get(name);
    return binding == null ? variableTypes.get(name) : binding.type();
  }

  /**
   * Returns every parameter and variable that is a single value, as the text that {@code
   * current_setting('pgrunbook.name')} gives; null is the empty text.
   */
  public Map<String, Value> settings() {
    Map<String, Value> settings = new LinkedHashMap<>();
    names.forEach((name, binding) -> putSetting(settings, name, binding.value()));
    variableTypes.keySet().stream()
        .sorted()
        .forEach(name -> putSetting(settings, name, variables.apply(name)));
    return settings;
  }

  private static void putSetting(Map<String, Value> settings, String name, Value value) {
    if (!(value instanceof ListValue) && !(value instanceof RowValue)) {
      settings.put(name, value);
    }
  }

  private static String suggestedType(Value value) {
    if (value instanceof IntegerValue) {
      return "int8";
    } else if (value instanceof DecimalValue) {
      return "numeric";
    } else if (value instanceof DoubleValue) {
      return "float8";
    } else if (value instanceof BooleanValue) {
      return "boolean";
    } else if (value instanceof ListValue || value instanceof RowValue) {
      return "jsonb";
    }
    return value.isNull() ? UNKNOWN : "text";
  }
}
