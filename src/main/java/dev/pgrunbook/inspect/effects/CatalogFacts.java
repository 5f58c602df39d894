package dev.pgrunbook.inspect.effects;

import dev.pgrunbook.sql.QualifiedName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog says of everything that some statements name.
 *
 * @param serverVersion the server's version as {@code server_version_num}
 * @param utc whether the session's time zone is UTC
 * @param relations the relations that exist, by the key of the name asked for
 * @param functions whether a function of the name is volatile, by the key of the name
 * @param types the types that exist, by the text asked for
 */
public record CatalogFacts(
    int serverVersion,
    boolean utc,
    Map<String, RelationFacts> relations,
    Map<String, Boolean> functions,
    Map<String, TypeFacts> types) {

  /**
   * What the catalog says of a type.
   *
   * @param name the type, a domain's base type, with its modifier
   * @param constrained whether it is a domain with constraints
   * @param castsFrom types whose values it stores unchanged
   */
  public record TypeFacts(String name, boolean constrained, java.util.List<String> castsFrom) {
    public TypeFacts {
      castsFrom = java.util.List.copyOf(castsFrom);
    }
  }

  public CatalogFacts {
    relations = Collections.unmodifiableMap(new LinkedHashMap<>(relations));
    functions = Map.copyOf(functions);
    types = Map.copyOf(types);
  }

  /** Returns what is known of a relation, named as a statement does; null when it is not there. */
  public @Nullable RelationFacts relation(String written) {
    return relations.get(QualifiedName.key(written));
  }
}
