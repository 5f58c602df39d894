package dev.pgrunbook.database;

import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/**
 * PostgreSQL's types as one connection knows them; the catalog is asked once for each other one.
 */
final class TypeNames {

  /**
   * A type.
   *
   * @param name as {@code pg_type} spells it, an array's as its element's with {@code []}
   * @param element the oid of an array's elements; 0 for what is no array
   * @param delimiter what stands between the elements of an array
   */
  record Type(String name, int element, char delimiter) {}

  /** Name, oid, oid of the array; the same on every server. */
  private static final Object[][] COMMON = {
    {"bool", Oid.BOOL, Oid.BOOL_ARRAY},
    {"int2", Oid.INT2, Oid.INT2_ARRAY},
    {"int4", Oid.INT4, Oid.INT4_ARRAY},
    {"int8", Oid.INT8, Oid.INT8_ARRAY},
    {"oid", Oid.OID, Oid.OID_ARRAY},
    {"float4", Oid.FLOAT4, Oid.FLOAT4_ARRAY},
    {"float8", Oid.FLOAT8, Oid.FLOAT8_ARRAY},
    {"numeric", Oid.NUMERIC, Oid.NUMERIC_ARRAY},
    {"text", Oid.TEXT, Oid.TEXT_ARRAY},
    {"varchar", Oid.VARCHAR, Oid.VARCHAR_ARRAY},
    {"name", Oid.NAME, Oid.NAME_ARRAY},
    {"date", Oid.DATE, Oid.DATE_ARRAY},
    {"timestamp", Oid.TIMESTAMP, Oid.TIMESTAMP_ARRAY},
    {"timestamptz", Oid.TIMESTAMPTZ, Oid.TIMESTAMPTZ_ARRAY},
    {"interval", Oid.INTERVAL, Oid.INTERVAL_ARRAY},
    {"json", Oid.JSON, Oid.JSON_ARRAY},
    {"jsonb", Oid.JSONB, Oid.JSONB_ARRAY},
    {"uuid", Oid.UUID, Oid.UUID_ARRAY},
  };

  /** What people write for types that the catalog calls otherwise. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "boolean", "bool",
          "smallint", "int2",
          "integer", "int4",
          "int", "int4",
          "bigint", "int8",
          "real", "float4",
          "double precision", "float8");

  private final Backend backend;
  private final Map<Integer, Type> types = new HashMap<>();
  private final Map<String, Integer> oids = new HashMap<>();

  TypeNames(Backend backend) {
    this.backend = backend;
    for (Object[] common : COMMON) {
      String name = (String) common[0];
      int oid = (Integer) common[1];
      int array = (Integer) common[2];
      types.put(oid, new Type(name, 0, ','));
      types.put(array, new Type(name + "[]", oid, ','));
      oids.put(name, oid);
      oids.put(name + "[]", array);
    }
    oids.put("unknown", Oid.UNSPECIFIED);
  }

  /** Returns a type's oid; the server infers what is not known. */
  int oid(String name) throws SQLException {
    boolean array = name.endsWith("[]");
    String element = array ? name.substring(0, name.length() - 2) : name;
    String plain = ALIASES.getOrDefault(element.toLowerCase(Locale.ROOT), element);
    String canonical = array ? plain + "[]" : plain;
    Integer known = oids.get(canonical);
    if (known == null) {
      known = ask(canonical);
      oids.put(canonical, known);
    }
    return known;
  }

  private int ask(String name) throws SQLException {
    Value oid =
        backend
            .ask(
                "SELECT pg_catalog.to_regtype(?)::oid",
                List.of(new BoundValue("text", Value.text(name))))
            .first();
    return oid instanceof Value.IntegerValue found ? (int) found.value() : Oid.UNSPECIFIED;
  }

  /** Returns a type that {@link #learn} has seen. */
  Type type(int oid) {
    Type known = types.get(oid);
    return known == null ? new Type("unknown", 0, ',') : known;
  }

  /** Asks the catalog for those of some types that are not known yet. */
  void learn(List<Integer> wanted) throws SQLException {
    List<Value> unknown = new ArrayList<>();
    for (int oid : wanted) {
      if (!types.containsKey(oid)) {
        unknown.add(Value.integer(Integer.toUnsignedLong(oid)));
      }
    }
    if (unknown.isEmpty()) {
      return;
    }
    // A true array type has elements, no length of its own and no array type above it; int2vector
    // and oidvector, whose texts are no arrays', have one.
    Rows rows =
        backend.ask(
            """
            SELECT t.oid, t.typname::text, t.typdelim::text,
              CASE WHEN t.typelem OPERATOR(pg_catalog.<>) 0::oid
                  AND t.typlen OPERATOR(pg_catalog.=) (-1)::int2
                  AND t.typarray OPERATOR(pg_catalog.=) 0::oid THEN t.typelem END,
              e.typname::text, e.typdelim::text
            FROM pg_catalog.pg_type AS t
            LEFT JOIN pg_catalog.pg_type AS e ON e.oid OPERATOR(pg_catalog.=) t.typelem
            WHERE t.oid OPERATOR(pg_catalog.=) ANY (?::oid[])""",
            List.of(new BoundValue("int8[]", new ListValue(unknown))));
    for (List<Value> row : rows.rows()) {
      remember(row);
    }
  }

  private void remember(List<Value> row) {
    int oid = (int) number(row.get(0));
    int element = (int) number(row.get(3));
    Type type =
        element == 0
            ? new Type(row.get(1).display(), 0, ',')
            : new Type(row.get(4).display() + "[]", element, row.get(5).display().charAt(0));
    types.put(oid, type);
  }

  private static long number(@Nullable Value value) {
    return value instanceof Value.IntegerValue integer ? integer.value() : 0;
  }
}
