package dev.pgrunbook.inspect.effects;

import dev.pgrunbook.inspect.effects.RelationFacts.DependentView;
import dev.pgrunbook.inspect.effects.RelationFacts.ForeignKey;
import dev.pgrunbook.inspect.effects.RelationFacts.Publisher;
import dev.pgrunbook.inspect.effects.RelationFacts.Trigger;
import dev.pgrunbook.sql.Advice;
import dev.pgrunbook.sql.AdviceCode;
import dev.pgrunbook.sql.LockMode;
import dev.pgrunbook.sql.RelationEffect;
import dev.pgrunbook.sql.RelationLock;
import dev.pgrunbook.sql.SchemaChange;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.sql.Work;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The advice that the text gave and the catalog confirms, and what only the catalog gives. */
final class ConnectedAdvice {

  private final StatementEffects effects;
  private final List<RelationEffect> relations;
  private final CatalogFacts facts;
  private final List<Advice> advice = new ArrayList<>();

  ConnectedAdvice(StatementEffects effects, List<RelationEffect> relations, CatalogFacts facts) {
    this.effects = effects;
    this.relations = relations;
    this.facts = facts;
  }

  List<Advice> advice() {
    effects.advice().stream().filter(this::stillHolds).map(this::settled).forEach(advice::add);
    addCorruption();
    for (RelationEffect named : effects.relations()) {
      RelationFacts known = facts.relation(named.relation());
      RelationLock lock = named.lock();
      if (known != null && lock != null) {
        addWrites(known, lock);
        addChanges(named.relation(), known, lock);
      }
    }
    return advice.stream().distinct().toList();
  }

  /** Fixed in 14.4: an index that is built concurrently could miss rows. */
  private void addCorruption() {
    boolean concerned =
        switch (effects.analysis().command()) {
          case "CREATE INDEX CONCURRENTLY" -> true;
          case "REINDEX" ->
              effects.advice().stream()
                  .anyMatch(one -> one.code() == AdviceCode.CONCURRENT_INDEX_LEFTOVER);
          default -> false;
        };
    if (concerned && facts.serverVersion() >= 140000 && facts.serverVersion() < 140004) {
      advise(
          AdviceCode.CONCURRENT_INDEX_CORRUPTION,
          "PostgreSQL 14.0 to 14.3 may leave rows out of an index that is built concurrently",
          "update to 14.4 or later first");
    }
  }

  /** Advice about work falls when the catalog says that there is none of it. */
  private boolean stillHolds(Advice one) {
    return switch (one.code()) {
      case SET_NOT_NULL -> does(Work.Kind.SCANNED);
      case CHANGE_TYPE, ADD_COLUMN_REWRITES -> does(Work.Kind.REWRITTEN);
      case STATEMENT_TIMEOUT -> relations.stream().anyMatch(relation -> !relation.work().isEmpty());
      default -> true;
    };
  }

  /** Where the catalog has answered, the sentence leaves nothing open either. */
  private Advice settled(Advice one) {
    boolean open =
        relations.stream()
            .flatMap(relation -> relation.work().stream())
            .anyMatch(work -> work.condition() != null);
    if (open) {
      return one;
    }
    String sentence =
        switch (one.code()) {
          case CHANGE_TYPE -> without(one.sentence(), ", unless ", " unchanged,");
          case SET_NOT_NULL -> without(one.sentence(), ", unless ", " says the same");
          case ADD_COLUMN_REWRITES ->
              one.sentence().replace(" read or write it if ", " read or write it: ");
          default -> one.sentence();
        };
    return new Advice(one.code(), sentence, one.instead());
  }

  private static String without(String sentence, String start, String end) {
    int from = sentence.indexOf(start);
    int to = sentence.indexOf(end, Math.max(0, from));
    return from < 0 || to < 0
        ? sentence
        : sentence.substring(0, from) + sentence.substring(to + end.length());
  }

  private boolean does(Work.Kind kind) {
    return relations.stream()
        .flatMap(relation -> relation.work().stream())
        .anyMatch(work -> work.kind() == kind);
  }

  private void advise(AdviceCode code, String sentence, @Nullable String instead) {
    advice.add(new Advice(code, sentence, instead));
  }

  /** Returns the verbs whose triggers and publications a statement may set off; none for others. */
  private List<String> verbs(RelationLock lock) {
    String command = effects.analysis().command();
    if (command.equals("TRUNCATE TABLE")) {
      return List.of("TRUNCATE");
    }
    if (LockMode.of(lock) != LockMode.ROW_EXCLUSIVE) {
      return List.of();
    }
    return switch (command) {
      case "INSERT", "UPDATE", "DELETE" -> List.of(command);
      case "COPY" -> List.of("INSERT");
      case "SELECT", "MERGE" -> List.of("INSERT", "UPDATE", "DELETE");
      default -> List.of();
    };
  }

  private void addWrites(RelationFacts known, RelationLock lock) {
    List<String> verbs = verbs(lock);
    if (verbs.isEmpty()) {
      return;
    }
    addTriggers(known, verbs);
    addPublishers(known, verbs);
    for (String subscriber : known.subscribers()) {
      advise(
          AdviceCode.SUBSCRIBED,
          subscriber
              + " writes to "
              + known.name()
              + ", too: it may overwrite what is changed here, or stop at a conflict",
          "the change on the publisher");
    }
    if (verbs.contains("DELETE")) {
      known.referencedBy().forEach(key -> addReference(known, key));
    }
  }

