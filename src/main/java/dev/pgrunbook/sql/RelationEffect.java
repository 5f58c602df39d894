package dev.pgrunbook.sql;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a statement does to one relation.
 *
 * @param relation its name, as written where the statement names it
 * @param kind what it is, such as {@code table}; null when no server was asked
 * @param lock the strongest lock taken on it; null when none is
 * @param work what is done to it under the lock; empty when it is neither scanned nor rewritten
 * @param size how large it is; null when no server was asked
 * @param via why it is locked although the statement does not name it, such as {@code referenced by
 *     foreign key k}; null when the statement names it
 * @param facts what else a server told of it, in phrases
 */
public record RelationEffect(
    String relation,
    @Nullable String kind,
    @Nullable RelationLock lock,
    List<Work> work,
    @Nullable RelationSize size,
    @Nullable String via,
    List<String> facts) {

  public RelationEffect {
    Objects.requireNonNull(relation);
    work = List.copyOf(work);
    facts = List.copyOf(facts);
  }

  static RelationEffect named(String relation, @Nullable RelationLock lock, List<Work> work) {
    return new RelationEffect(relation, null, lock, work, null, null, List.of());
  }

  /** Returns whether the relation is rewritten, or may be. */
  public boolean mayBeRewritten() {
    return work.stream().anyMatch(one -> one.kind() == Work.Kind.REWRITTEN);
  }

  /** Returns what is done to its rows: {@code rewritten}, {@code scanned unless …}, or nothing. */
  public String workWords() {
    return String.join(", ", work.stream().map(Work::words).distinct().toList());
  }
}
