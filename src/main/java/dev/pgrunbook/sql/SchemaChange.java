package dev.pgrunbook.sql;

import java.util.Objects;

/**
 * A change of a part of a relation, of which a server may know who depends on it.
 *
 * @param relation the relation as written
 * @param kind what happens to the part
 * @param part the column or constraint, without quotes; empty for the relation itself
 */
public record SchemaChange(String relation, Kind kind, String part) {

  /** What happens to a part of a relation, or to the whole. */
  public enum Kind {
    RELATION_DROPPED,
    CONSTRAINT_DROPPED,
    COLUMN_DROPPED,
    COLUMN_TYPE_CHANGED,
    PARTITION_DETACHED
  }

  public SchemaChange {
    Objects.requireNonNull(relation);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(part);
  }
}
