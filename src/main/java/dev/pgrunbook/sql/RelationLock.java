package dev.pgrunbook.sql;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  // By hand, because a record's own methods are made when first called, which every start would
  // wait for.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RelationLock lock
        && relation.equals(lock.relation)
        && mode.equals(lock.mode)
        && blocks.equals(lock.blocks);
  }

  @Override
  public int hashCode() {
    return 31 * relation.hashCode() + mode.hashCode();
  }
}
