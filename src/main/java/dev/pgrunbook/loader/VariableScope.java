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
 * names, because steps are bound in the order in which they run; what runs side by side has names
 * of its own, which are told to the others when all of it is over.
 */
final class VariableScope implements TypeScope {

  private final Map<String, Variable> lasting;
  private final Map<String, Variable> items;

  /** What is saved side by side with what is bound here, and so not known to it; null elsewhere. */
  private final @Nullable Map<String, Variable> beside;

  /** Whether what is saved here is gathered from several items that run side by side. */
  private final boolean gathered;

  private final Map<String, SourceSpan> everSaved;
  private final Set<String> used;

  private VariableScope(
      Map<String, Variable> lasting,
      Map<String, Variable> items,
      @Nullable Map<String, Variable> beside,
      boolean gathered,
      Map<String, SourceSpan> everSaved,
      Set<String> used) {
    this.lasting = lasting;
    this.items = items;
    this.beside = beside;
    this.gathered = gathered;
    this.everSaved = everSaved;
    this.used = used;
  }

  /**
   * @param everSaved where each variable of the file is saved, wherever that is
   */
  static VariableScope ofRunbook(Map<String, SourceSpan> everSaved) {
    return new VariableScope(
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        null,
        false,
        everSaved,
        new LinkedHashSet<>());
  }

  /** Returns the scope of what runs once for each item. */
  VariableScope within(Variable item) {
    Map<String, Variable> more = new LinkedHashMap<>(items);
    more.put(item.name(), item);
    return new VariableScope(lasting, more, beside, gathered, everSaved, used);
  }

  /** Returns the scope of items that run side by side: none knows what another one has saved. */
  VariableScope ofItemsSideBySide() {
    return new VariableScope(lasting, items, new LinkedHashMap<>(), true, everSaved, used);
  }

  /**
   * Returns the scope of one of several steps that run side by side.
   *
   * @param others what those before it in the file save
   */
  VariableScope ofStepSideBySide(Map<String, Variable> others) {
    return new VariableScope(
        new LinkedHashMap<>(lasting), items, Map.copyOf(others), false, everSaved, used);
  }

  /** Returns whether what is bound here runs side by side with something else. */
  boolean isSideBySide() {
    return beside != null;
  }

  /** Returns what has been saved in this scope and is not known in another one. */
  Map<String, Variable> savedBeyond(VariableScope outer) {
    Map<String, Variable> more = new LinkedHashMap<>(lasting);
    if (gathered && beside != null) {
      more.putAll(beside);
    }
    more.keySet().removeAll(outer.lasting.keySet());
    return more;
  }

  /** Makes a parameter or a saved variable known to every step from here on. */
  void declare(Variable variable) {
    Map<String, Variable> known = gathered && beside != null ? beside : lasting;
    known.putIfAbsent(variable.name(), variable);
  }

  /** Makes variables known to every step from here on. */
  void declareAll(Map<String, Variable> variables) {
    variables.values().forEach(this::declare);
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

  /** Returns where a name is saved by something that runs side by side with this, or null. */
  @Nullable SourceSpan savedBeside(String name) {
    Variable variable = beside == null ? null : beside.get(name);
    return variable == null ? null : variable.span();
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
