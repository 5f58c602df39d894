package dev.pgrunbook.inspect.effects;

import dev.pgrunbook.sql.RelationSize;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog says of a relation.
 *
 * @param name its name with its schema, quoted where SQL needs it
 * @param kind what it is
 * @param size how large it is, with its partitions
 * @param indexed the table that it is an index of; null when it is none
 * @param partitions how many partitions it has, all levels counted
 * @param defaultPartition its default partition; null when it has none
 * @param identity whether UPDATE and DELETE can be published: whether there is a replica identity
 * @param columns its columns by name
 * @param foreignKeys the foreign keys that it has
 * @param referencedBy the foreign keys of others that point to it
 * @param checks its CHECK constraints
 * @param triggers the triggers that people made on it
 * @param publishers the publications and pglogical replication sets that send its changes
 * @param subscribers the subscriptions, pglogical's too, that write to it
 * @param sources the relations that a view reads, through other views, too
 * @param views the views that depend on it
 */
public record RelationFacts(
    String name,
    Kind kind,
    RelationSize size,
    @Nullable String indexed,
    int partitions,
    @Nullable String defaultPartition,
    boolean identity,
    Map<String, Column> columns,
    List<ForeignKey> foreignKeys,
    List<ForeignKey> referencedBy,
    List<Check> checks,
    List<Trigger> triggers,
    List<Publisher> publishers,
    List<String> subscribers,
    List<String> sources,
    List<DependentView> views) {

  /** What a relation is. */
  public enum Kind {
    TABLE,
    PARTITIONED_TABLE,
    INDEX,
    VIEW,
    MATERIALIZED_VIEW,
    SEQUENCE,
    FOREIGN_TABLE,
    OTHER;

    /** Returns the kind as people call it. */
    public String word() {
      return this == OTHER ? "relation" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * A column.
   *
   * @param type its type with its modifier, the base type of a domain
   * @param notNull whether it is NOT NULL
   */
  public record Column(String type, boolean notNull) {}

  /**
   * A foreign key, seen from either end.
   *
   * @param name the constraint
   * @param other the table at the other end
   * @param validated whether all rows are known to keep it
   * @param cascades whether deleting a referenced row changes or deletes the referencing ones
   * @param indexed whether the referencing columns lead an index
   */
  public record ForeignKey(
      String name, String other, boolean validated, boolean cascades, boolean indexed) {}

  /**
   * A CHECK constraint.
   *
   * @param name the constraint
   * @param expression its expression as the server writes it
   * @param validated whether all rows are known to keep it
   * @param columns the columns that it names
   */
  public record Check(String name, String expression, boolean validated, List<String> columns) {
    public Check {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A trigger that is switched on.
   *
   * @param name the trigger
   * @param function what it calls
   * @param events the verbs that fire it, in upper case
   * @param eachRow whether it fires for each row
   */
  public record Trigger(String name, String function, List<String> events, boolean eachRow) {
    public Trigger {
      events = List.copyOf(events);
    }
  }

  /**
   * What sends changes to subscribers.
   *
   * @param what such as {@code publication p} or {@code pglogical set default}
   * @param events the verbs it sends, in upper case
   */
  public record Publisher(String what, List<String> events) {
    public Publisher {
      events = List.copyOf(events);
    }
  }

  /**
   * A view that depends on the relation.
   *
   * @param name the view
   * @param columns the relation's columns that it uses
   */
  public record DependentView(String name, List<String> columns) {
    public DependentView {
      columns = List.copyOf(columns);
    }
  }

  public RelationFacts {
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(size);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    foreignKeys = List.copyOf(foreignKeys);
    referencedBy = List.copyOf(referencedBy);
    checks = List.copyOf(checks);
    triggers = List.copyOf(triggers);
    publishers = List.copyOf(publishers);
    subscribers = List.copyOf(subscribers);
    sources = List.copyOf(sources);
    views = List.copyOf(views);
  }
}
