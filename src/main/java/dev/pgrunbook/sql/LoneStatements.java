package dev.pgrunbook.sql;

import dev.pgrunbook.sql.LoneStatement.CreatesIndex;
import dev.pgrunbook.sql.LoneStatement.Detaches;
import dev.pgrunbook.sql.LoneStatement.DropsIndex;
import dev.pgrunbook.sql.LoneStatement.EndsPrepared;
import dev.pgrunbook.sql.LoneStatement.Exists;
import dev.pgrunbook.sql.LoneStatement.MovesDatabase;
import dev.pgrunbook.sql.LoneStatement.Reindexes;
import dev.pgrunbook.sql.LoneStatement.Repeatable;
import dev.pgrunbook.sql.LoneStatement.Subscribes;
import dev.pgrunbook.sql.Token.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what statements that cannot run in a transaction block are about. */
final class LoneStatements {

  private LoneStatements() {}

  static @Nullable LoneStatement read(Command command, StatementTokens tokens) {
    int next = command.next();
    return switch (command.tag()) {
      case "VACUUM", "ANALYZE", "CLUSTER", "ALTER SYSTEM", "DISCARD ALL" -> new Repeatable();
      case "CREATE INDEX CONCURRENTLY" -> createsIndex(tokens, next);
      case "DROP INDEX CONCURRENTLY" -> dropsIndex(tokens, next);
      case "REINDEX" -> reindexes(tokens, next);
      case "CREATE DATABASE", "CREATE TABLESPACE", "CREATE SUBSCRIPTION" ->
          exists(tokens, next, true);
      case "DROP DATABASE", "DROP TABLESPACE", "DROP SUBSCRIPTION" -> exists(tokens, next, false);
      case "ALTER SUBSCRIPTION" -> subscribes(tokens, next);
      case "ALTER TABLE" -> detaches(tokens, next);
      case "ALTER DATABASE" -> movesDatabase(tokens, next);
      case "COMMIT PREPARED", "ROLLBACK PREPARED" ->
          tokens.isKind(next, Kind.STRING)
              ? new EndsPrepared(tokens.written(next, next + 1))
              : null;
      default -> null;
    };
  }

  private static @Nullable LoneStatement createsIndex(StatementTokens tokens, int next) {
    int from = tokens.areWords(next, "if", "not", "exists") ? next + 3 : next;
    boolean named = !tokens.isWord(from, "on");
    int on = named ? tokens.nameEnd(from) : from;
    int table = tokens.isWord(on + 1, "only") ? on + 2 : on + 1;
    String tableName = tokens.written(table, tokens.nameEnd(table));
    if (!tokens.isWord(on, "on") || tableName.isEmpty()) {
      return null;
    }
    return new CreatesIndex(named ? tokens.folded(from, on) : null, tableName);
  }

  /** The server refuses several at once. */
  private static @Nullable LoneStatement dropsIndex(StatementTokens tokens, int next) {
    int from = tokens.areWords(next, "if", "exists") ? next + 2 : next;
    String name = tokens.written(from, tokens.nameEnd(from));
    return name.isEmpty() ? null : new DropsIndex(name);
  }

  /** Without CONCURRENTLY it is repeated, too, and leaves nothing. */
  private static LoneStatement reindexes(StatementTokens tokens, int next) {
    int kind = tokens.is(next, '(') ? tokens.closing(next) + 1 : next;
    boolean inParentheses = tokens.find(next, kind, 1, "concurrently") >= 0;
    boolean concurrently = inParentheses || tokens.isWord(kind + 1, "concurrently");
    if (!concurrently) {
      return new Repeatable();
    }
    int name = tokens.isWord(kind + 1, "concurrently") ? kind + 2 : kind + 1;
    String written = tokens.written(name, tokens.nameEnd(name));
    return new Reindexes(
        tokens.word(kind).toUpperCase(Locale.ROOT), written.isEmpty() ? null : written);
  }

  private static @Nullable LoneStatement exists(StatementTokens tokens, int next, boolean creates) {
    int from = tokens.areWords(next, "if", "exists") ? next + 2 : next;
    String name = tokens.folded(from, tokens.nameEnd(from));
    return name.isEmpty()
        ? null
        : new Exists(tokens.word(1).toUpperCase(Locale.ROOT), name, creates);
  }

  /** SET PUBLICATION and REFRESH end the same however often they are carried out. */
  private static @Nullable LoneStatement subscribes(StatementTokens tokens, int next) {
    int action = tokens.nameEnd(next);
    boolean adds = tokens.isWord(action, "add");
    if (tokens.isWord(action, "refresh") || tokens.isWord(action, "set")) {
      return new Repeatable();
    }
    if ((!adds && !tokens.isWord(action, "drop")) || !tokens.isWord(action + 1, "publication")) {
      return null;
    }
    // All of a list are added, or none.
    String publication = tokens.folded(action + 2, action + 3);
    return new Subscribes(tokens.folded(next, action), publication, adds);
  }

  private static @Nullable LoneStatement detaches(StatementTokens tokens, int next) {
    int from = tokens.areWords(next, "if", "exists") ? next + 2 : next;
    int table = tokens.isWord(from, "only") ? from + 1 : from;
    int tableEnd = tokens.nameEnd(table);
    if (!tokens.areWords(tableEnd, "detach", "partition")) {
      return null;
    }
    int partition = tableEnd + 2;
    int partitionEnd = tokens.nameEnd(partition);
    return tokens.isWord(partitionEnd, "concurrently")
        ? new Detaches(tokens.written(table, tableEnd), tokens.written(partition, partitionEnd))
        : null;
  }

  private static @Nullable LoneStatement movesDatabase(StatementTokens tokens, int next) {
    int action = tokens.nameEnd(next);
    if (!tokens.areWords(action, "set", "tablespace")) {
      return null;
    }
    return new MovesDatabase(
        tokens.folded(next, action), tokens.folded(action + 2, tokens.nameEnd(action + 2)));
  }
}
