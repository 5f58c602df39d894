package dev.pgrunbook.repl;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.engine.OperatorActs.Outcome;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names of a target's schemas, tables and columns, as SQL spells them; asked once a minute. */
final class CatalogNames {

  private static final int MOST = 20_000;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private static final String NAMES =
      """
      SELECT pg_catalog.quote_ident(n.nspname), pg_catalog.quote_ident(c.relname),
        pg_catalog.pg_table_is_visible(c.oid), pg_catalog.quote_ident(a.attname)
      FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ORDER BY 1, 2, a.attnum""";

  /** A relation by the names it can be written with, and its columns. */
  private record Relation(String schema, String name, boolean visible, List<String> columns) {}

  private record Known(List<Relation> relations, long at) {}

  private final Standing standing;
  private final Map<String, Known> known = new HashMap<>();

  CatalogNames(Standing standing) {
    this.standing = standing;
  }

  /** Returns the relations and schemas. */
  List<Suggestion> relations() {
    List<Suggestion> all = new ArrayList<>();
    Set<String> schemas = new LinkedHashSet<>();
    for (Relation relation : asked()) {
      if (relation.visible()) {
        all.add(new Suggestion(relation.name(), "table"));
      }
      all.add(new Suggestion(relation.schema() + "." + relation.name(), "table"));
      schemas.add(relation.schema());
    }
    schemas.forEach(schema -> all.add(new Suggestion(schema + ".", "schema")));
    return all;
  }

  /** Returns the columns of the relations that a text names, or of the one before a dot. */
  List<Suggestion> columns(String text, String word) {
    int dot = word.lastIndexOf('.');
    String qualifier = dot < 0 ? "" : word.substring(0, dot + 1);
    String named = " " + text.toLowerCase(Locale.ROOT).replaceAll("[(),\\s]+", " ") + " ";
    boolean none = !named.contains(" from ") && !named.contains(" into ");
    List<Suggestion> all = new ArrayList<>();
    for (Relation relation : asked()) {
      String name = relation.name().toLowerCase(Locale.ROOT);
      String whole = relation.schema().toLowerCase(Locale.ROOT) + "." + name;
      boolean mentioned = named.contains(" " + name + " ") || named.contains(" " + whole + " ");
      boolean before = qualifier.equalsIgnoreCase(relation.name() + ".");
      boolean any = none && relation.visible();
      if (dot < 0 ? mentioned || any : before) {
        String what = "column of " + relation.name();
        relation.columns().forEach(one -> all.add(new Suggestion(qualifier + one, what)));
      }
    }
    return all;
  }

  private List<Relation> asked() {
    String role = standing.role();
    if (role == null) {
      return List.of();
    }
    Known before = known.get(role);
    if (before != null && System.nanoTime() - before.at() < MINUTE_NANOS) {
      return before.relations();
    }
    List<Relation> relations = ask(role);
    known.put(role, new Known(relations, System.nanoTime()));
    return relations;
  }

  /** A database that cannot be asked has no names: completion is no place for complaints. */
  private List<Relation> ask(String role) {
    BoundSql sql = new BoundSql(NAMES, List.of());
    ExpandedStatement statement = new ExpandedStatement(1, sql, NAMES, StatementAnalysis.of(NAMES));
    Outcome outcome =
        standing
            .acts()
            .query(standing.request().address(), role, statement, standing.scope(), MOST);
    if (!(outcome instanceof Outcome.Answered answered)) {
      return List.of();
    }
    Map<String, Relation> relations = new LinkedHashMap<>();
    Rows rows = answered.statements().get(0).rows();
    for (List<Value> row : rows == null ? List.<List<Value>>of() : rows.rows()) {
      String schema = row.get(0).display();
      String name = row.get(1).display();
      relations
          .computeIfAbsent(
              schema + "." + name,
              key -> {
                boolean visible = row.get(2).equals(Value.bool(true));
                return new Relation(schema, name, visible, new ArrayList<>());
              })
          .columns()
          .add(row.get(3).display());
    }
    return List.copyOf(relations.values());
  }
}
