package dev.pgrunbook.loader;

import dev.pgrunbook.expression.Type;
import dev.pgrunbook.expression.TypeScope;
import dev.pgrunbook.source.SourceSpan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that a step can use.
 *
 * <p>Parameters and saved variables last, and there are more of them from step to step; loop
 * variables are there for the steps inside the loop only. Scopes of nested steps share the lasting
 * names, because steps are bound in the order in which they run.
 */
final class VariableScope implements TypeScope {

  private final Map<String, Variable> lasting;
  private final Map<String, Variable> items;
  private final Map<String, SourceSpan> everSaved;
  private final Set<String> used;

  private VariableScope(
      Map<String, Variable> lasting,
      Map<String, Variable> items,
      Map<String, SourceSpan> everSaved,
      Set<String> used) {
    this.lasting = lasting;
    this.items = items;
    this.everSaved = everSaved;
    this.used = used;
  }

  /**
   * @param everSaved where each variable of the file is saved, wherever that is
   */
  static VariableScope ofRunbook(Map<String, SourceSpan> everSaved) {
    return new VariableScope(
        new LinkedHashMap<>(), new LinkedHashMap<>(), everSaved, new LinkedHashSet<>());
  }

  /** Returns the scope of what runs once for each item. */
  VariableScope within(Variable item) {
    Map<String, Variable> more = new LinkedHashMap<>(items);
    more.put(item.name(), item);
    return new VariableScope(lasting, more, everSaved, used);
  }

  /** Makes a parameter or a saved variable known to every step from here on. */
  void declare(Variable variable) {
    lasting.putIfAbsent(variable.name(), variable);
  }

  /** Returns a variable without counting it as used, or null. */
  @Nullable Variable declared(String name) {
    Variable item = items.get(name);
    return item == null ? lasting.get(name) : item;
  }

  /** Returns a variable, from now on a used one, or null. */
  @Nullable Variable use(String name) {
    used.add(name);
    return declared(name);
  }

  @Override
  public @Nullable Type lookup(String name) {
    Variable variable = use(name);
    return variable == null ? null : variable.type();
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(items.keySet());
    names.addAll(lasting.keySet());
    return names;
  }

  /** Returns where a name that is not known here is saved, or null. */
  @Nullable SourceSpan savedLater(String name) {
    return everSaved.get(name);
  }

  /** Returns whether steps here run more than once. */
  boolean isRepeated() {
    return !items.isEmpty();
  }

  Set<String> used() {
    return Collections.unmodifiableSet(used);
  }
}
