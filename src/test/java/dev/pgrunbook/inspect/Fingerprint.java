package dev.pgrunbook.inspect;

import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything about a cluster that a statement could change and leave behind: every row of every
 * table and catalog of every database, sequences, slots, sessions, locks, statistics that were
 * reset, transaction ids, files, and the write-ahead log.
 *
 * <p>Reading a hostile database may itself set things off, so the log's position is taken last
 * before, and first after.
 */
final class Fingerprint {

  private static final List<String> ACROSS =
      List.of(
          "SELECT 'slot', s::text FROM (SELECT slot_name, active, restart_lsn FROM"
              + " pg_replication_slots ORDER BY 1) AS s",
          "SELECT 'session', count(*)::text FROM pg_stat_activity WHERE application_name LIKE"
              + " 'pgrunbook%'",
          "SELECT 'canary', count(*)::text FROM pg_stat_activity WHERE application_name ="
              + " 'canary'",
          "SELECT 'advisory locks', count(*)::text FROM pg_locks WHERE locktype = 'advisory'",
          "SELECT 'configuration loaded', pg_conf_load_time()::text",
          "SELECT 'server started', pg_postmaster_start_time()::text",
          "SELECT 'statistics reset ' || datname, stats_reset::text FROM pg_stat_database WHERE"
              + " datname IS NOT NULL ORDER BY 1",
          "SELECT 'shared statistics reset', stats_reset::text FROM pg_stat_bgwriter",
          "SELECT 'prepared', count(*)::text FROM pg_prepared_xacts",
          "SELECT 'settings', md5(string_agg(name || setting, ',' ORDER BY name)) FROM"
              + " pg_settings WHERE name NOT LIKE 'transaction%'",
          "SELECT 'file settings', count(*)::text FROM pg_file_settings");

  private static final String TABLES =
      """
      SELECT format('%I.%I', n.nspname, c.relname), c.relkind = 'S'
      FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'S') AND n.nspname !~ '^pg_(toast|temp)'
      ORDER BY 1""";

  private final Map<String, String> facts;

  private Fingerprint(Map<String, String> facts) {
    this.facts = facts;
  }

  /** Takes everything but the position of the log. */
  static Fingerprint of(
      TestPostgres postgres, Collection<TestPostgres> databases, Path... directories) {
    Map<String, String> facts = new TreeMap<>();
    for (String query : ACROSS) {
      for (List<String> row : rows(postgres, query)) {
        facts.merge(row.get(0), row.get(1), (a, b) -> a + ", " + b);
      }
    }
    addTables(postgres, facts);
    databases.forEach(database -> addTables(database, facts));
    for (Path directory : directories) {
      addFiles(directory, facts);
    }
    return new Fingerprint(facts);
  }

  private static void addTables(TestPostgres database, Map<String, String> facts) {
    StringBuilder all = new StringBuilder();
    for (List<String> row : rows(database, TABLES)) {
      String table = row.get(0);
      String rows =
          "t".equals(row.get(1))
              ? "last_value::text || is_called"
              : "count(*) || ' ' || md5(coalesce(string_agg(md5(t::text), '' ORDER BY"
                  + " md5(t::text)), ''))";
      all.append(all.length() == 0 ? "" : " UNION ALL ")
          .append("SELECT '%s', %s FROM %s AS t".formatted(table.replace("'", "''"), rows, table));
    }
    for (List<String> row : rows(database, all.toString())) {
      facts.put(database.database() + " " + row.get(0), row.get(1));
    }
  }

  /** A hostile search path must not lead the test astray. */
  private static List<List<String>> rows(TestPostgres database, String query) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = pg_catalog, public");
      List<List<String>> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery(query)) {
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            row.add(String.valueOf(result.getString(column)));
          }
          rows.add(row);
        }
      }
      return rows;
    } catch (SQLException failure) {
      throw new AssertionError(failure.getMessage() + "\nin: " + query, failure);
    }
  }

  /** Statistics and the server's log are written all the time; what is in them is seen above. */
  private static void addFiles(Path directory, Map<String, String> facts) {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .map(directory::relativize)
          .map(Path::toString)
          .filter(name -> !name.startsWith("pg_stat") && !name.endsWith(".pid"))
          .filter(name -> !name.startsWith("pg_internal") && !name.contains("pg_internal.init"))
          .filter(name -> !name.startsWith("pg_subtrans") && !name.endsWith("log"))
          .sorted()
          .forEach(name -> facts.put("file " + directory + "/" + name, "there"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns what is not what it was, both values of each. */
  Map<String, String> differences(Fingerprint before) {
    Map<String, String> different = new TreeMap<>();
    before.facts.forEach(
        (name, value) -> {
          String now = facts.get(name);
          if (!value.equals(now)) {
            different.put(name, value + " -> " + now);
          }
        });
    facts.forEach(
        (name, value) -> {
          if (!before.facts.containsKey(name)) {
            different.put(name, "new: " + value);
          }
        });
    return different;
  }

  /** Returns where the log stands, and the next transaction's id. */
  static String position(TestPostgres postgres) {
    return postgres.queryText("SELECT pg_current_wal_insert_lsn()::text");
  }

  /**
   * Returns the records that were logged between two positions, but for those that a server writes
   * on its own account: checkpoints, and the list of running transactions.
   */
  static List<List<String>> logged(TestPostgres postgres, String start, String end) {
    if (end.equals(start)) {
      return List.of();
    }
    // Records are read from files: a commit has them written there.
    postgres.execute("CREATE TABLE flushed (); DROP TABLE flushed");
    return rows(
        postgres,
        """
        SELECT start_lsn::text, resource_manager, record_type, left(description, 100)
        FROM pg_get_wal_records_info('%s', '%s')
        WHERE NOT (resource_manager = 'Standby' AND record_type = 'RUNNING_XACTS')
          AND NOT (resource_manager = 'XLOG' AND record_type LIKE 'CHECKPOINT%%')"""
            .formatted(start, end));
  }
}
