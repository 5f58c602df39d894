package dev.pgrunbook.database;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.postgresql.core.Oid;
import org.postgresql.core.TypeInfo;

/** PostgreSQL's type names and oids, of one connection. */
final class TypeNames {

  /** What people write for types that the catalog calls otherwise. */
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("boolean", "bool"),
          Map.entry("smallint", "int2"),
          Map.entry("integer", "int4"),
          Map.entry("int", "int4"),
          Map.entry("bigint", "int8"),
          Map.entry("real", "float4"),
          Map.entry("double precision", "float8"),
          Map.entry("decimal", "numeric"),
          Map.entry("character varying", "varchar"),
          Map.entry("timestamp without time zone", "timestamp"),
          Map.entry("timestamp with time zone", "timestamptz"));

  private final TypeInfo types;

  TypeNames(TypeInfo types) {
    this.types = types;
  }

  /** Returns a type's oid; the server infers what is not known. */
  int oid(String name) throws SQLException {
    String plain = name.trim();
    boolean array = plain.endsWith("[]");
    String element = array ? plain.substring(0, plain.length() - 2) : plain;
    String canonical = ALIASES.getOrDefault(element.toLowerCase(Locale.ROOT), element);
    if (canonical.equals("unknown")) {
      return Oid.UNSPECIFIED;
    }
    return array ? types.getPGArrayType(canonical) : types.getPGType(canonical);
  }

  /** Returns a type's name as {@code pg_type} spells it. */
  String name(int oid) throws SQLException {
    String name = types.getPGType(oid);
    return name == null ? "unknown" : name;
  }

  /** Returns the oid of an array type's elements; 0 when it is no array type. */
  int element(int oid) throws SQLException {
    return types.getPGArrayElement(oid);
  }

  /** Returns what stands between the elements of an array type's text. */
  char delimiter(int arrayOid) throws SQLException {
    return types.getArrayDelimiter(arrayOid);
  }
}
