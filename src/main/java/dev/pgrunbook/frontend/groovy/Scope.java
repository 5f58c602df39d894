package dev.pgrunbook.frontend.groovy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ClassNode;
import org.jspecify.annotations.Nullable;

/** The local names at a place of a file. */
final class Scope {

  /** A name's value, which assignments change. */
  static final class Slot {
    private final ClassNode type;
    private @Nullable Datum value;

    Slot(ClassNode type, @Nullable Datum value) {
      this.type = type;
      this.value = value;
    }

    ClassNode type() {
      return type;
    }

    /** Returns the value; null when computing it failed, which has been told. */
    @Nullable Datum value() {
      return value;
    }

    void assign(Datum newValue) {
      this.value = newValue;
    }
  }

  private final @Nullable Scope outer;
  private final Map<String, Slot> slots = new HashMap<>();

  private Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  /** Returns the scope of a file, or of a method's body: methods see no names around them. */
  static Scope outermost() {
    return new Scope(null);
  }

  Scope inner() {
    return new Scope(this);
  }

  /** Returns a name's slot, or null when there is no such local name. */
  @Nullable Slot find(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Slot slot = scope.slots.get(name);
      if (slot != null) {
        return slot;
      }
    }
    return null;
  }

  void declare(String name, Slot slot) {
    slots.put(name, slot);
  }

  /** Returns every name that can be used here. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (Scope scope = this; scope != null; scope = scope.outer) {
      names.addAll(scope.slots.keySet());
    }
    return names;
  }
}
