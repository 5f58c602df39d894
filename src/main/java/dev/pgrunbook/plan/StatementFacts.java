package dev.pgrunbook.plan;

import dev.pgrunbook.sql.RelationEffect;
import dev.pgrunbook.sql.RelationSize;
import dev.pgrunbook.sql.StatementEffects;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a database says about what a statement touches; facts, which no digest covers.
 *
 * @param relations the relations it locks, in the order of its analysis
 * @param effects what it does to them, with what the database knows; null when nobody looked
 */
public record StatementFacts(List<RelationFact> relations, @Nullable StatementEffects effects) {

  /** Nothing is known. */
  public static final StatementFacts NONE = new StatementFacts(List.of());

  public StatementFacts {
    relations = List.copyOf(relations);
  }

  public StatementFacts(List<RelationFact> relations) {
    this(relations, null);
  }

  /** Returns the facts that a statement's effects tell. */
  static StatementFacts of(StatementEffects effects) {
    List<RelationFact> relations = new ArrayList<>();
    for (RelationEffect one : effects.relations()) {
      RelationSize size = one.size();
      if (one.kind() != null && size != null) {
        relations.add(new RelationFact(one.relation(), one.kind(), size.rows(), size.bytes()));
      }
    }
    return new StatementFacts(relations, effects);
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
