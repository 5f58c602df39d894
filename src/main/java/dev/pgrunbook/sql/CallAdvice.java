package dev.pgrunbook.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Advice about the functions that a statement calls. */
final class CallAdvice {

  /** Functions whose effect stays when their transaction is rolled back. */
  private static final Set<String> AT_ONCE =
      Set.of(
          "dblink_exec",
          "lo_export",
          "nextval",
          "pg_cancel_backend",
          "pg_create_logical_replication_slot",
          "pg_create_physical_replication_slot",
          "pg_drop_replication_slot",
          "pg_promote",
          "pg_reload_conf",
          "pg_replication_slot_advance",
          "pg_rotate_logfile",
          "pg_switch_wal",
          "pg_terminate_backend",
          "pg_wal_replay_pause",
          "pg_wal_replay_resume",
          "setval");

  private CallAdvice() {}

  /** Code whose text is not here may do anything, and locks what it pleases. */
  static void add(EffectDraft draft) {
    List<String> unknown = new ArrayList<>();
    for (String call : draft.analysis().calls()) {
      if (AT_ONCE.contains(BuiltInFunctions.bare(call))) {
        draft.advise(
            AdviceCode.ACTS_AT_ONCE, call + "() acts at once: no rollback takes it back", null);
      }
      if (!BuiltInFunctions.isKnown(call)) {
        unknown.add(call + "()");
      }
    }
    if (!unknown.isEmpty()) {
      draft.advise(
          AdviceCode.UNKNOWN_CODE,
          "what " + String.join(", ", unknown) + " does and locks is not told by the text",
          null);
    }
  }
}
