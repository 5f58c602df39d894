package dev.pgrunbook.inspect;

import dev.pgrunbook.database.Snapshot;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.ListValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a database's catalogs say about the objects that a query may lead to. */
final class Catalog {

  /**
   * How objects of one kind are looked up.
   *
   * @param query up to its condition
   * @param name the column of their names
   * @param oid the column of their oids
   */
  private record Lookup<T>(String query, String name, String oid, Function<List<Value>, T> row) {}

  private static final Lookup<FunctionRow> FUNCTIONS =
      new Lookup<>(CatalogSql.FUNCTIONS, "p.proname", "p.oid", Catalog::function);

  private static final Lookup<OperatorRow> OPERATORS =
      new Lookup<>(CatalogSql.OPERATORS, "o.oprname", "o.oid", Catalog::operator);

  private static final Lookup<RelationRow> RELATIONS =
      new Lookup<>(CatalogSql.RELATIONS, "c.relname", "c.oid", Catalog::relation);

  private static final Lookup<TypeRow> TYPES =
      new Lookup<>(CatalogSql.TYPES, "t.typname", "t.oid", Catalog::type);

  private final Snapshot snapshot;

  Catalog(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * A function.
   *
   * @param oid its oid
   * @param schema its schema
   * @param name its name
   * @param kind {@code f} a function, {@code a} an aggregate, {@code w} a window function, {@code
   *     p} a procedure
   * @param isVolatile whether it says of itself that it is
   * @param language its language
   * @param extension the extension it belongs to, or null
   * @param source its source as text
   * @param hasSettings whether it runs with settings of its own other than a search path
   * @param trees its parsed body and the defaults of its arguments
   * @param types the made types of its arguments and its result
   * @param parts the functions that an aggregate is made of
   * @param isTrigger whether no query can call it
   */
  record FunctionRow(
      long oid,
      String schema,
      String name,
      String kind,
      boolean isVolatile,
      String language,
      @Nullable String extension,
      String source,
      boolean hasSettings,
      List<String> trees,
      Set<Long> types,
      Set<Long> parts,
      boolean isTrigger) {

    boolean isOwn() {
      return oid < NodeTree.FIRST_MADE;
    }

    String display() {
      return schema + "." + name;
    }
  }

  /**
   * An operator that somebody made.
   *
   * @param name its name
   * @param functions what it calls, estimators included
   * @param related its commutator and its negator, which the planner may put in its place
   * @param operands the types of its operands; 0 for none
   * @param hasNamesake whether PostgreSQL has an operator of this name
   */
  record OperatorRow(
      long oid,
      String schema,
      String name,
      Set<Long> functions,
      Set<Long> related,
      Set<Long> operands,
      boolean hasNamesake) {}

  /**
   * A relation.
   *
   * @param kind as {@code pg_class} has it
   * @param accessMethod the table access method, or null
   * @param trees its rules, policies, and every expression that reading it may evaluate
   * @param types the made types of its columns
   * @param children what inherits from it
   * @param functions the support functions of operator classes that somebody made for its indexes
   */
  record RelationRow(
      long oid,
      String schema,
      String name,
      String kind,
      @Nullable String accessMethod,
      List<String> trees,
      Set<Long> types,
      Set<Long> children,
      Set<Long> functions) {

    String display() {
      return schema + "." + name;
    }
  }

  /**
   * A type that somebody made.
   *
   * @param functions what reads, writes, casts and sorts its values
   * @param trees the constraints of a domain
   * @param types the types it is made of
   */
  record TypeRow(
      long oid,
      String schema,
      String name,
      Set<Long> functions,
      List<String> trees,
      Set<Long> types) {}

  List<FunctionRow> functionsNamed(Collection<String> names) {
    return named(FUNCTIONS, names);
  }

  List<FunctionRow> functions(Collection<Long> oids) {
    return numbered(FUNCTIONS, oids);
  }

  List<OperatorRow> operatorsNamed(Collection<String> names) {
    return named(OPERATORS, names);
  }

  List<OperatorRow> operators(Collection<Long> oids) {
    return numbered(OPERATORS, oids);
  }

  List<RelationRow> relationsNamed(Collection<String> names) {
    return named(RELATIONS, names);
  }

  List<RelationRow> relations(Collection<Long> oids) {
    return numbered(RELATIONS, oids);
  }

  List<TypeRow> typesNamed(Collection<String> names) {
    return named(TYPES, names);
  }

  List<TypeRow> types(Collection<Long> oids) {
    return numbered(TYPES, oids);
  }

  private <T> List<T> named(Lookup<T> kind, Collection<String> names) {
    return look(kind, kind.name() + " = ANY (?::text[]::name[])", texts(names));
  }

  private <T> List<T> numbered(Lookup<T> kind, Collection<Long> oids) {
    return look(kind, kind.oid() + " = ANY (?::oid[])", numbers(oids));
  }

  private <T> List<T> look(Lookup<T> kind, String condition, BoundValue wanted) {
    if (wanted.value() instanceof ListValue list && list.items().isEmpty()) {
      return List.of();
    }
    String sql = kind.query() + condition + " ORDER BY " + kind.oid();
    return snapshot.ask(new BoundSql(sql, List.of(wanted))).rows().stream()
        .map(kind.row())
        .toList();
  }

  private static FunctionRow function(List<Value> row) {
    return new FunctionRow(
        oid(row.get(0)),
        row.get(1).display(),
        row.get(2).display(),
        row.get(3).display(),
        row.get(4).display().equals("v"),
        row.get(5).display(),
        text(row.get(6)),
        row.get(7).display(),
        isTrue(row.get(8)),
        textList(row.get(9)),
        oids(row.get(10)),
        oids(row.get(11)),
        isTrue(row.get(12)));
  }

  private static OperatorRow operator(List<Value> row) {
    return new OperatorRow(
        oid(row.get(0)),
        row.get(1).display(),
        row.get(2).display(),
        oids(row.get(3)),
        oids(row.get(4)),
        oids(row.get(5)),
        isTrue(row.get(6)));
  }

  private static RelationRow relation(List<Value> row) {
    return new RelationRow(
        oid(row.get(0)),
        row.get(1).display(),
        row.get(2).display(),
        row.get(3).display(),
        text(row.get(4)),
        textList(row.get(5)),
        oids(row.get(6)),
        oids(row.get(7)),
        oids(row.get(8)));
  }

  private static TypeRow type(List<Value> row) {
    return new TypeRow(
        oid(row.get(0)),
        row.get(1).display(),
        row.get(2).display(),
        oids(row.get(3)),
        textList(row.get(4)),
        oids(row.get(5)));
  }

  /**
   * Returns the functions that cast one of PostgreSQL's own types to another and are not its own.
   */
  Set<Long> castsOfOwnTypes() {
    return first(CatalogSql.CASTS_OF_OWN_TYPES);
  }

  /** Returns the made types that values of PostgreSQL's own types become without being asked. */
  Set<Long> typesReachedImplicitly() {
    return first(CatalogSql.TYPES_REACHED_IMPLICITLY);
  }

  private Set<Long> first(String sql) {
    Set<Long> oids = new LinkedHashSet<>();
    snapshot.ask(new BoundSql(sql, List.of())).rows().forEach(row -> oids.add(oid(row.get(0))));
    return oids;
  }

  private static BoundValue texts(Collection<String> texts) {
    List<Value> values = new ArrayList<>();
    texts.stream().sorted().forEach(text -> values.add(Value.text(text)));
    return new BoundValue("text[]", new ListValue(values));
  }

  private static BoundValue numbers(Collection<Long> oids) {
    List<Value> values = new ArrayList<>();
    oids.stream().sorted().forEach(oid -> values.add(Value.integer(oid)));
    return new BoundValue("int8[]", new ListValue(values));
  }

  private static long oid(Value value) {
    return ((IntegerValue) value).value();
  }

  private static boolean isTrue(Value value) {
    return value.equals(Value.bool(true));
  }

  private static @Nullable String text(Value value) {
    return value.isNull() ? null : value.display();
  }

  private static List<String> textList(Value value) {
    return value instanceof ListValue list
        ? list.items().stream().map(Value::display).toList()
        : List.of();
  }

  private static Set<Long> oids(Value value) {
    Set<Long> oids = new LinkedHashSet<>();
    if (value instanceof ListValue list) {
      list.items().forEach(item -> oids.add(oid(item)));
    }
    return oids;
  }
}
