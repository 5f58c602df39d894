package dev.pgrunbook.database;

import dev.pgrunbook.value.Value;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stays true of a connection that can write for as long as it lives.
 *
 * @param systemIdentifier the cluster; null when the role may not read it
 * @param timeline the timeline that is written; it changes only when a server starts or is promoted
 * @param backendStart when the server process started
 * @param serverStart when the server started
 * @param statisticsSince since when the server counts; see {@link #STATISTICS_SINCE}
 */
record ClusterFacts(
    @Nullable String systemIdentifier,
    long timeline,
    Instant backendStart,
    Instant serverStart,
    @Nullable Instant statisticsSince) {

  /**
   * When the background writer's counters were last set to zero. A server does so when it recovers
   * from a crash, also from one that its postmaster survives, such as a backend that was killed; a
   * clean restart keeps the counters and this time. Everybody may read it.
   */
  static final String STATISTICS_SINCE =
      "(extract(epoch FROM pg_catalog.pg_stat_get_bgwriter_stat_reset_time()) * 1000000)::bigint";

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  /** The control file's timeline is the last checkpoint's, an old one right after a promotion. */
  private static final String FACTS =
      """
      SELECT ('x' || pg_catalog.left(pg_catalog.pg_walfile_name(
               pg_catalog.pg_current_wal_insert_lsn()), 8))::bit(32)::bigint::text,
        (extract(epoch FROM backend_start) * 1000000)::bigint,
        (extract(epoch FROM pg_catalog.pg_postmaster_start_time()) * 1000000)::bigint,
        %s
      FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid())"""
          .formatted(STATISTICS_SINCE);

  private static final String SYSTEM_IDENTIFIER =
      "SELECT system_identifier::text FROM pg_catalog.pg_control_system()";

  /**
   * Asks a primary; a standby has no timeline of its own, and the question fails.
   *
   * <p>The identifier is left out: not to be allowed to read it would fail an open transaction.
   */
  static ClusterFacts read(Backend backend) throws SQLException {
    List<Value> row = backend.ask(FACTS, List.of()).rows().get(0);
    long timeline = Long.parseLong(row.get(0).display());
    return new ClusterFacts(
        null, timeline, instant(row.get(1)), instant(row.get(2)), instantOrNull(row.get(3)));
  }

  /** Returns a time that the server gave in microseconds of the Unix epoch. */
  static Instant instant(Value micros) {
    return Instant.EPOCH.plus(Long.parseLong(micros.display()), ChronoUnit.MICROS);
  }

  /** Returns such a time, or null when the server gave none. */
  static @Nullable Instant instantOrNull(Value micros) {
    return micros.isNull() ? null : instant(micros);
  }

  ClusterFacts withSystemIdentifier(@Nullable String identifier) {
    return new ClusterFacts(identifier, timeline, backendStart, serverStart, statisticsSince);
  }

  /** Returns the cluster's identifier, or null when the role may not read it. */
  static @Nullable String systemIdentifier(Backend backend) throws SQLException {
    try {
      return Backend.text(backend.ask(SYSTEM_IDENTIFIER, List.of()).rows().get(0), 0);
    } catch (SQLException failure) {
      if (INSUFFICIENT_PRIVILEGE.equals(failure.getSQLState())) {
        return null;
      }
      throw failure;
    }
  }
}
