package dev.pgrunbook.plan;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a database says about what a statement touches; facts, which no digest covers.
 *
 * @param relations the relations it locks, in the order of its analysis
 */
public record StatementFacts(List<RelationFact> relations) {

  /** Nothing is known. */
  public static final StatementFacts NONE = new StatementFacts(List.of());

  public StatementFacts {
    relations = List.copyOf(relations);
  }

  /**
   * A relation that a statement touches.
   *
   * @param relation its name as the statement's analysis writes it
   * @param kind table, index, view and so on
   * @param rows how many rows it is estimated to have; null when not known
   * @param bytes how large it is, indexes included; null when not known
   */
  public record RelationFact(
      String relation, String kind, @Nullable Long rows, @Nullable Long bytes) {
    public RelationFact {
      Objects.requireNonNull(relation);
      Objects.requireNonNull(kind);
    }
  }
}
