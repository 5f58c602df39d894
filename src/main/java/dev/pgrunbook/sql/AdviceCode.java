package dev.pgrunbook.sql;

import java.util.Locale;

/** What advice is about; the codes are stable, and {@code src/docs/analysis.md} explains each. */
public enum AdviceCode {
  // Locks and what is done under them.
  LOCK_TIMEOUT(Level.WARNING),
  STATEMENT_TIMEOUT(Level.NOTE),
  MANY_STRONG_LOCKS(Level.WARNING),
  LONG_WORK_UNDER_LOCK(Level.WARNING),
  BARRED_FROM_TRANSACTION(Level.WARNING),
  TRANSACTION_CONTROL(Level.WARNING),
  // Indexes.
  INDEX_NOT_CONCURRENT(Level.WARNING),
  DROP_INDEX_NOT_CONCURRENT(Level.WARNING),
  REINDEX_NOT_CONCURRENT(Level.WARNING),
  CONCURRENT_INDEX_LEFTOVER(Level.NOTE),
  CONCURRENT_INDEX_CORRUPTION(Level.WARNING),
  WIDE_INDEX(Level.NOTE),
  // Constraints.
  FOREIGN_KEY_VALIDATED_AT_ONCE(Level.WARNING),
  CHECK_VALIDATED_AT_ONCE(Level.WARNING),
  VALIDATE_IN_SAME_TRANSACTION(Level.WARNING),
  UNIQUE_WITHOUT_INDEX(Level.WARNING),
  EXCLUSION_CONSTRAINT(Level.WARNING),
  SET_NOT_NULL(Level.WARNING),
  DROP_NOT_NULL(Level.NOTE),
  DOMAIN_CONSTRAINT(Level.WARNING),
  FOREIGN_KEY_WITHOUT_INDEX(Level.NOTE),
  // Columns.
  ADD_COLUMN_REWRITES(Level.WARNING),
  ADD_REQUIRED_COLUMN(Level.WARNING),
  CHANGE_TYPE(Level.WARNING),
  INT4_KEY(Level.NOTE),
  SERIAL(Level.NOTE),
  CHAR_N(Level.NOTE),
  VARCHAR_N(Level.NOTE),
  TIMESTAMP_WITHOUT_ZONE(Level.NOTE),
  JSON_TYPE(Level.NOTE),
  MONEY_TYPE(Level.NOTE),
  // Destruction.
  DROPS_DATA(Level.WARNING),
  DROPS_COLUMN(Level.WARNING),
  CASCADE(Level.WARNING),
  EVERY_ROW(Level.WARNING),
  MANY_ROWS(Level.WARNING),
  TRUNCATES(Level.WARNING),
  UNLOGGED(Level.WARNING),
  // What applications or replicas notice.
  RENAMES(Level.WARNING),
  CREATES_TRIGGER(Level.WARNING),
  SWITCHES_TRIGGERS(Level.WARNING),
  FIRES_TRIGGERS(Level.NOTE),
  ENUM_VALUE(Level.WARNING),
  ENUM_VALUE_ORDER(Level.NOTE),
  REPLICA_IDENTITY(Level.WARNING),
  REPLICATED(Level.NOTE),
  SUBSCRIBED(Level.WARNING),
  DEPENDENTS(Level.WARNING),
  // Maintenance.
  REWRITES_TABLE(Level.WARNING),
  REFRESH_NOT_CONCURRENT(Level.WARNING),
  LOCKS_TABLE(Level.WARNING),
  ATTACH_SCANS(Level.WARNING),
  DETACH_NOT_CONCURRENT(Level.WARNING),
  // Functions and code.
  UNKNOWN_CODE(Level.NOTE),
  ACTS_AT_ONCE(Level.WARNING),
  NAME_TOO_LONG(Level.WARNING),
  WITHOUT_SCHEMA(Level.NOTE);

  /** How much advice matters. */
  public enum Level {
    /** Something stops, breaks or is lost where nobody thinks of it. */
    WARNING,
    /** Worth knowing. */
    NOTE
  }

  private final Level level;

  AdviceCode(Level level) {
    this.level = level;
  }

  /** Returns the stable code, such as {@code index-not-concurrent}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns how much it matters. */
  public Level level() {
    return level;
  }
}
