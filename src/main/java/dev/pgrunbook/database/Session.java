package dev.pgrunbook.database;

import dev.pgrunbook.model.Isolation;
import dev.pgrunbook.sql.BoundSql;
import java.util.List;
import java.util.function.Consumer;
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
   * Runs statements in the open transaction, one after another, in one round trip.
   *
   * @param sql statements without values; all of their rows are kept
   * @param answered is given the outcome of each, up to the first that fails
   * @throws DatabaseFailure when one fails; those after it are not carried out
   */
  void executeAll(List<BoundSql> sql, Consumer<StatementOutcome> answered);

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

  /**
   * Commits, and runs a statement in a new transaction, in one round trip.
   *
   * <p>The server carries the statement out only once it has committed.
   *
   * @param isolation of the new transaction, as for {@link #begin}
   * @param sql a statement without values
   * @param maxRows as for {@link #execute}
   * @param committed is called when COMMIT has succeeded; what is thrown before that is about
   *     COMMIT, as from {@link #commit}, and after that about the statement
   */
  StatementOutcome commitAndExecute(
      @Nullable Isolation isolation, BoundSql sql, int maxRows, Runnable committed);

  /** Rolls back; without an open transaction nothing happens. */
  void rollback();

  /** Runs a statement outside a transaction block, as VACUUM needs it; see {@link #execute}. */
  StatementOutcome executeAlone(BoundSql sql, int maxRows);

  /**
   * Runs a statement of this program's own outside a transaction block, one of few that a session
   * runs again and again: the server keeps it, parsed and planned.
   */
  StatementOutcome executeAgain(BoundSql sql);
}
