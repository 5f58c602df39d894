package dev.pgrunbook.sql;

import dev.pgrunbook.sql.StatementContext.Block;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What statements mean for each other: locks that add up, tables that are new. */
final class EffectSequence {

  private final StatementContext context;
  private final Set<String> created = new LinkedHashSet<>();
  private final Map<String, RelationLock> held = new LinkedHashMap<>();

  private EffectSequence(StatementContext context) {
    this.context = context;
  }

  static List<StatementEffects> of(List<StatementEffects> effects, StatementContext context) {
    EffectSequence sequence = new EffectSequence(context);
    List<StatementEffects> told = new ArrayList<>();
    effects.forEach(one -> told.add(sequence.next(one)));
    return told;
  }

  private StatementEffects next(StatementEffects one) {
    List<Advice> advice = new ArrayList<>(one.advice());
    if (isOnlyOnNewTables(one)) {
      advice.removeIf(a -> isAboutOthersWaiting(a.code()));
    } else if (context.block() == Block.SHARED) {
      advise(one, advice);
    }
    remember(one);
    advice.sort(Comparator.comparing(a -> a.code().level()));
    return one.with(one.relations(), advice, one.touchedRows());
  }

  /** Nobody else knows of a table that these statements made; its locks are in nobody's way. */
  private boolean isOnlyOnNewTables(StatementEffects one) {
    return !one.relations().isEmpty()
        && one.relations().stream()
            .allMatch(r -> created.contains(QualifiedName.key(r.relation())));
  }

  private static boolean isAboutOthersWaiting(AdviceCode code) {
    return switch (code) {
      case LOCK_TIMEOUT,
          INDEX_NOT_CONCURRENT,
          DROP_INDEX_NOT_CONCURRENT,
          REINDEX_NOT_CONCURRENT,
          FOREIGN_KEY_VALIDATED_AT_ONCE,
          CHECK_VALIDATED_AT_ONCE,
          UNIQUE_WITHOUT_INDEX,
          EXCLUSION_CONSTRAINT,
          SET_NOT_NULL,
          ADD_COLUMN_REWRITES,
          ADD_REQUIRED_COLUMN,
          CHANGE_TYPE,
          CREATES_TRIGGER,
          EVERY_ROW ->
          true;
      default -> false;
    };
  }

  private void advise(StatementEffects one, List<Advice> advice) {
    if (held.isEmpty()) {
      return;
    }
    String locked = String.join(", ", held.values().stream().map(RelationLock::relation).toList());
    if (addsAnother(one)) {
      advice.add(
          new Advice(
              AdviceCode.MANY_STRONG_LOCKS,
              "waits for another strong lock while the transaction holds " + locked,
              "transaction: each, or one step a table"));
    }
    boolean validates = one.relations().stream().anyMatch(EffectSequence::validates);
    boolean works = one.relations().stream().anyMatch(r -> !r.work().isEmpty());
    boolean changes = isDataChange(one.analysis().command());
    if (validates) {
      advice.add(
          new Advice(
              AdviceCode.VALIDATE_IN_SAME_TRANSACTION,
              "checks every row while the transaction holds " + locked,
              "VALIDATE CONSTRAINT in a transaction of its own"));
    } else if (works || changes) {
      advice.add(
          new Advice(
              AdviceCode.LONG_WORK_UNDER_LOCK,
              "whoever needs " + locked + " waits for this statement, too",
              "a transaction of its own"));
    }
  }

  private static boolean validates(RelationEffect relation) {
    return relation.work().stream()
        .anyMatch(work -> work.condition() instanceof OpenQuestion.IsNotValid);
  }

  /** Several indexes are often those of one table, whose lock is then the same. */
  private boolean addsAnother(StatementEffects one) {
    boolean index =
        one.analysis().command().contains("INDEX") && !one.analysis().command().contains("CREATE");
    return !index
        && one.relations().stream()
            .anyMatch(
                r ->
                    isStrong(r)
                        && !created.contains(QualifiedName.key(r.relation()))
                        && !held.containsKey(QualifiedName.key(r.relation())));
  }

  private static boolean isDataChange(String command) {
    return switch (command) {
      case "INSERT", "UPDATE", "DELETE", "MERGE", "COPY" -> true;
      default -> false;
    };
  }

  private static boolean isStrong(RelationEffect relation) {
    RelationLock lock = relation.lock();
    return lock != null && LockMode.of(lock).keepsWritersOut();
  }

  private void remember(StatementEffects one) {
    String undone = one.reversal().how();
    if (undone.startsWith("DROP TABLE ")) {
      created.add(QualifiedName.key(undone.substring("DROP TABLE ".length())));
    }
    for (RelationEffect relation : one.relations()) {
      String key = QualifiedName.key(relation.relation());
      RelationLock lock = relation.lock();
      if (isStrong(relation) && lock != null && !created.contains(key)) {
        held.putIfAbsent(key, lock);
      }
    }
  }
}
