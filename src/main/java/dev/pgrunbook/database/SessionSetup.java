package dev.pgrunbook.database;

import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.value.Value;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a connection a clean session with a step's settings, in one round trip. */
final class SessionSetup {

  private static final NativeStatement DISCARD = NativeStatement.fixed("DISCARD ALL");

  /**
   * Never less durable than {@code on}, and never less than the server's own setting. The operator
   * is qualified, as a database may have its search path begin with a schema that has another one.
   */
  private static final String SYNCHRONOUS_COMMIT =
      """
      pg_catalog.set_config('synchronous_commit',
        CASE WHEN pg_catalog.current_setting('synchronous_commit')
               OPERATOR(pg_catalog.=) 'remote_apply'
          THEN 'remote_apply' ELSE 'on' END, false)""";

  private final StringBuilder sql;
  private final String scope;
  private final List<BoundValue> values = new ArrayList<>();

  private SessionSetup(String beginning, boolean local) {
    this.sql = new StringBuilder(beginning);
    this.scope = local ? "true" : "false";
  }

  /** Sets a connection up; what an earlier session left behind is discarded. */
  static void apply(Backend backend, SessionSettings settings, SecretMask mask)
      throws SQLException {
    SessionSetup setup = new SessionSetup("SELECT " + SYNCHRONOUS_COMMIT, false);
    setup.add(settings);
    BoundSql sql = new BoundSql(setup.sql.toString(), setup.values);
    List<NativeStatement> before = backend.isUsed() ? List.of(DISCARD) : List.of();
    Backend.Request request = new Backend.Request(before, sql, List.of(), Backend.Fetching.ALL, 0);
    backend.markUsed();
    backend.run(request, NativeStatement.of(sql.text()), mask);
  }

  private void add(SessionSettings settings) {
    set("application_name", settings.applicationName().text());
    set("DateStyle", "ISO");
    set("IntervalStyle", "postgres");
    // Statements are split and judged so: a backslash in a plain string is just a backslash.
    set("standard_conforming_strings", "on");
    // pgjdbc sends the zone of this machine; the same run must read and write alike everywhere.
    set("TimeZone", "UTC");
    set("statement_timeout", settings.statementTimeout());
    set("lock_timeout", settings.lockTimeout());
    set("idle_in_transaction_session_timeout", settings.idleInTransactionTimeout());
    // Seconds; ten lost probes in all, so that a vanished client is noticed within two minutes.
    set("tcp_keepalives_idle", "60");
    set("tcp_keepalives_interval", "10");
    set("tcp_keepalives_count", "6");
    setAll(settings.variables());
  }

  private void setAll(Map<String, Value> variables) {
    for (Map.Entry<String, Value> variable : variables.entrySet()) {
      if (isSettingName(variable.getKey())) {
        String text = ParameterText.of("text", variable.getValue());
        set("pgrunbook." + variable.getKey(), text == null ? "" : text);
      }
    }
  }

  /** Returns a query that sets variables until the end of the transaction or savepoint. */
  static BoundSql local(Map<String, Value> variables) {
    SessionSetup setup = new SessionSetup("SELECT 1", true);
    setup.setAll(variables);
    return new BoundSql(setup.sql.toString(), setup.values);
  }

  private void set(String name, @Nullable Duration limit) {
    if (limit != null) {
      // Zero would mean no limit; PostgreSQL keeps milliseconds in 31 bits.
      long millis = Math.max(1, Math.min(limit.toMillis(), Integer.MAX_VALUE));
      set(name, Long.toString(millis));
    }
  }

  private void set(String name, String value) {
    sql.append(", pg_catalog.set_config(?, ?, ").append(scope).append(')');
    values.add(new BoundValue("text", Value.text(name)));
    values.add(new BoundValue("text", Value.text(value)));
  }

  /** The server takes letters, digits, underscores and dollar signs only. */
  private static boolean isSettingName(String name) {
    return !name.isEmpty()
        && !Character.isDigit(name.charAt(0))
        && name.chars().allMatch(c -> c == '_' || c == '$' || Character.isLetterOrDigit(c));
  }
}
