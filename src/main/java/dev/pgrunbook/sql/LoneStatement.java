package dev.pgrunbook.sql;

import dev.pgrunbook.source.SourceText;
import org.jspecify.annotations.Nullable;

/**
 * What a statement that cannot run in a transaction block leaves in the catalogs, so that they can
 * be asked whether it took effect.
 *
 * <p>Names that may have a schema are as written, with their quotes; others are without.
 */
public sealed interface LoneStatement {

  /** Has the same effect however often it is carried out: {@code VACUUM}, {@code ALTER SYSTEM}. */
  record Repeatable() implements LoneStatement {}

  /**
   * {@code CREATE INDEX CONCURRENTLY}: leaves an invalid index when it is cut short.
   *
   * @param index its name; null when the server chooses one
   */
  record CreatesIndex(@Nullable String index, String table) implements LoneStatement {}

  /** {@code DROP INDEX CONCURRENTLY}: leaves an invalid index when it is cut short. */
  record DropsIndex(String index) implements LoneStatement {}

  /**
   * {@code REINDEX … CONCURRENTLY}: may be repeated, and leaves invalid indexes named {@code
   * …_ccnew} or {@code …_ccold} when it is cut short.
   *
   * @param kind {@code INDEX}, {@code TABLE}, {@code SCHEMA} or {@code DATABASE}
   * @param name what is reindexed; null for the database itself
   */
  record Reindexes(String kind, @Nullable String name) implements LoneStatement {}

  /**
   * Creates or drops something that is there or not.
   *
   * @param kind such as {@code DATABASE}
   * @param creates whether it creates it
   */
  record Exists(String kind, String name, boolean creates) implements LoneStatement {}

  /** {@code ALTER SUBSCRIPTION … ADD} or {@code DROP PUBLICATION} of one publication. */
  record Subscribes(String subscription, String publication, boolean adds)
      implements LoneStatement {}

  /** {@code ALTER TABLE … DETACH PARTITION … CONCURRENTLY}. */
  record Detaches(String table, String partition) implements LoneStatement {}

  /** {@code COMMIT} or {@code ROLLBACK PREPARED}: the id as a literal. */
  record EndsPrepared(String literal) implements LoneStatement {}

  /** {@code ALTER DATABASE … SET TABLESPACE}. */
  record MovesDatabase(String database, String tablespace) implements LoneStatement {}

  /** Returns what one statement is; null when it is none of these, or names what it does not. */
  static @Nullable LoneStatement of(String statement) {
    LexedScript script = SqlLexer.plain(SourceText.of("<statement>", statement));
    StatementTokens tokens = new StatementTokens(statement, script.tokens());
    return tokens.size() == 0 ? null : LoneStatements.read(Command.read(tokens), tokens);
  }
}
