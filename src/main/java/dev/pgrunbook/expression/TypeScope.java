package dev.pgrunbook.expression;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types that names will have when an expression is evaluated. */
public interface TypeScope {

  /** Returns a name's type, or null when nothing has that name. */
  @Nullable Type lookup(String name);

  /** Returns every name, so that a wrong one can be corrected. */
  Set<String> names();

  /** Returns the scope of exactly these names. */
  static TypeScope of(Map<String, Type> types) {
    Map<String, Type> copy = Map.copyOf(types);
    return new TypeScope() {
      @Override
      public @Nullable Type lookup(String name) {
        return copy.get(name);
      }

      @Override
      public Set<String> names() {
        return copy.keySet();
      }
    };
  }
}
