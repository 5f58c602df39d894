package dev.pgrunbook.sql;

import java.util.Set;

/** What is known offline of PostgreSQL's own functions. */
final class BuiltInFunctions {

  /**
   * Those among the functions that only read whose result may differ between two rows.
   *
   * <p>A test compares them with {@code pg_proc}.
   */
  private static final Set<String> VOLATILE =
      Set.of("clock_timestamp", "currval", "gen_random_uuid", "lastval", "random", "timeofday");

  /** Volatile ones that write or belong to well-known extensions, and are used in defaults. */
  private static final Set<String> OTHER_VOLATILE =
      Set.of(
          "nextval",
          "setval",
          "random_normal",
          "uuidv4",
          "uuidv7",
          "uuid_generate_v1",
          "uuid_generate_v1mc",
          "uuid_generate_v4",
          "gen_random_bytes");

  /** What may stand for the volatility of a function. */
  enum Volatility {
    VOLATILE,
    NOT_VOLATILE,
    NOT_KNOWN
  }

  private BuiltInFunctions() {}

  /** Returns whether a function of this name, as written, may be volatile. */
  static Volatility volatility(String written) {
    String name = bare(written);
    if (VOLATILE.contains(name) || OTHER_VOLATILE.contains(name)) {
      return Volatility.VOLATILE;
    }
    if (name.startsWith("pg_") || name.startsWith("txid_")) {
      return Volatility.NOT_KNOWN;
    }
    return ReadingFunctions.names().contains(name) ? Volatility.NOT_VOLATILE : Volatility.NOT_KNOWN;
  }

  /** Returns whether what the function does is told by its name. */
  static boolean isKnown(String written) {
    String name = bare(written);
    return ReadingFunctions.names().contains(name)
        || OTHER_VOLATILE.contains(name)
        || name.startsWith("pg_")
        || name.startsWith("pglogical.")
        || name.startsWith("lo_")
        || name.equals("set_config")
        || name.equals("txid_current");
  }

  /** Returns a name as it compares, without the schema of PostgreSQL's own. */
  static String bare(String written) {
    String key = QualifiedName.key(written);
    return key.startsWith("pg_catalog.") ? key.substring(11) : key;
  }
}