  private void addTriggers(RelationFacts known, List<String> verbs) {
    List<String> fired = new ArrayList<>();
    for (Trigger trigger : known.triggers()) {
      if (trigger.events().stream().anyMatch(verbs::contains)) {
        fired.add(
            trigger.name()
                + " ("
                + (trigger.eachRow() ? "each row, " : "once, ")
                + trigger.function()
                + "())");
      }
    }
    if (!fired.isEmpty()) {
      advise(
          AdviceCode.FIRES_TRIGGERS,
          "fires "
              + (fired.size() == 1 ? "trigger " : "triggers ")
              + String.join(", ", fired)
              + " on "
              + known.name(),
          null);
    }
  }

  private void addPublishers(RelationFacts known, List<String> verbs) {
    for (Publisher publisher : known.publishers()) {
      List<String> sent = publisher.events().stream().filter(verbs::contains).toList();
      boolean needsIdentity = sent.contains("UPDATE") || sent.contains("DELETE");
      if (needsIdentity && !known.identity()) {
        advise(
            AdviceCode.REPLICA_IDENTITY,
            "fails: "
                + publisher.what()
                + " sends changes of "
                + known.name()
                + ", which has no replica identity",
            "a primary key, or REPLICA IDENTITY USING INDEX, first");
      } else if (!sent.isEmpty()) {
        advise(
            AdviceCode.REPLICATED,
            publisher.what()
                + (sent.contains("TRUNCATE")
                    ? " has its subscribers truncate " + known.name() + ", too"
                    : " sends each changed row of " + known.name() + " to its subscribers"),
            null);
      }
    }
  }

  private void addReference(RelationFacts known, ForeignKey key) {
    if (key.cascades()) {
      advise(
          AdviceCode.CASCADE,
          "foreign key "
              + key.name()
              + " deletes or changes the rows of "
              + key.other()
              + " that point to a deleted one",
          null);
    }
    if (!key.indexed()) {
      advise(
          AdviceCode.FOREIGN_KEY_WITHOUT_INDEX,
          "each row deleted from "
              + known.name()
              + " reads all of "
              + key.other()
              + ": foreign key "
              + key.name()
              + " has no index there",
          "CREATE INDEX CONCURRENTLY on its columns first");
    }
  }

  private void addChanges(String relation, RelationFacts known, RelationLock lock) {
    String command = effects.analysis().command();
    if (command.equals("TRUNCATE TABLE") && !effects.cascades()) {
      known.referencedBy().forEach(key -> addTruncated(known, key));
    }
    for (SchemaChange change : effects.changes()) {
      if (change.relation().equals(relation) && !effects.cascades()) {
        addDependents(known, change);
      }
    }
    boolean alters = command.equals("ALTER TABLE") || command.equals("DROP TABLE");
    if (alters && LockMode.of(lock) == LockMode.ACCESS_EXCLUSIVE) {
      for (Publisher publisher : known.publishers()) {
        advise(
            AdviceCode.REPLICATED,
            publisher.what()
                + " sends rows of "
                + known.name()
                + " but no schema changes: its subscribers need theirs apart",
            "additions on the subscribers first, removals on the publisher first");
      }
    }
    if (LockMode.of(lock).keepsWritersOut()) {
      for (String subscriber : known.subscribers()) {
        advise(
            AdviceCode.SUBSCRIBED,
            subscriber + " waits while " + known.name() + " is locked, with all its tables",
            null);
      }
    }
  }

  private void addTruncated(RelationFacts known, ForeignKey key) {
    boolean along =
        effects.relations().stream()
            .map(one -> facts.relation(one.relation()))
            .anyMatch(one -> one != null && one.name().equals(key.other()));
    if (!along) {
      advise(
          AdviceCode.DEPENDENTS,
          "fails: foreign key "
              + key.name()
              + " of "
              + key.other()
              + " points to "
              + known.name()
              + ", be it empty",
          "TRUNCATE both in one statement");
    }
  }

  private void addDependents(RelationFacts known, SchemaChange change) {
    if (change.kind() == SchemaChange.Kind.PARTITION_DETACHED) {
      return;
    }
    for (DependentView view : known.views()) {
      boolean whole = change.kind() == SchemaChange.Kind.RELATION_DROPPED;
      if (whole
          || change.kind() != SchemaChange.Kind.CONSTRAINT_DROPPED
              && view.columns().contains(change.part())) {
        String of = whole ? known.name() : "column " + change.part();
        advise(
            AdviceCode.DEPENDENTS,
            "fails: view " + view.name() + " depends on " + of,
            "drop the view and make it anew in the same transaction");
      }
    }
    if (change.kind() == SchemaChange.Kind.RELATION_DROPPED) {
      for (ForeignKey key : known.referencedBy()) {
        if (!key.other().equals(known.name())) {
          advise(
              AdviceCode.DEPENDENTS,
              "fails: foreign key "
                  + key.name()
                  + " of "
                  + key.other()
                  + " points to "
                  + known.name(),
              "drop the foreign key first");
        }
      }
    }
  }
}
