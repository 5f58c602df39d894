package dev.pgrunbook.sql;

import dev.pgrunbook.sql.AlterTable.Action;

/** How far a statement's locks on a partitioned table reach to its partitions; the least first. */
public enum PartitionReach {
  /** Not at all. */
  NONE,
  /** To the partitions that it turns out to read or write. */
  TOUCHED,
  /** To all of them, in the mode SHARE. */
  SHARED,
  /** To all of them, in the same mode. */
  ALL;

  /** Tried on PostgreSQL 15; a test compares. */
  static PartitionReach of(Command command, StatementTokens tokens) {
    int next = command.next();
    return switch (command.tag()) {
      case "SELECT", "SELECT INTO", "INSERT", "UPDATE", "DELETE", "MERGE", "COPY" -> TOUCHED;
      case "TRUNCATE TABLE", "LOCK TABLE" ->
          tokens.isWord(tokens.after(next, "table"), "only") ? NONE : ALL;
      case "CREATE INDEX" -> tokens.isWord(tokens.find(next, "on") + 1, "only") ? NONE : ALL;
      case "CREATE TRIGGER" -> tokens.find(next, "row") >= 0 ? ALL : NONE;
      case "ALTER TABLE" -> alterTable(tokens, next);
      case "DROP TABLE", "DROP INDEX", "ANALYZE", "VACUUM", "REINDEX", "CLUSTER" -> ALL;
      default -> NONE;
    };
  }

  private static PartitionReach alterTable(StatementTokens tokens, int next) {
    AlterTable parts = AlterTable.read(tokens, next);
    if (parts == null || tokens.isWord(tokens.after(next, "if", "exists"), "only")) {
      return NONE;
    }
    PartitionReach furthest = NONE;
    for (Action action : parts.actions()) {
      PartitionReach reach = ofAction(tokens, action);
      furthest = reach.compareTo(furthest) > 0 ? reach : furthest;
    }
    return furthest;
  }

  private static PartitionReach ofAction(StatementTokens tokens, Action action) {
    int start = action.start();
    return switch (tokens.word(start)) {
      case "add" -> {
        int at = start + 1;
        int kind = tokens.isWord(at, "constraint") ? tokens.nameEnd(at + 1) : at;
        boolean index = tokens.isWord(kind, "unique") || tokens.areWords(kind, "primary", "key");
        yield index && ConstraintEffects.isConstraint(tokens, at) ? SHARED : ALL;
      }
      case "alter", "drop", "validate" -> ALL;
      case "rename" -> tokens.isWord(start + 1, "to") ? NONE : ALL;
      default -> NONE;
    };
  }
}
