package dev.pgrunbook.inspect;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people have read of the functions that PostgreSQL and well-known extensions bring: which
 * volatile ones only read, and which others act all the same.
 *
 * <p>Read against the sources of PostgreSQL 12 to 18. What is new is volatile and not listed, so it
 * is not run; what is not volatile and new is, so the second list needs a look at each release.
 */
final class ReviewedFunctions {

  /** Volatile, as what they return changes on its own; they change nothing. */
  private static final Set<String> READERS =
      Set.of(
          "amvalidate",
          "clock_timestamp",
          "current_query",
          "gen_random_uuid",
          "pg_blocking_pids",
          "pg_collation_actual_version",
          "pg_control_checkpoint",
          "pg_control_init",
          "pg_control_recovery",
          "pg_control_system",
          "pg_current_wal_flush_lsn",
          "pg_current_wal_insert_lsn",
          "pg_current_wal_lsn",
          "pg_database_collation_actual_version",
          "pg_database_size",
          "pg_get_replication_slots",
          "pg_get_shmem_allocations",
          "pg_get_wal_replay_pause_state",
          "pg_hba_file_rules",
          "pg_ident_file_mappings",
          "pg_indexes_size",
          "pg_is_in_recovery",
          "pg_is_wal_replay_paused",
          "pg_jit_available",
          "pg_last_committed_xact",
          "pg_last_wal_receive_lsn",
          "pg_last_wal_replay_lsn",
          "pg_last_xact_replay_timestamp",
          "pg_lock_status",
          "pg_notification_queue_usage",
          "pg_partition_ancestors",
          "pg_partition_tree",
          "pg_prepared_xact",
          "pg_relation_size",
          "pg_replication_origin_progress",
          "pg_safe_snapshot_blocking_pids",
          "pg_sequence_last_value",
          "pg_show_all_file_settings",
          "pg_show_replication_origin_status",
          "pg_stat_get_recovery_prefetch",
          "pg_table_size",
          "pg_tablespace_size",
          "pg_total_relation_size",
          "pg_xact_commit_timestamp",
          "pg_xact_commit_timestamp_origin",
          "pg_xact_status",
          "random",
          "random_normal",
          "timeofday",
          "txid_status",
          "uuidv4",
          "uuidv7");

  /** Not volatile by their own account; they act, or run what a text or a type's name says. */
  private static final Set<String> ACTING =
      Set.of(
          // Assign a transaction id.
          "pg_current_xact_id",
          "txid_current",
          // Run queries of relations that a text names.
          "database_to_xml",
          "database_to_xml_and_xmlschema",
          "database_to_xmlschema",
          "schema_to_xml",
          "schema_to_xml_and_xmlschema",
          "schema_to_xmlschema",
          "table_to_xml",
          "table_to_xml_and_xmlschema",
          "table_to_xmlschema",
          "ts_rewrite",
          "ts_stat",
          // Call functions of a type, a table or an access method that an argument names.
          "array_in",
          "array_recv",
          "domain_in",
          "domain_recv",
          "multirange_in",
          "pg_input_error_info",
          "pg_input_is_valid",
          "range_in",
          "record_in",
          "satisfies_hash_partition");

  /** Extensions whose functions do what their marking says. */
  private static final Set<String> EXTENSIONS =
      Set.of(
          "bloom",
          "btree_gin",
          "btree_gist",
          "citext",
          "cube",
          "dict_int",
          "dict_xsyn",
          "earthdistance",
          "fuzzystrmatch",
          "hstore",
          "intarray",
          "isn",
          "ltree",
          "pg_buffercache",
          "pg_freespacemap",
          "pg_stat_statements",
          "pg_trgm",
          "pg_visibility",
          "pgcrypto",
          "pgstattuple",
          "plpgsql",
          "postgis",
          "seg",
          "tsm_system_rows",
          "tsm_system_time",
          "unaccent",
          "uuid-ossp",
          "vector");

  /**
   * Functions of extensions that were read one by one, as {@code extension.function}: they read,
   * whatever their marking says.
   */
  private static final Set<String> READERS_OF_EXTENSIONS =
      Set.of(
          "pg_buffercache.pg_buffercache_pages",
          "pg_buffercache.pg_buffercache_summary",
          "pg_freespacemap.pg_freespace",
          "pg_stat_statements.pg_stat_statements",
          "pg_stat_statements.pg_stat_statements_info",
          "pgcrypto.gen_random_bytes",
          "pgcrypto.gen_random_uuid",
          "pgcrypto.gen_salt",
          "pglogical.pglogical_gen_slot_name",
          "pglogical.pglogical_max_proto_version",
          "pglogical.pglogical_min_proto_version",
          "pglogical.pglogical_node_info",
          "pglogical.pglogical_version",
          "pglogical.pglogical_version_num",
          "pglogical.show_repset_table_info",
          "pglogical.show_subscription_status",
          "pglogical.show_subscription_table",
          "pglogical.xact_commit_timestamp_origin",
          "pgstattuple.pg_relpages",
          "pgstattuple.pgstatginindex",
          "pgstattuple.pgstathashindex",
          "pgstattuple.pgstatindex",
          "pgstattuple.pgstattuple",
          "pgstattuple.pgstattuple_approx",
          "uuid-ossp.uuid_generate_v1",
          "uuid-ossp.uuid_generate_v1mc",
          "uuid-ossp.uuid_generate_v4");

  private ReviewedFunctions() {}

  /** Returns why one of PostgreSQL's own functions is not run, or null when it only reads. */
  static @Nullable String objectionToOwn(String name, boolean isVolatile) {
    if (ACTING.contains(name)) {
      return "acts, or runs what its arguments name";
    }
    return isVolatile && !READERS.contains(name) && !name.startsWith("pg_stat_get_")
        ? "is volatile and not known to only read"
        : null;
  }

  /** Returns whether a C function of an extension is known to only read. */
  static boolean isReader(String extension, String name, boolean isVolatile) {
    return READERS_OF_EXTENSIONS.contains(extension + "." + name)
        || !isVolatile && EXTENSIONS.contains(extension);
  }
}
