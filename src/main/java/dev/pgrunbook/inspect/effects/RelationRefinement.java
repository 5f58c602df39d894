package dev.pgrunbook.inspect.effects;

import dev.pgrunbook.inspect.effects.Answers.Answer;
import dev.pgrunbook.inspect.effects.RelationFacts.Check;
import dev.pgrunbook.inspect.effects.RelationFacts.DependentView;
import dev.pgrunbook.inspect.effects.RelationFacts.ForeignKey;
import dev.pgrunbook.sql.LockMode;
import dev.pgrunbook.sql.OpenQuestion;
import dev.pgrunbook.sql.OpenQuestion.HasDefaultPartition;
import dev.pgrunbook.sql.OpenQuestion.NeedsConversion;
import dev.pgrunbook.sql.PartitionReach;
import dev.pgrunbook.sql.QualifiedName;
import dev.pgrunbook.sql.RelationEffect;
import dev.pgrunbook.sql.RelationLock;
import dev.pgrunbook.sql.SchemaChange;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.sql.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says of each relation what the catalog knows, and finds those that are locked unnamed. */
final class RelationRefinement {

  private final StatementEffects effects;
  private final CatalogFacts facts;
  private final Answers answers;
  private final Map<String, RelationEffect> found = new LinkedHashMap<>();

  RelationRefinement(StatementEffects effects, CatalogFacts facts) {
    this.effects = effects;
    this.facts = facts;
    this.answers = new Answers(facts);
  }

  /** Returns the relations, those that the statement names first. */
  List<RelationEffect> relations() {
    for (RelationEffect named : effects.relations()) {
      add(named.relation(), named.lock(), work(named.work()), null);
    }
    for (RelationEffect named : effects.relations()) {
      RelationFacts known = facts.relation(named.relation());
      RelationLock lock = named.lock();
      if (known != null && lock != null) {
        addTableOfIndex(known, lock);
        addSources(known, lock);
        addViews(named, known);
        addDefaultPartition(named, known);
        addForeignKeys(known, lock);
        addConstraintEnds(named, known);
      }
    }
    return List.copyOf(found.values());
  }

  private void add(
      String relation, @Nullable RelationLock lock, List<Work> work, @Nullable String via) {
    RelationFacts known = facts.relation(relation);
    String key = QualifiedName.key(known == null ? relation : known.name());
    RelationEffect there = found.get(key);
    if (there == null) {
      found.put(
          key,
          new RelationEffect(
              relation,
              known == null ? null : known.kind().word(),
              lock,
              work,
              known == null ? null : known.size(),
              via,
              words(known)));
    } else if (lock != null && isStronger(lock, there.lock())) {
      RelationLock stronger = new RelationLock(there.relation(), lock.mode(), lock.blocks());
      found.put(
          key,
          new RelationEffect(
              there.relation(),
              there.kind(),
              stronger,
              there.work().isEmpty() ? work : there.work(),
              there.size(),
              there.via(),
              there.facts()));
    }
  }

  private static boolean isStronger(RelationLock lock, @Nullable RelationLock other) {
    return other == null || LockMode.of(lock).compareTo(LockMode.of(other)) > 0;
  }

  private List<Work> work(List<Work> open) {
    List<Work> known = new ArrayList<>();
    for (Work one : open) {
      OpenQuestion question = one.condition();
      Answer answer = question == null ? Answer.YES : answers.to(question);
      if (question instanceof HasDefaultPartition && answer != Answer.OPEN) {
        continue;
      }
      if (answer == Answer.OPEN) {
        known.add(one);
      } else if (answer == Answer.YES) {
        known.add(Work.certain(one.kind()));
      } else if (question instanceof NeedsConversion conversion && isChecked(conversion)) {
        known.add(Work.certain(Work.Kind.SCANNED));
      }
    }
    return known.stream().distinct().toList();
  }

  /** The CHECK constraints of a column are checked again when its type changes. */
  private boolean isChecked(NeedsConversion conversion) {
    RelationFacts relation = facts.relation(conversion.relation());
    return relation != null
        && relation.checks().stream()
            .map(Check::columns)
            .anyMatch(columns -> columns.contains(conversion.column()));
  }

  private List<String> words(@Nullable RelationFacts known) {
    List<String> words = new ArrayList<>();
    if (known == null) {
      words.add("not there now");
      return words;
    }
    if (known.partitions() > 0) {
      words.add(partitions(known.partitions(), effects.reach()));
    }
    known.publishers().forEach(publisher -> words.add("in " + publisher.what()));
    known.subscribers().forEach(subscriber -> words.add("written by " + subscriber));
    return words;
  }

  private static String partitions(int count, PartitionReach reach) {
    String some = count == 1 ? "1 partition" : count + " partitions";
    return switch (reach) {
      case NONE -> some + ", not locked";
      case TOUCHED -> some + ", locked alike where touched";
      case SHARED -> some + ", locked SHARE";
      case ALL -> some + ", locked alike";
    };
  }

