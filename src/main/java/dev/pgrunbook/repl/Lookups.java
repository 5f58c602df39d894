package dev.pgrunbook.repl;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.engine.OperatorActs.Outcome;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions to the catalogs of the current target, and who waits for whom there. */
final class Lookups {

  private static final String TABLES =
      """
      SELECT n.nspname AS schema, c.relname AS name,
        CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
          WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table'
          WHEN 'S' THEN 'sequence' END AS type,
        pg_catalog.pg_get_userbyid(c.relowner) AS owner,
        CASE WHEN c.relkind IN ('r', 'm') THEN
          pg_catalog.pg_size_pretty(pg_catalog.pg_total_relation_size(c.oid)) END AS size
      FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ORDER BY 1, 2""";

  private static final String COLUMNS =
      """
      SELECT a.attname AS column, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
        CASE WHEN a.attnotnull THEN 'not null' END AS nullable,
        pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS default
      FROM pg_catalog.pg_attribute AS a
      LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum""";

  private static final String CONSTRAINTS =
      """
      SELECT conname AS constraint, pg_catalog.pg_get_constraintdef(oid) AS definition
      FROM pg_catalog.pg_constraint
      WHERE conrelid = ?::regclass OR confrelid = ?::regclass
      ORDER BY contype, conname""";

  private static final String INDEXES =
      """
      SELECT i.indexrelid::regclass::text AS index, i.indrelid::regclass::text AS table,
        pg_catalog.pg_size_pretty(pg_catalog.pg_relation_size(i.indexrelid)) AS size,
        s.idx_scan AS scans,
        CASE WHEN NOT i.indisvalid THEN 'invalid ' ELSE '' END
          || CASE WHEN i.indisprimary THEN 'primary ' WHEN i.indisunique THEN 'unique ' ELSE '' END
          || pg_catalog.regexp_replace(
            pg_catalog.pg_get_indexdef(i.indexrelid), '^.* USING ', '') AS definition
      FROM pg_catalog.pg_index AS i
      JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_stat_all_indexes AS s ON s.indexrelid = i.indexrelid
      WHERE n.nspname !~ '^pg_' AND (? = '' OR i.indrelid = nullif(?, '')::regclass)
      ORDER BY 1""";

  private static final String BLOCKERS =
      """
      SELECT w.pid AS waits, w.usename AS "user",
        pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() - w.query_start) AS for,
        b.pid AS "blocked by", b.usename AS "whose user", b.state,
        pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() - b.xact_start) AS open,
        pg_catalog.left(pg_catalog.regexp_replace(w.query, '\\s+', ' ', 'g'), 60) AS query,
        pg_catalog.left(pg_catalog.regexp_replace(b.query, '\\s+', ' ', 'g'), 60) AS "its query"
      FROM pg_catalog.pg_stat_activity AS w
      CROSS JOIN LATERAL pg_catalog.unnest(pg_catalog.pg_blocking_pids(w.pid)) AS p(pid)
      JOIN pg_catalog.pg_stat_activity AS b ON b.pid = p.pid
      ORDER BY w.query_start, w.pid""";

  private final Standing standing;
  private final StepScreen screen;
  private final ResultText results;

  Lookups(Look look, Standing standing, StepScreen screen) {
    this.standing = standing;
    this.screen = screen;
    this.results = new ResultText(look, standing);
  }

  /** Lists tables, or describes one. */
  Reaction describe(String name) {
    if (name.isEmpty()) {
      return Reaction.say(told(outcome(TABLES, "")));
    }
    List<String> lines = new ArrayList<>();
    for (String question : List.of(COLUMNS, INDEXES, CONSTRAINTS)) {
      Outcome outcome = outcome(question, name);
      if (!(outcome instanceof Outcome.Answered answered)) {
        return Reaction.say(told(outcome));
      }
      Rows rows = answered.statements().get(0).rows();
      if (rows != null && !rows.isEmpty()) {
        lines.addAll(results.rows(rows));
      }
    }
    return Reaction.say(lines);
  }

  /** Lists indexes, of all tables or of one. */
  Reaction indexes(String table) {
    return Reaction.say(told(outcome(INDEXES, table)));
  }

  /** Lists who waits for whom. */
  Reaction blockers() {
    Outcome outcome = outcome(BLOCKERS, "");
    boolean nobody =
        outcome instanceof Outcome.Answered answered
            && answered.statements().stream().allMatch(one -> one.count() == 0);
    return nobody
        ? Reaction.say(List.of(screen.aside("nobody waits for a lock on this server")))
        : Reaction.say(told(outcome));
  }

  /** The catalogs' questions are not the operator's: only the sentence is. */
  private List<String> told(@Nullable Outcome outcome) {
    if (outcome == null) {
      return List.of(screen.aside("this runbook has no target to ask"));
    }
    return outcome instanceof Outcome.Refused refused
        ? List.of(screen.aside(refused.failure().error().message()))
        : results.of(outcome);
  }

  private @Nullable Outcome outcome(String sql, String name) {
    String role = standing.role();
    if (role == null) {
      return null;
    }
    List<BoundValue> values = new ArrayList<>();
    sql.chars()
        .filter(c -> c == '?')
        .forEach(c -> values.add(new BoundValue("text", Value.text(name))));
    ExpandedStatement statement =
        new ExpandedStatement(1, new BoundSql(sql, values), sql, StatementAnalysis.of(sql));
    return standing
        .acts()
        .query(standing.request().address(), role, statement, standing.scope(), SqlCommands.ROWS);
  }
}
