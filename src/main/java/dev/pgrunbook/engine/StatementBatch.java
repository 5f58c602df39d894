package dev.pgrunbook.engine;

import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.value.ValueJson;
import java.util.List;

/** Statements that share the fate of one transaction, or one statement outside a block. */
record StatementBatch(List<ExpandedStatement> statements) {

  /** The driver reads answers only once all are sent; so many fit the server's buffer by far. */
  private static final int MOST = 100;

  /** Characters after which no further statement is added. */
  private static final int LONGEST = 1 << 16;

  StatementBatch {
    statements = List.copyOf(statements);
  }

  /**
   * Returns how many statements from one on go out together: those that only change rows, as long
   * as their texts are not long, or else that one.
   */
  int together(int from) {
    int end = from;
    int length = 0;
    while (end < statements.size() && end - from < MOST && length < LONGEST) {
      ExpandedStatement statement = statements.get(end);
      if (!RowChanges.isPlain(statement)) {
        break;
      }
      length += statement.sql().text().length();
      end++;
    }
    return Math.max(1, end - from);
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
