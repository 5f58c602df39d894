package dev.pgrunbook.inspect.effects;

import dev.pgrunbook.database.ReadOnlySession;
import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.StatementFailure;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.sql.OpenQuestion.IsConstrainedDomain;
import dev.pgrunbook.sql.OpenQuestion.IsVolatile;
import dev.pgrunbook.sql.OpenQuestion.NeedsConversion;
import dev.pgrunbook.sql.QualifiedName;
import dev.pgrunbook.sql.RelationEffect;
import dev.pgrunbook.sql.SqlLiterals;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.sql.Work;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.BooleanValue;
import dev.pgrunbook.value.Value.ListValue;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the catalog about everything that statements name, in few queries for however many.
 *
 * <p>The queries read catalogs and call none but PostgreSQL's own functions that only read. Sizes
 * take an ACCESS SHARE lock for a moment; where one is not to be had, the statistics must do.
 */
public final class CatalogReader {

  private static final String LOCK_NOT_AVAILABLE = "lock_not_available";

  private final ReadOnlySession session;
  private final Set<String> asked = new HashSet<>();
  private final Map<String, RelationFacts> relations = new LinkedHashMap<>();
  private final Map<String, Boolean> functions = new LinkedHashMap<>();
  private final Map<String, CatalogFacts.TypeFacts> types = new LinkedHashMap<>();

  private @Nullable List<Value> server;

  /** Makes a reader that remembers what a session has told it, and asks for nothing twice. */
  public CatalogReader(ReadOnlySession session) {
    this.session = session;
  }

  /**
   * Returns what the catalog says of what the statements name, as the session's role and {@code
   * search_path} see it.
   *
   * @throws dev.pgrunbook.database.DatabaseFailure when it cannot be asked
   */
  public static CatalogFacts read(ReadOnlySession session, Collection<StatementEffects> effects) {
    return new CatalogReader(session).facts(effects);
  }

  /**
   * Returns what the catalog says of what the statements name.
   *
   * @throws dev.pgrunbook.database.DatabaseFailure when it cannot be asked
   */
  public CatalogFacts facts(Collection<StatementEffects> effects) {
    Set<String> names = new LinkedHashSet<>();
    for (StatementEffects one : effects) {
      for (RelationEffect relation : one.relations()) {
        names.add(relation.relation());
        relation.work().forEach(this::note);
      }
    }
    List<Value> about = server();
    names.removeIf(asked::contains);
    if (!names.isEmpty()) {
      asked.addAll(names);
      Set<String> before = Set.copyOf(relations.keySet());
      readRelations(names);
      readRelations(neighbours());
      if (isTrue(about.get(2)) && !before.containsAll(relations.keySet())) {
        readPglogical();
      }
    }
    return new CatalogFacts(
        Integer.parseInt(about.get(0).display()),
        isTrue(about.get(1)),
        relations,
        functions,
        types);
  }

  private List<Value> server() {
    if (server == null) {
      server = session.query(BoundSql.of(CatalogQueries.SERVER), 1).rows().get(0);
    }
    return server;
  }

  private void note(Work work) {
    if (work.condition() instanceof IsVolatile function) {
      functions.computeIfAbsent(function.name(), this::isVolatile);
    } else if (work.condition() instanceof IsConstrainedDomain domain) {
      noteType(domain.type());
    } else if (work.condition() instanceof NeedsConversion conversion) {
      noteType(conversion.type());
    }
  }

  private void noteType(String type) {
    if (asked.add("type " + type)) {
      readType(type);
    }
  }

  /** Returns the tables that are locked along with others, and not yet known. */
  private Set<String> neighbours() {
    Set<String> names = new LinkedHashSet<>();
    for (RelationFacts one : relations.values()) {
      if (one.indexed() != null) {
        names.add(one.indexed());
      }
      if (one.defaultPartition() != null) {
        names.add(one.defaultPartition());
      }
      names.addAll(one.sources());
      one.views().forEach(view -> names.add(view.name()));
      one.foreignKeys().forEach(key -> names.add(key.other()));
      one.referencedBy().forEach(key -> names.add(key.other()));
    }
    names.removeIf(name -> relations.containsKey(QualifiedName.key(name)));
    return names;
  }

  private void readRelations(Collection<String> names) {
    List<Value> wanted =
        names.stream()
            .filter(name -> !QualifiedName.parts(name).isEmpty())
            .filter(name -> QualifiedName.parts(name).size() <= 2)
            .map(name -> Value.text(SqlLiterals.qualifiedIdentifier(name)))
            .toList();
    if (wanted.isEmpty()) {
      return;
    }
    for (List<Value> row : ask(wanted).rows()) {
      RelationFacts facts = CatalogRow.relation(row.get(1));
      relations.put(QualifiedName.key(row.get(0).display()), facts);
      relations.putIfAbsent(QualifiedName.key(facts.name()), facts);
    }
  }

  private Rows ask(List<Value> names) {
    try {
      return query(CatalogQueries.RELATIONS, names, Value.bool(true));
    } catch (StatementFailure failure) {
      if (!LOCK_NOT_AVAILABLE.equals(failure.condition())) {
        throw failure;
      }
      return query(CatalogQueries.RELATIONS, names, Value.bool(false));
    }
  }

  private Rows query(String sql, List<Value> names, Value exact) {
    BoundValue asked = new BoundValue("text[]", new ListValue(names));
    return session.query(new BoundSql(sql, List.of(new BoundValue("bool", exact), asked)), 0);
  }

  private void readPglogical() {
    List<Value> names =
        relations.values().stream().map(one -> Value.text(one.name())).distinct().toList();
    BoundValue asked = new BoundValue("text[]", new ListValue(names));
    Rows rows = session.query(new BoundSql(CatalogQueries.PGLOGICAL, List.of(asked)), 0);
    Map<String, Value> found = new LinkedHashMap<>();
    rows.rows().forEach(row -> found.put(row.get(0).display(), row.get(1)));
    relations.replaceAll(
        (key, facts) ->
            found.containsKey(facts.name())
                ? CatalogRow.withPglogical(facts, Objects.requireNonNull(found.get(facts.name())))
                : facts);
  }

  /** What cannot be found counts as volatile. */
  private boolean isVolatile(String function) {
    List<String> parts = QualifiedName.parts(function);
    if (parts.isEmpty()) {
      return true;
    }
    String schema = parts.size() > 1 ? parts.get(parts.size() - 2) : "";
    BoundSql sql =
        new BoundSql(
            CatalogQueries.VOLATILE,
            List.of(
                new BoundValue("text", Value.text(parts.get(parts.size() - 1))),
                new BoundValue("text", Value.text(schema)),
                new BoundValue("text", Value.text(schema))));
    Value answer = session.query(sql, 1).first();
    return answer == null || answer.isNull() || isTrue(answer);
  }

  /** Before PostgreSQL 16 the server has no way to be asked of a type that is none but to fail. */
  private void readType(String type) {
    BoundValue text = new BoundValue("text", Value.text(type));
    try {
      Rows rows = session.query(new BoundSql(CatalogQueries.TYPE, List.of(text)), 1);
      if (!rows.isEmpty()) {
        types.put(type, CatalogRow.type(rows.rows().get(0)));
      }
    } catch (StatementFailure noType) {
      // What is no type is no answer; the server says so when the statement itself is checked.
    }
  }

  private static boolean isTrue(Value value) {
    return value instanceof BooleanValue truth && truth.value();
  }
}
