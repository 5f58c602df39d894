package dev.pgrunbook.plan;

import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what a run is secretly given secret where a database gives it back. */
final class SecretTexts {

  private final List<SecretValue> secrets = new ArrayList<>();

  SecretTexts(Collection<Value> arguments) {
    arguments.forEach(this::collect);
  }

  private void collect(Value value) {
    if (value instanceof SecretValue secret) {
      if (!secret.secret().isEmpty()) {
        secrets.add(secret);
      }
    } else if (value instanceof ListValue list) {
      list.items().forEach(this::collect);
    } else if (value instanceof RowValue row) {
      row.fields().values().forEach(this::collect);
    }
  }

  /** Returns every secret. */
  List<SecretValue> all() {
    return List.copyOf(secrets);
  }

  private boolean isIn(String text) {
    return secrets.stream().anyMatch(secret -> text.contains(secret.secret()));
  }

  /** Returns rows in which every value that holds a secret is one. */
  ResultRows guarded(ResultRows rows) {
    if (secrets.isEmpty()) {
      return rows;
    }
    List<List<Value>> guarded = new ArrayList<>();
    rows.rows().forEach(row -> guarded.add(row.stream().map(this::guarded).toList()));
    return new ResultRows(rows.columns(), guarded, rows.truncated());
  }

  private Value guarded(Value value) {
    if (value instanceof ListValue list) {
      return new ListValue(list.items().stream().map(this::guarded).toList());
    }
    if (value instanceof RowValue row) {
      Map<String, Value> fields = new LinkedHashMap<>();
      row.fields().forEach((name, field) -> fields.put(name, guarded(field)));
      return new RowValue(fields);
    }
    String text = value.display();
    return isIn(text) ? new SecretValue(text) : value;
  }
}
