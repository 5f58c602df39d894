package dev.pgrunbook.sql;

import java.util.Set;

/**
 * Which statements cannot run in a transaction block.
 *
 * <p>The list is that of the calls to {@code PreventInTransactionBlock} in PostgreSQL 15 to 18.
 * Whether {@code REINDEX} and {@code CLUSTER} of one relation are barred depends on whether it is
 * partitioned, which the text does not tell: they count as allowed.
 */
final class TransactionRules {

  private static final Set<String> CONTROL =
      Set.of(
          "BEGIN",
          "START TRANSACTION",
          "COMMIT",
          "ROLLBACK",
          "SAVEPOINT",
          "RELEASE",
          "PREPARE TRANSACTION");

  private static final Set<String> BARRED =
      Set.of(
          "ALTER SYSTEM",
          "COMMIT PREPARED",
          "CREATE DATABASE",
          "CREATE INDEX CONCURRENTLY",
          "CREATE TABLESPACE",
          "DISCARD ALL",
          "DROP DATABASE",
          "DROP INDEX CONCURRENTLY",
          "DROP SUBSCRIPTION",
          "DROP TABLESPACE",
          "ROLLBACK PREPARED",
          "VACUUM");

  private static final Set<String> TRANSACTION_SETTINGS =
      Set.of(
          "transaction",
          "transaction_isolation",
          "transaction_read_only",
          "transaction_deferrable");

  private TransactionRules() {}

  /** Returns how a statement gets along with a transaction block. */
  static TransactionRule of(Command command, StatementTokens tokens) {
    if (CONTROL.contains(command.tag()) || setsTransaction(command, tokens)) {
      return TransactionRule.CONTROL;
    }
    return isBarred(command, tokens) ? TransactionRule.BARRED : TransactionRule.ALLOWED;
  }

  /** SET SESSION CHARACTERISTICS is none: it is about the transactions to come. */
  private static boolean setsTransaction(Command command, StatementTokens tokens) {
    if (!command.tag().equals("SET")) {
      return false;
    }
    boolean scoped = tokens.isWord(1, "local") || tokens.isWord(1, "session");
    return TRANSACTION_SETTINGS.contains(tokens.word(scoped ? 2 : 1));
  }

  private static boolean isBarred(Command command, StatementTokens tokens) {
    if (BARRED.contains(command.tag())) {
      return true;
    }
    return switch (command.tag()) {
      case "REINDEX" -> reindexIsBarred(command, tokens);
      case "CLUSTER" -> clusterIsBarred(command, tokens);
      case "ALTER DATABASE" -> setsTablespace(command, tokens);
      case "ALTER TABLE" -> detachesConcurrently(command, tokens);
      case "CREATE SUBSCRIPTION" -> createsSlot(tokens);
      case "ALTER SUBSCRIPTION" -> alterSubscriptionIsBarred(command, tokens);
      default -> false;
    };
  }

  private static boolean reindexIsBarred(Command command, StatementTokens tokens) {
    int next = command.next();
    if (tokens.is(next, '(')) {
      if (isOn(tokens, "concurrently")) {
        return true;
      }
      next = tokens.closing(next) + 1;
    }
    return switch (tokens.word(next)) {
      case "schema", "database", "system" -> true;
      default -> tokens.isWord(next + 1, "concurrently");
    };
  }

  /** All tables at once are clustered in a transaction each. */
  private static boolean clusterIsBarred(Command command, StatementTokens tokens) {
    int next = command.next();
    if (tokens.is(next, '(')) {
      next = tokens.closing(next) + 1;
    } else if (tokens.isWord(next, "verbose")) {
      next++;
    }
    return next >= tokens.size();
  }

  private static boolean setsTablespace(Command command, StatementTokens tokens) {
    return tokens.areWords(tokens.nameEnd(command.next()), "set", "tablespace");
  }

  private static boolean detachesConcurrently(Command command, StatementTokens tokens) {
    int detach = tokens.find(command.next(), "detach");
    return detach >= 0
        && tokens.isWord(detach + 1, "partition")
        && tokens.isWord(tokens.nameEnd(detach + 2), "concurrently");
  }

  private static boolean createsSlot(StatementTokens tokens) {
    return !isOff(tokens, "create_slot") && !isOff(tokens, "connect");
  }

  /** PostgreSQL 17 and 18 bar changes of the slot's failover and two_phase, too. */
  private static boolean alterSubscriptionIsBarred(Command command, StatementTokens tokens) {
    int action = tokens.nameEnd(command.next());
    if (tokens.isWord(action, "refresh")) {
      return true;
    }
    if (tokens.isWord(action + 1, "publication")) {
      return !isOff(tokens, "refresh");
    }
    return tokens.isWord(action, "set") && (has(tokens, "failover") || has(tokens, "two_phase"));
  }

  private static boolean has(StatementTokens tokens, String option) {
    return option(tokens, option) >= 0;
  }

  private static boolean isOn(StatementTokens tokens, String option) {
    return has(tokens, option) && !isOff(tokens, option);
  }

  /** Returns whether an option in parentheses is given and says no. */
  private static boolean isOff(StatementTokens tokens, String option) {
    int name = option(tokens, option);
    if (name < 0) {
      return false;
    }
    int value = name + 1;
    if (value < tokens.size() && tokens.written(value, value + 1).equals("=")) {
      value++;
    }
    String written = value < tokens.size() ? tokens.written(value, value + 1) : "";
    return switch (written.replace("'", "").toLowerCase(java.util.Locale.ROOT)) {
      case "false", "off", "no", "0", "f", "n" -> true;
      default -> false;
    };
  }

  private static int option(StatementTokens tokens, String option) {
    return tokens.find(0, tokens.size(), 1, option);
  }
}
