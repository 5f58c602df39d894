package dev.pgrunbook.plan;

import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.sql.RelationLock;
import dev.pgrunbook.sql.SqlNames;
import dev.pgrunbook.sql.StatementAnalysis;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the steps before a place will have changed when a run gets there: what is read now may read
 * otherwise then.
 *
 * <p>It knows what texts tell. What triggers and replication carry further, nobody knows here.
 */
final class Effects {

  /**
   * One change.
   *
   * @param step whose it is
   * @param target the role it is made on; null for every one
   * @param relations the last parts of the names of what is changed; null for anything
   * @param catalogs whether the catalogs change, too
   * @param phrase what happens, after the step's id
   */
  private record Effect(
      String step,
      @Nullable String target,
      @Nullable Set<String> relations,
      boolean catalogs,
      String phrase) {

    boolean reaches(@Nullable String role) {
      return target == null || target.equals(role);
    }
  }

  private final List<Effect> effects = new ArrayList<>();
  private boolean certain = true;

  /** Plans steps of which nobody knows whether they run: what they change may be changed. */
  <T> T ofStepsThatMayRun(Supplier<T> planning) {
    boolean before = certain;
    certain = false;
    try {
      return planning.get();
    } finally {
      certain = before;
    }
  }

  private String changes(String what) {
    return (certain ? "changes " : "may change ") + what + " first";
  }

  /** Adds what a statement changes. */
  void add(String step, @Nullable String target, StatementAnalysis analysis) {
    if (analysis.readOnly()) {
      return;
    }
    Set<String> changed = new LinkedHashSet<>();
    List<String> written = new ArrayList<>();
    for (RelationLock lock : analysis.locks()) {
      if (!lock.mode().equals("ACCESS SHARE") && !lock.mode().equals("ROW SHARE")) {
        changed.add(lastPart(lock.relation()));
        written.add(lock.relation());
      }
    }
    String first =
        switch (written.size()) {
          case 0 -> "the catalogs";
          case 1, 2, 3 -> String.join(", ", written);
          default -> written.get(0) + " and others";
        };
    switch (analysis.command()) {
      case "SET",
          "RESET",
          "SHOW",
          "LOCK TABLE",
          "CHECKPOINT",
          "LISTEN",
          "NOTIFY",
          "DISCARD ALL" -> {}
      case "INSERT", "UPDATE", "DELETE", "MERGE", "COPY" ->
          effects.add(new Effect(step, target, changed, false, changes(first)));
      case "SELECT", "CALL", "DO", "EXECUTE", "EXPLAIN", "" -> addAnything(step, target);
      default -> {
        if (changed.isEmpty() && !changesCatalogsOnly(analysis.command())) {
          addAnything(step, target);
        } else {
          effects.add(new Effect(step, target, changed, true, changes(first)));
        }
      }
    }
  }

  /** What is new is read by no query that can be asked now. */
  private static boolean changesCatalogsOnly(String command) {
    return command.startsWith("CREATE ")
        || command.equals("ANALYZE")
        || command.equals("VACUUM")
        || command.equals("COMMENT");
  }

  /** Adds that nobody knows what a step changes. */
  void addAnything(String step, @Nullable String target) {
    String phrase =
        certain
            ? "runs first, and may change what it reads"
            : "may run first, and change what it reads";
    effects.add(new Effect(step, target, null, true, phrase));
  }

  /** Adds that a step waits for something to change. */
  void addWaiting(String step, @Nullable String target) {
    String phrase = certain ? "waits for a change first" : "may wait for a change first";
    effects.add(new Effect(step, target, null, true, phrase));
  }

  /** Returns why it is not known yet what a query will read, or null when nothing changes it. */
  @Nullable Deferred on(@Nullable String target, String query) {
    Set<String> names = SqlNames.of(query).names();
    return on(target, names, names.stream().anyMatch(Effects::isCatalog));
  }

  /** Returns the same for the relations that were read, as {@code schema.name}. */
  @Nullable Deferred onRelations(@Nullable String target, Set<String> relations) {
    Set<String> names = new LinkedHashSet<>();
    relations.forEach(relation -> names.add(lastPart(relation)));
    return on(target, names, false);
  }

  private @Nullable Deferred on(@Nullable String target, Set<String> names, boolean catalogs) {
    Set<String> steps = new LinkedHashSet<>();
    String reason = null;
    for (Effect effect : effects) {
      if (effect.reaches(target) && touches(effect, names, catalogs)) {
        reason = reason == null ? effect.step() + " " + effect.phrase() : reason;
        steps.add(effect.step());
      }
    }
    return reason == null ? null : new Deferred(reason, List.copyOf(steps));
  }

  private static boolean touches(Effect effect, Set<String> names, boolean catalogs) {
    return effect.relations() == null
        || effect.catalogs() && catalogs
        || effect.relations().stream().anyMatch(names::contains);
  }

  /** Returns the last step before that may create what is not there yet, or null. */
  @Nullable String creator(@Nullable String target) {
    String creator = null;
    for (Effect effect : effects) {
      creator = effect.reaches(target) && effect.catalogs() ? effect.step() : creator;
    }
    return creator;
  }

  /** What is named so shows definitions, sizes and states, which other changes change. */
  private static boolean isCatalog(String name) {
    return name.startsWith("pg_")
        || name.startsWith("reg")
        || name.startsWith("to_reg")
        || name.equals("information_schema");
  }

  private static String lastPart(String relation) {
    String last = relation.substring(afterDot(relation));
    return last.startsWith("\"")
        ? last.substring(1, last.length() - 1).replace("\"\"", "\"")
        : last.toLowerCase(Locale.ROOT);
  }

  private static int afterDot(String relation) {
    boolean quoted = relation.endsWith("\"");
    if (!quoted) {
      return relation.lastIndexOf('.') + 1;
    }
    int open = relation.length() - 2;
    while (open > 0 && (relation.charAt(open) != '"' || relation.charAt(open - 1) == '"')) {
      open -= relation.charAt(open) == '"' ? 2 : 1;
    }
    return Math.max(0, open);
  }
}
