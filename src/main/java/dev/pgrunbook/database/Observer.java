package dev.pgrunbook.database;

import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.value.Value;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection of its own that looks at the server and other sessions, and ends them when told to.
 *
 * <p>It never waits for a session: what it asks takes no relation locks.
 */
final class Observer implements AutoCloseable {

  private static final SessionSettings SETTINGS =
      SessionSettings.of(ApplicationName.of("observer"))
          .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(2));

  private final Connector connector;
  private @Nullable Backend backend;
  private volatile @Nullable Integer version;

  Observer(Connector connector) {
    this.connector = connector;
  }

  /** Asks on the kept connection; a broken one is replaced, so that a restart is survived. */
  private synchronized Rows ask(String sql, BoundValue... values) {
    Backend kept = backend;
    if (kept != null) {
      try {
        return kept.ask(sql, List.of(values));
      } catch (SQLException failure) {
        if (!isLost(kept, failure)) {
          throw new FailureReader(new SecretMask()).read(failure, null);
        }
      }
    }
    return askAnew(sql, List.of(values));
  }

  private Rows askAnew(String sql, List<BoundValue> values) {
    close();
    Backend fresh = new Backend(connector.connect());
    backend = fresh;
    try {
      SessionSetup.apply(fresh, SETTINGS, new SecretMask());
      return fresh.ask(sql, values);
    } catch (SQLException failure) {
      if (isLost(fresh, failure)) {
        close();
      }
      throw new FailureReader(new SecretMask()).read(failure, null);
    }
  }

  private static boolean isLost(Backend backend, SQLException failure) {
    return backend.isClosed() || FailureReader.isLost(failure);
  }

  ServerIdentity identity() {
    Rows rows =
        ask(
            """
            SELECT pg_catalog.current_setting('server_version'),
              pg_catalog.current_setting('server_version_num')::int,
              pg_catalog.current_database()::text, current_user::text,
              pg_catalog.pg_is_in_recovery(),
              CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
                ELSE pg_catalog.pg_current_wal_insert_lsn() END::text,
              CASE WHEN NOT pg_catalog.pg_is_in_recovery() THEN
                ('x' || pg_catalog.left(pg_catalog.pg_walfile_name(
                  pg_catalog.pg_current_wal_insert_lsn()), 8))::bit(32)::bigint END,
              (extract(epoch FROM pg_catalog.pg_postmaster_start_time()) * 1000000)::bigint,
              %s"""
                .formatted(ClusterFacts.STATISTICS_SINCE));
    List<Value> row = rows.rows().get(0);
    boolean inRecovery = row.get(4).equals(Value.bool(true));
    String position = Backend.text(row, 5);
    return new ServerIdentity(
        row.get(0).display(),
        Integer.parseInt(row.get(1).display()),
        controlled("system_identifier FROM pg_catalog.pg_control_system()"),
        inRecovery ? replayedTimeline() : Long.valueOf(row.get(6).display()),
        position == null ? null : WalPosition.parse(position),
        row.get(2).display(),
        row.get(3).display(),
        inRecovery,
        ClusterFacts.instant(row.get(7)),
        ClusterFacts.instantOrNull(row.get(8)));
  }

  private @Nullable Long replayedTimeline() {
    String timeline = controlled("timeline_id FROM pg_catalog.pg_control_checkpoint()");
    return timeline == null ? null : Long.valueOf(timeline);
  }

  @Nullable WalPosition checkpoint() {
    String redo = controlled("redo_lsn::text FROM pg_catalog.pg_control_checkpoint()");
    return redo == null ? null : WalPosition.parse(redo);
  }

  /** Reads from the control file; a role may be forbidden to. */
  private @Nullable String controlled(String what) {
    try {
      return Backend.text(ask("SELECT " + what).rows().get(0), 0);
    } catch (StatementFailure failure) {
      if (failure.condition().equals("insufficient_privilege")) {
        return null;
      }
      throw failure;
    }
  }

  TransactionStatus transactionStatus(String xid) {
    try {
      Value answer =
          ask(
                  "SELECT pg_catalog.pg_xact_status(?::text::pg_catalog.xid8)",
                  new BoundValue("text", Value.text(xid)))
              .first();
      String word = answer == null ? "" : answer.display();
      return switch (word) {
        case "committed" -> TransactionStatus.COMMITTED;
        case "aborted" -> TransactionStatus.ABORTED;
        case "in progress" -> TransactionStatus.IN_PROGRESS;
        default -> TransactionStatus.UNKNOWN;
      };
    } catch (StatementFailure failure) {
      // "transaction ID … is in the future"
      if (failure.condition().equals("invalid_parameter_value")) {
        return TransactionStatus.IN_THE_FUTURE;
      }
      throw failure;
    }
  }

  List<Blocker> blockers(int pid) {
    Rows rows =
        ask(
            """
            SELECT b.pid, a.usename::text, a.application_name, a.query, a.state,
              (extract(epoch FROM
                pg_catalog.clock_timestamp() - a.xact_start) * 1000)::bigint
            FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids(?)) AS b(pid)
            LEFT JOIN pg_catalog.pg_stat_activity AS a USING (pid)
            ORDER BY a.xact_start NULLS LAST, b.pid""",
            pid(pid));
    return rows.rows().stream().map(Observer::blocker).distinct().toList();
  }

  private static Blocker blocker(List<Value> row) {
    return new Blocker(
        Integer.parseInt(row.get(0).display()),
        Backend.text(row, 1),
        Backend.text(row, 2),
        Backend.text(row, 3),
        Backend.text(row, 4),
        duration(row, 5));
  }

  /** Returns how far the server says a process is, or null when it says nothing. */
  @Nullable StatementProgress progress(int pid) {
    Integer known = version;
    if (known == null) {
      Value number = ask("SELECT pg_catalog.current_setting('server_version_num')::int").first();
      known = Integer.valueOf(number == null ? "0" : number.display());
      version = known;
    }
    Rows rows = ask(ProgressViews.query(known), pid(pid));
    return rows.isEmpty() ? null : ProgressViews.progress(rows.rows().get(0));
  }

  List<BackendInfo> backends(String namePrefix) {
    Rows rows =
        ask(
            """
            SELECT pid, (extract(epoch FROM backend_start) * 1000000)::bigint,
              application_name, datname::text, state, query,
              (extract(epoch FROM
                pg_catalog.clock_timestamp() - query_start) * 1000)::bigint
            FROM pg_catalog.pg_stat_activity
            WHERE pg_catalog.starts_with(application_name, ?)
              AND pid <> pg_catalog.pg_backend_pid()
            ORDER BY backend_start, pid""",
            new BoundValue("text", Value.text(namePrefix)));
    return rows.rows().stream().map(Observer::backend).toList();
  }

  private static BackendInfo backend(List<Value> row) {
    Instant start = row.get(1).isNull() ? null : ClusterFacts.instant(row.get(1));
    return new BackendInfo(
        Integer.parseInt(row.get(0).display()),
        start,
        row.get(2).display(),
        Backend.text(row, 3),
        Backend.text(row, 4),
        Backend.text(row, 5),
        duration(row, 6));
  }

  private static @Nullable Duration duration(List<Value> row, int column) {
    String millis = Backend.text(row, column);
    return millis == null ? null : Duration.ofMillis(Math.max(0, Long.parseLong(millis)));
  }

  boolean signal(String function, int pid) {
    Value sent = ask("SELECT pg_catalog." + function + "(?)", pid(pid)).first();
    return Value.bool(true).equals(sent);
  }

  private static BoundValue pid(int pid) {
    return new BoundValue("int4", Value.integer(pid));
  }

  @Override
  public synchronized void close() {
    Backend kept = backend;
    backend = null;
    if (kept != null) {
      DirectConnections.closeQuietly(kept);
    }
  }
}
