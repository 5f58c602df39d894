package dev.pgrunbook.inspect.effects;

import dev.pgrunbook.inspect.effects.RelationFacts.Check;
import dev.pgrunbook.inspect.effects.RelationFacts.Column;
import dev.pgrunbook.inspect.effects.RelationFacts.DependentView;
import dev.pgrunbook.inspect.effects.RelationFacts.ForeignKey;
import dev.pgrunbook.inspect.effects.RelationFacts.Kind;
import dev.pgrunbook.inspect.effects.RelationFacts.Publisher;
import dev.pgrunbook.inspect.effects.RelationFacts.Trigger;
import dev.pgrunbook.sql.RelationSize;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.BooleanValue;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes facts of the JSON that the queries to the catalog answer with. */
final class CatalogRow {

  private final Map<String, Value> fields;

  private CatalogRow(Value value) {
    this.fields = value instanceof RowValue row ? row.fields() : Map.of();
  }

  static RelationFacts relation(Value value) {
    CatalogRow row = new CatalogRow(value);
    return new RelationFacts(
        row.text("name"),
        row.kind(),
        new RelationSize(row.number("bytes"), row.numberOrNull("rows")),
        row.textOrNull("indexed"),
        (int) row.number("partitions"),
        row.textOrNull("defaultPartition"),
        row.truth("identity"),
        row.columns(),
        row.list("foreignKeys", CatalogRow::foreignKey),
        row.list("referencedBy", CatalogRow::foreignKey),
        row.list("checks", CatalogRow::check),
        row.list("triggers", CatalogRow::trigger),
        row.list("publishers", CatalogRow::publisher),
        row.texts("subscribers"),
        row.texts("sources"),
        row.list("views", view -> new DependentView(view.text("name"), view.texts("columns"))));
  }

  /** Returns the facts with what pglogical says of the relation. */
  static RelationFacts withPglogical(RelationFacts facts, Value value) {
    CatalogRow row = new CatalogRow(value);
    List<Publisher> publishers = new ArrayList<>(facts.publishers());
    row.list("publishers", CatalogRow::publisher).stream()
        .filter(one -> !publishers.contains(one))
        .forEach(publishers::add);
    List<String> subscribers = new ArrayList<>(facts.subscribers());
    row.texts("subscribers").stream()
        .filter(one -> !subscribers.contains(one))
        .forEach(subscribers::add);
    return new RelationFacts(
        facts.name(),
        facts.kind(),
        facts.size(),
        facts.indexed(),
        facts.partitions(),
        facts.defaultPartition(),
        facts.identity(),
        facts.columns(),
        facts.foreignKeys(),
        facts.referencedBy(),
        facts.checks(),
        facts.triggers(),
        publishers,
        subscribers,
        facts.sources(),
        facts.views());
  }

  static CatalogFacts.TypeFacts type(List<Value> row) {
    List<String> casts = new ArrayList<>();
    if (row.get(2) instanceof ListValue list) {
      list.items().forEach(item -> casts.add(item.display()));
    }
    boolean constrained = row.get(1) instanceof BooleanValue truth && truth.value();
    return new CatalogFacts.TypeFacts(row.get(0).display(), constrained, casts);
  }

  private Map<String, Column> columns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    new CatalogRow(fields.getOrDefault("columns", Value.none()))
        .fields.forEach(
            (name, value) -> {
              CatalogRow column = new CatalogRow(value);
              columns.put(name, new Column(column.text("type"), column.truth("notNull")));
            });
    return columns;
  }

  private static ForeignKey foreignKey(CatalogRow row) {
    return new ForeignKey(
        row.text("name"),
        row.text("other"),
        row.truth("validated"),
        row.truth("cascades"),
        row.truth("indexed"));
  }

  private static Check check(CatalogRow row) {
    return new Check(
        row.text("name"), row.text("expression"), row.truth("validated"), row.texts("columns"));
  }

  private static Trigger trigger(CatalogRow row) {
    return new Trigger(
        row.text("name"), row.text("function"), row.texts("events"), row.truth("eachRow"));
  }

  private static Publisher publisher(CatalogRow row) {
    return new Publisher(row.text("what"), row.texts("events"));
  }

  private Kind kind() {
    return switch (text("kind")) {
      case "r" -> Kind.TABLE;
      case "p" -> Kind.PARTITIONED_TABLE;
      case "i", "I" -> Kind.INDEX;
      case "v" -> Kind.VIEW;
      case "m" -> Kind.MATERIALIZED_VIEW;
      case "S" -> Kind.SEQUENCE;
      case "f" -> Kind.FOREIGN_TABLE;
      default -> Kind.OTHER;
    };
  }

  private String text(String field) {
    return fields.getOrDefault(field, Value.none()).display();
  }

  private @Nullable String textOrNull(String field) {
    String text = text(field);
    return text.isEmpty() ? null : text;
  }

  private long number(String field) {
    Long number = numberOrNull(field);
    return number == null ? 0 : number;
  }

  private @Nullable Long numberOrNull(String field) {
    return fields.get(field) instanceof IntegerValue number ? number.value() : null;
  }

  private boolean truth(String field) {
    return fields.get(field) instanceof BooleanValue truth && truth.value();
  }

  private List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    if (fields.get(field) instanceof ListValue list) {
      list.items().stream().filter(item -> !item.isNull()).forEach(i -> texts.add(i.display()));
    }
    return texts;
  }

  private <T> List<T> list(String field, Function<CatalogRow, T> read) {
    List<T> found = new ArrayList<>();
    if (fields.get(field) instanceof ListValue list) {
      list.items().forEach(item -> found.add(read.apply(new CatalogRow(item))));
    }
    return found;
  }
}
