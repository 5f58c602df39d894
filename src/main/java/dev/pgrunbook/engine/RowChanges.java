package dev.pgrunbook.engine;

import dev.pgrunbook.plan.ExpandedStatement;
import java.util.Locale;
import java.util.Set;

/**
 * Statements that change rows and do nothing else that their text could tell of.
 *
 * <p>Runs of thousands consist of them, and what they cannot do spares a round trip for each.
 */
final class RowChanges {

  private static final Set<String> COMMANDS = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

  private RowChanges() {}

  /** Returns whether a statement leaves nothing behind in its session: any function may. */
  static boolean isOne(ExpandedStatement statement) {
    return COMMANDS.contains(statement.analysis().command())
        && statement.analysis().calls().isEmpty();
  }

  /** Returns whether it returns no rows besides, and is sent without values. */
  static boolean isPlain(ExpandedStatement statement) {
    return isOne(statement)
        && isWithoutValues(statement)
        && !statement.sql().text().toUpperCase(Locale.ROOT).contains("RETURNING");
  }

  /** A question mark that stands for itself is sent another way. */
  static boolean isWithoutValues(ExpandedStatement statement) {
    return statement.sql().values().isEmpty() && statement.sql().text().indexOf('?') < 0;
  }
}
