package dev.pgrunbook.sql;

import static dev.pgrunbook.sql.Work.Kind.REWRITTEN;
import static dev.pgrunbook.sql.Work.Kind.SCANNED;

/** The effects of VACUUM, CLUSTER, ANALYZE, REFRESH MATERIALIZED VIEW and LOCK TABLE. */
final class MaintenanceEffects {

  private MaintenanceEffects() {}

  static void add(EffectDraft draft) {
    switch (draft.tag()) {
      case "VACUUM" -> vacuum(draft);
      case "CLUSTER" -> rewrite(draft, "CLUSTER");
      case "ANALYZE" -> {
        all(draft, Work.certain(SCANNED));
        draft.undo(Reversal.nothing());
      }
      case "REFRESH MATERIALIZED VIEW" -> refresh(draft);
      default -> lock(draft);
    }
  }

  private static void all(EffectDraft draft, Work work) {
    draft.analysis().locks().forEach(lock -> draft.work(lock.relation(), work));
  }

  private static void vacuum(EffectDraft draft) {
    boolean full = Locks.isVacuumFull(draft.tokens(), draft.next());
    if (full) {
      rewrite(draft, "VACUUM FULL");
    } else {
      all(draft, Work.certain(SCANNED));
      draft.undo(Reversal.nothing());
    }
  }

  private static void rewrite(EffectDraft draft, String what) {
    all(draft, Work.certain(REWRITTEN));
    draft.undo(Reversal.nothing());
    draft.advise(
        AdviceCode.REWRITES_TABLE,
        what
            + " copies the table and its indexes while nobody can read or write it, and needs the"
            + " space for both",
        "VACUUM, or pg_repack or pg_squeeze");
  }

  private static void refresh(EffectDraft draft) {
    StatementTokens tokens = draft.tokens();
    int name = draft.next() + 2;
    draft.undo(Reversal.nothing());
    if (tokens.isWord(name, "concurrently")) {
      all(draft, Work.certain(SCANNED));
    } else {
      all(draft, Work.certain(REWRITTEN));
      draft.advise(
          AdviceCode.REFRESH_NOT_CONCURRENT,
          "nobody can read " + draft.name(name) + " until its query has finished",
          "REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a unique index");
    }
  }

  private static void lock(EffectDraft draft) {
    draft.undo(Reversal.nothing());
    for (RelationLock lock : draft.analysis().locks()) {
      if (LockMode.of(lock).keepsWritersOut()) {
        draft.advise(
            AdviceCode.LOCKS_TABLE,
            lock.relation() + " stays locked until the transaction ends: " + lock.blocks(),
            "the weakest mode that does, right before it is needed");
        return;
      }
    }
  }
}
