package dev.pgrunbook.sql;

import java.util.Objects;

/**
 * A lock that a statement takes on a relation.
 *
 * @param relation its name as written in the statement
 * @param mode PostgreSQL's name of the lock mode, such as {@code ACCESS EXCLUSIVE}
 * @param blocks what others cannot do meanwhile, such as {@code blocks reads and writes}
 */
public record RelationLock(String relation, String mode, String blocks) {

  public RelationLock {
    Objects.requireNonNull(relation);
    Objects.requireNonNull(mode);
    Objects.requireNonNull(blocks);
  }
}
