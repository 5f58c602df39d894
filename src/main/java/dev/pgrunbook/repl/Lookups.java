package dev.pgrunbook.repl;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.engine.OperatorActs.Outcome;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tables and indexes the current target has. */
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

  private final CatalogQuestions questions;
  private final ResultText results;

  Lookups(Look look, Standing standing, StepScreen screen) {
    this.questions = new CatalogQuestions(look, standing, screen);
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

  private List<String> told(@Nullable Outcome outcome) {
    return questions.told(outcome);
  }

  private @Nullable Outcome outcome(String sql, String name) {
    int places = (int) sql.chars().filter(c -> c == '?').count();
    BoundValue value = new BoundValue("text", Value.text(name));
    return questions.ask(sql, Collections.nCopies(places, value));
  }
}
