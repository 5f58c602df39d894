package dev.pgrunbook.engine;

import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.value.ValueJson;
import java.util.List;

/** Statements that share the fate of one transaction, or one statement outside a block. */
record StatementBatch(List<ExpandedStatement> statements) {

  StatementBatch {
    statements = List.copyOf(statements);
  }

  /** Returns the statements' indexes in their step or item, from one. */
  List<Integer> indexes() {
    return statements.stream().map(ExpandedStatement::index).toList();
  }

  /** Returns the SHA-256 of the statements as sent, with their values, secrets masked. */
  String digest() {
    StringBuilder text = new StringBuilder();
    for (ExpandedStatement statement : statements) {
      text.append(statement.sql().text()).append('\0');
      for (BoundValue value : statement.sql().values()) {
        text.append(value.type()).append(ValueJson.write(value.value())).append('\0');
      }
    }
    return RunbookDigest.sha256(text.toString());
  }
}
