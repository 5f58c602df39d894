package dev.pgrunbook.expression;

import dev.pgrunbook.value.Value;
import org.jspecify.annotations.Nullable;

/** The values that names have while an expression is evaluated. */
@FunctionalInterface
public interface Scope {

  /** Returns a name's value, SQL's null as a value, or null when nothing has that name. */
  @Nullable Value lookup(String name);
}
