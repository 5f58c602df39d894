package dev.pgrunbook.inspect;

import dev.pgrunbook.sql.PlainQuery;
import dev.pgrunbook.sql.SqlNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which queries of a runbook may be run while a plan is made: those that nothing but reads
 * can come of, whatever a database's owner has put in their way.
 *
 * <p>It does not resolve names as the server would: every function, operator, relation and type
 * that a name could mean in any schema must be harmless, and everything that those lead to.
 */
final class Judge {

  private static final String HIDDEN = "a name in it is spelled in a way that hides it";

  private final Catalog catalog;
  private final Map<String, Verdict> verdicts = new HashMap<>();
  private final Map<String, Optional<String>> parsings = new HashMap<>();
  private @Nullable Set<Long> castsOfOwnTypes;
  private @Nullable Set<Long> typesReachedImplicitly;

  Judge(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * What was decided.
   *
   * @param objection why the query is not run, in a phrase that follows "because"; null when it may
   * @param relations the relations that it may read, as {@code schema.name}, the catalogs left out
   */
  record Verdict(@Nullable String objection, Set<String> relations) {
    Verdict {
      relations = Set.copyOf(relations);
    }
  }

  /** Decides about one statement, in which every identifier is in its place. */
  Verdict judge(String sql) {
    return verdicts.computeIfAbsent(sql, this::decide);
  }

  /**
   * Returns why the server is not even asked to parse a statement of any kind, in a phrase that
   * follows "because"; null when it may be.
   */
  @Nullable String objectionToParsing(String sql) {
    return parsings.computeIfAbsent(sql, this::lookAtLiterals).orElse(null);
  }

  private Optional<String> lookAtLiterals(String sql) {
    SqlNames names = SqlNames.of(sql);
    if (!names.certain()) {
      return Optional.of(HIDDEN);
    }
    Reach reach = new Reach(catalog);
    reach.addTypesOf(names);
    return Optional.ofNullable(reach.objection());
  }

  private Verdict decide(String sql) {
    String objection = PlainQuery.objection(sql);
    if (objection != null) {
      return new Verdict(objection, Set.of());
    }
    SqlNames names = SqlNames.of(sql);
    if (!names.certain()) {
      return new Verdict(HIDDEN, Set.of());
    }
    Reach reach = new Reach(catalog);
    reach.addFunctions(castsOfOwnTypes(), "a cast");
    reach.addTypes(typesReachedImplicitly(), "a cast");
    reach.addNames(names, "it");
    return new Verdict(reach.objection(), reach.relations());
  }

  private Set<Long> castsOfOwnTypes() {
    if (castsOfOwnTypes == null) {
      castsOfOwnTypes = catalog.castsOfOwnTypes();
    }
    return castsOfOwnTypes;
  }

  private Set<Long> typesReachedImplicitly() {
    if (typesReachedImplicitly == null) {
      typesReachedImplicitly = catalog.typesReachedImplicitly();
    }
    return typesReachedImplicitly;
  }
}
