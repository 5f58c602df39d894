package dev.pgrunbook.loader;

import dev.pgrunbook.expression.Type;
import dev.pgrunbook.expression.TypeScope;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names where columns of a result are variables, too.
 *
 * @param variables the step's own names
 * @param columns what the columns may be called
 * @param roles whose columns can be told apart as {@code role.column}
 */
record ColumnScope(VariableScope variables, ResultColumns columns, Set<String> roles)
    implements TypeScope {

  @Override
  public @Nullable Type lookup(String name) {
    if (roles.contains(name)) {
      return Type.openRow();
    }
    Type known = variables.lookup(name);
    if (known != null) {
      // A column hides the variable of the same name, and its type is not known.
      return columns.mention(name) ? Type.DYNAMIC : known;
    }
    return columns.mayHave(name, variables.names()) ? Type.DYNAMIC : null;
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(columns.aliases());
    names.addAll(roles);
    names.addAll(variables.names());
    return names;
  }
}
