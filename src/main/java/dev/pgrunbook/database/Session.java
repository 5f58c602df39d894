package dev.pgrunbook.database;

import dev.pgrunbook.model.Isolation;
import dev.pgrunbook.sql.BoundSql;
import org.jspecify.annotations.Nullable;

/**
 * A session that may write.
 *
 * <p>One thread uses it; {@link #cancel} is for another. {@link #query} runs in the open
 * transaction where there is one, and in a READ ONLY transaction of its own where there is none.
 */
public interface Session extends ReadOnlySession {

  /**
   * Opens a transaction; nothing is sent before the first statement.
   *
   * @param isolation null for what the server, the database or the role says
   */
  void begin(@Nullable Isolation isolation);

  /**
   * Runs a statement in the open transaction, to its end.
   *
   * @param maxRows how many of its rows to keep; the statement is carried out for all. 0 keeps all
   * @throws DatabaseFailure when it fails; the transaction then can only be rolled back
   */
  StatementOutcome execute(BoundSql sql, int maxRows);

  /**
   * Returns what identifies the open transaction, or null when it has written nothing.
   *
   * <p>Costs no round trip right after {@link #execute}, which asks in the same one.
   */
  @Nullable TransactionEvidence evidence();

  /**
   * Commits.
   *
   * @throws CommitUnknown when the answer was lost
   * @throws StatementFailure when the server refused; the transaction is then rolled back
   */
  void commit();

  /** Rolls back; without an open transaction nothing happens. */
  void rollback();

  /** Runs a statement outside a transaction block, as VACUUM needs it; see {@link #execute}. */
  StatementOutcome executeAlone(BoundSql sql, int maxRows);
}