  private void addTableOfIndex(RelationFacts index, RelationLock lock) {
    String table = index.indexed();
    if (table == null) {
      return;
    }
    String command = effects.analysis().command();
    String via = "the table of " + lock.relation();
    if (command.startsWith("DROP INDEX")) {
      add(table, LockMode.of(lock).on(table), List.of(), via);
    } else if (command.equals("REINDEX")) {
      boolean strong = LockMode.of(lock) == LockMode.ACCESS_EXCLUSIVE;
      LockMode mode = strong ? LockMode.SHARE : LockMode.of(lock);
      add(table, mode.on(table), List.of(Work.certain(Work.Kind.INDEXED)), via);
    }
  }

  private void addDefaultPartition(RelationEffect named, RelationFacts known) {
    String partition = known.defaultPartition();
    boolean asks =
        named.work().stream().anyMatch(work -> work.condition() instanceof HasDefaultPartition);
    boolean attaches =
        effects.relations().stream()
            .flatMap(one -> one.work().stream())
            .anyMatch(work -> work.condition() instanceof OpenQuestion.LacksBoundsCheck);
    boolean detaches =
        effects.changes().stream()
            .anyMatch(
                change ->
                    change.kind() == SchemaChange.Kind.PARTITION_DETACHED
                        && change.relation().equals(named.relation()));
    if (partition != null && (asks || attaches || detaches)) {
      add(
          partition,
          LockMode.ACCESS_EXCLUSIVE.on(partition),
          detaches ? List.of() : List.of(Work.certain(Work.Kind.SCANNED)),
          "the default partition of " + named.relation());
    }
  }

  /** A view's tables are locked as the view is, by queries and by LOCK TABLE. */
  private void addSources(RelationFacts known, RelationLock lock) {
    boolean query = LockMode.of(lock).compareTo(LockMode.ROW_EXCLUSIVE) <= 0;
    if (query || effects.analysis().command().equals("LOCK TABLE")) {
      for (String source : known.sources()) {
        add(source, LockMode.of(lock).on(source), List.of(), "behind view " + known.name());
      }
    }
  }

  /** CASCADE drops the views, and so locks them. */
  private void addViews(RelationEffect named, RelationFacts known) {
    for (SchemaChange change : effects.changes()) {
      if (effects.cascades() && change.relation().equals(named.relation())) {
        for (DependentView view : known.views()) {
          if (change.part().isEmpty() || view.columns().contains(change.part())) {
            String lost = "dropped, as it depends on " + named.relation();
            add(view.name(), LockMode.ACCESS_EXCLUSIVE.on(view.name()), List.of(), lost);
          }
        }
      }
    }
  }

  private void addForeignKeys(RelationFacts known, RelationLock lock) {
    switch (effects.analysis().command()) {
      case "INSERT", "COPY" -> {
        if (LockMode.of(lock) == LockMode.ROW_EXCLUSIVE) {
          known.foreignKeys().forEach(key -> addEnd(key, LockMode.ROW_SHARE));
        }
      }
      case "DELETE" -> {
        if (LockMode.of(lock) == LockMode.ROW_EXCLUSIVE) {
          for (ForeignKey key : known.referencedBy()) {
            addEnd(key, key.cascades() ? LockMode.ROW_EXCLUSIVE : LockMode.ROW_SHARE);
          }
        }
      }
      case "DROP TABLE" -> {
        known.foreignKeys().forEach(key -> addEnd(key, LockMode.ACCESS_EXCLUSIVE));
        if (effects.cascades()) {
          known.referencedBy().forEach(key -> addEnd(key, LockMode.ACCESS_EXCLUSIVE));
        }
      }
      case "TRUNCATE TABLE" -> {
        if (effects.cascades()) {
          known.referencedBy().forEach(key -> addEnd(key, LockMode.ACCESS_EXCLUSIVE));
        }
      }
      default -> {}
    }
  }

  private void addEnd(ForeignKey key, LockMode mode) {
    add(key.other(), mode.on(key.other()), List.of(), "by foreign key " + key.name());
  }

  /** Dropping or validating a foreign key locks the table it points to. */
  private void addConstraintEnds(RelationEffect named, RelationFacts known) {
    for (ForeignKey key : known.foreignKeys()) {
      boolean dropped =
          effects.changes().stream()
              .anyMatch(
                  change ->
                      change.kind() == SchemaChange.Kind.CONSTRAINT_DROPPED
                          && change.part().equals(key.name()));
      boolean validated =
          named.work().stream()
              .anyMatch(
                  work ->
                      work.condition() instanceof OpenQuestion.IsNotValid constraint
                          && constraint.constraint().equals(key.name()));
      if (dropped) {
        addEnd(key, LockMode.ACCESS_EXCLUSIVE);
      } else if (validated && !key.validated()) {
        addEnd(key, LockMode.ROW_SHARE);
      }
    }
  }
}
