package dev.pgrunbook.engine;

import dev.pgrunbook.plan.ExpandedStatement;
import java.util.Locale;
import java.util.Set;

/**
 * Functions whose effects survive a rollback, so that the transaction's fate does not tell theirs.
 *
 * <p>{@code nextval} and {@code setval} are left out: a number lost to a rollback is what sequences
 * are documented to do.
 */
final class LastingEffects {

  private static final Set<String> FUNCTIONS =
      Set.of(
          "dblink",
          "dblink_connect",
          "dblink_exec",
          "dblink_send_query",
          "lo_export",
          "pg_cancel_backend",
          "pg_copy_logical_replication_slot",
          "pg_copy_physical_replication_slot",
          "pg_create_logical_replication_slot",
          "pg_create_physical_replication_slot",
          "pg_create_restore_point",
          "pg_drop_replication_slot",
          "pg_file_write",
          "pg_logical_slot_get_binary_changes",
          "pg_logical_slot_get_changes",
          "pg_promote",
          "pg_replication_origin_advance",
          "pg_replication_slot_advance",
          "pg_rotate_logfile",
          "pg_switch_wal",
          "pg_terminate_backend",
          "pg_wal_replay_pause",
          "pg_wal_replay_resume");

  /** Until the session ends, which is not when its query does. */
  private static final Set<String> SESSION_LOCKS =
      Set.of(
          "pg_advisory_lock",
          "pg_advisory_lock_shared",
          "pg_try_advisory_lock",
          "pg_try_advisory_lock_shared");

  private LastingEffects() {}

  /** Returns whether a statement calls one of them. */
  static boolean outlivesRollback(ExpandedStatement statement) {
    return calls(statement, FUNCTIONS);
  }

  /** Returns whether a query leaves a lock behind that no transaction ends. */
  static boolean locksSession(ExpandedStatement statement) {
    return calls(statement, SESSION_LOCKS);
  }

  private static boolean calls(ExpandedStatement statement, Set<String> functions) {
    for (String call : statement.analysis().calls()) {
      String name = call.substring(call.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      if (functions.contains(name)) {
        return true;
      }
    }
    return false;
  }
}
