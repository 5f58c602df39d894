package dev.pgrunbook.database;

import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code pg_stat_progress_} views, each read into one form; what one counts differs by phase.
 */
final class ProgressViews {

  private static final String COPY =
      """
      SELECT p.pid, p.command, relid, '',
        CASE WHEN bytes_total > 0 THEN bytes_processed ELSE tuples_processed END,
        CASE WHEN bytes_total > 0 THEN bytes_total END,
        CASE WHEN bytes_total > 0 THEN 'bytes' ELSE 'rows' END
      FROM pg_catalog.pg_stat_progress_copy AS p""";

  private static final String CREATE_INDEX =
      """
      SELECT p.pid, p.command, relid, phase,
        CASE WHEN blocks_total > 0 THEN blocks_done WHEN tuples_total > 0 THEN tuples_done
          WHEN lockers_total > 0 THEN lockers_done END,
        CASE WHEN blocks_total > 0 THEN blocks_total WHEN tuples_total > 0 THEN tuples_total
          WHEN lockers_total > 0 THEN lockers_total END,
        CASE WHEN blocks_total > 0 THEN 'blocks' WHEN tuples_total > 0 THEN 'rows'
          ELSE 'transactions' END
      FROM pg_catalog.pg_stat_progress_create_index AS p""";

  private static final String VACUUM =
      """
      SELECT pid, 'VACUUM', relid, phase,
        CASE WHEN phase = 'vacuuming heap' THEN heap_blks_vacuumed ELSE heap_blks_scanned END,
        heap_blks_total, 'blocks'
      FROM pg_catalog.pg_stat_progress_vacuum AS p""";

  private static final String CLUSTER =
      """
      SELECT p.pid, p.command, relid, phase,
        CASE WHEN heap_blks_total > 0 THEN heap_blks_scanned ELSE heap_tuples_written END,
        nullif(heap_blks_total, 0),
        CASE WHEN heap_blks_total > 0 THEN 'blocks' ELSE 'rows' END
      FROM pg_catalog.pg_stat_progress_cluster AS p""";

  private static final String ANALYZE =
      """
      SELECT pid, 'ANALYZE', relid, phase, sample_blks_scanned, nullif(sample_blks_total, 0),
        'blocks'
      FROM pg_catalog.pg_stat_progress_analyze AS p""";

  private static final String BASE_BACKUP =
      """
      SELECT pid, 'BASE_BACKUP', NULL::oid, phase, backup_streamed, backup_total, 'bytes'
      FROM pg_catalog.pg_stat_progress_basebackup AS p""";

  private ProgressViews() {}

  /** Returns a query that takes a process, of the views that a version of the server has. */
  static String query(int serverVersion) {
    List<String> views = new ArrayList<>(List.of(VACUUM, CREATE_INDEX, CLUSTER));
    if (serverVersion >= 130_000) {
      views.add(ANALYZE);
      views.add(BASE_BACKUP);
    }
    if (serverVersion >= 140_000) {
      views.add(COPY);
    }
    return "SELECT command, relid::pg_catalog.regclass::text, phase, done, total, unit FROM ("
        + String.join("\nUNION ALL\n", views)
        + ") AS progress(pid, command, relid, phase, done, total, unit) WHERE pid = ?";
  }

  static StatementProgress progress(List<Value> row) {
    return new StatementProgress(
        row.get(0).display(),
        Backend.text(row, 1),
        row.get(2).display(),
        number(row, 3),
        number(row, 4),
        row.get(5).display());
  }

  private static @Nullable Long number(List<Value> row, int column) {
    String digits = Backend.text(row, column);
    return digits == null ? null : Long.valueOf(digits);
  }
}
