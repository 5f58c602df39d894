package dev.pgrunbook.sql;

import java.util.List;

/** Advice about the locks themselves: to bound the wait for them, to hold them for short. */
final class LockAdvice {

  private LockAdvice() {}

  /** A request for a strong lock that waits makes everybody after it wait, too. */
  static void add(EffectDraft draft, List<RelationEffect> relations) {
    for (RelationEffect relation : relations) {
      RelationLock lock = relation.lock();
      if (lock != null && LockMode.of(lock).keepsWritersOut()) {
        addTimeout(draft, relation.relation(), lock);
        addStatementTimeout(draft, relations);
        return;
      }
    }
  }

  /** What reads or writes every row lasts as long as there are rows. */
  private static void addStatementTimeout(EffectDraft draft, List<RelationEffect> relations) {
    boolean works = relations.stream().anyMatch(relation -> !relation.work().isEmpty());
    if (works && !draft.context().statementTimeout()) {
      draft.advise(
          AdviceCode.STATEMENT_TIMEOUT,
          "may hold its lock for as long as its work takes",
          "set timeout in the step to what others can bear");
    }
  }

  private static void addTimeout(EffectDraft draft, String relation, RelationLock lock) {
    if (!draft.context().lockTimeout()) {
      draft.advise(
          AdviceCode.LOCK_TIMEOUT,
          "may wait for "
              + lock.mode()
              + " on "
              + relation
              + " without a limit, and whoever needs the table queues behind it",
          "set lockTimeout in the step, 5s for instance");
    }
  }
}
