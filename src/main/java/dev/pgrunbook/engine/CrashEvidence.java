package dev.pgrunbook.engine;

import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.ServerIdentity;
import dev.pgrunbook.database.TransactionStatus;
import dev.pgrunbook.database.WalPosition;
import dev.pgrunbook.journal.RunEvent.TransactionIdentity;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.RunState.Commit;
import java.time.Instant;

/**
 * What a crash of the server says about a transaction that was under way: its id may have been
 * given to another since, but WAL that was lost had its COMMIT in it.
 */
final class CrashEvidence {

  private final RunContext context;
  private final Sessions sessions;

  CrashEvidence(RunContext context, Sessions sessions) {
    this.context = context;
    this.sessions = sessions;
  }

  /**
   * Returns whether the server may have crashed since. The postmaster survives the crash of a
   * backend, so that its start tells less than what the server counts from.
   */
  static boolean mayHaveCrashed(TransactionIdentity transaction, ServerIdentity server) {
    Instant since = transaction.statisticsSince();
    if (since != null && server.statisticsSince() != null) {
      return !since.equals(server.statisticsSince());
    }
    return transaction.serverStart() != null && !transaction.serverStart().equals(server.start());
  }

  /**
   * Returns whether a crash has certainly taken a transaction: the WAL that was left ended before
   * the place where the transaction stood ahead of its COMMIT. Checkpoints follow that end, so
   * while the last one lies before that place, too, the end does.
   *
   * <p>A server that was put back from an old copy looks the same, so all that the run has done
   * must be there: its last commit is, and nothing that no id stands for came after that.
   */
  boolean hasTaken(
      StepRun run, String role, TransactionIdentity transaction, ServerIdentity server) {
    String recorded = transaction.lsn();
    String cluster = transaction.systemIdentifier();
    if (recorded == null
        || cluster == null
        || server.inRecovery()
        || !mayHaveCrashed(transaction, server)) {
      return false;
    }
    Database database = context.target(role).database();
    WalPosition checkpoint = sessions.reconnecting(run, database::checkpoint);
    return checkpoint != null
        && checkpoint.compareTo(WalPosition.parse(recorded)) < 0
        && isAllThere(run, database, cluster, checkpoint);
  }

  private boolean isAllThere(
      StepRun run, Database database, String cluster, WalPosition checkpoint) {
    RunState state = context.state();
    Commit last = state.lastCommit(cluster);
    if (last == null || last.seq() < state.lastEffectWithoutId()) {
      return last == null && state.lastEffectWithoutId() == 0;
    }
    String position = last.transaction().lsn();
    return position != null
        && WalPosition.parse(position).compareTo(checkpoint) <= 0
        && sessions.reconnecting(run, () -> database.transactionStatus(last.transaction().xid()))
            == TransactionStatus.COMMITTED;
  }
}
