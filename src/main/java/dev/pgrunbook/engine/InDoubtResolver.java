package dev.pgrunbook.engine;

import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.ServerIdentity;
import dev.pgrunbook.database.TransactionStatus;
import dev.pgrunbook.database.WalPosition;
import dev.pgrunbook.engine.Postconditions.Finding;
import dev.pgrunbook.engine.Postconditions.Verdict;
import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.RunEvent.StatementCommitted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StatementStarted;
import dev.pgrunbook.journal.RunEvent.TransactionIdentity;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.sql.SqlTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of statements whose answer never came: from the server where it knows, from
 * {@code verify} where the step has one, from what the statement leaves in the catalogs, from a
 * person otherwise.
 */
final class InDoubtResolver {

  private static final String PROGRAM = "pgrunbook";

  private final RunContext context;
  private final Sessions sessions;
  private final ReadOnlyQueries queries;
  private final OldBackends oldBackends;
  private final Postconditions postconditions;
  private final CrashEvidence crash;

  InDoubtResolver(RunContext context, Sessions sessions, ReadOnlyQueries queries) {
    this.context = context;
    this.sessions = sessions;
    this.queries = queries;
    this.oldBackends = new OldBackends(context, sessions);
    this.postconditions = new Postconditions(context, sessions, queries);
    this.crash = new CrashEvidence(context, sessions);
  }

  /** Removes what an earlier try of a statement, which failed, left half done. */
  void clearLeftovers(StepRun run, String role, String sql) {
    postconditions.clearLeftovers(run, role, sql);
  }

  /** Leaves nothing of a step or item that was cut short hanging in the air, or pauses the run. */
  void settle(StepRun run) {
    String role = executionTarget(run.step());
    if (role == null) {
      return;
    }
    oldBackends.await(run, role);
    StatementPrepared prepared = run.state().prepared();
    StatementStarted started = run.state().started();
    if (prepared != null) {
      settlePrepared(run, role, prepared);
    } else if (started != null) {
      settleStarted(run, role, started);
    }
  }

  private static @Nullable String executionTarget(Step step) {
    return step instanceof GenerateStep generate ? generate.executionTarget() : step.target();
  }

  private void settlePrepared(StepRun run, String role, StatementPrepared prepared) {
    TransactionIdentity transaction = prepared.transaction();
    Database database = context.target(role).database();
    ServerIdentity server = sessions.reconnecting(run, database::identity);
    List<String> doubts = ofAnotherServer(transaction, server);
    if (doubts.isEmpty() && crash.hasTaken(run, role, transaction, server)) {
      settleAborted(run, role, prepared, "the server crashed before the transaction was committed");
      return;
    }
    doubts.addAll(behind(transaction, server));
    if (doubts.isEmpty()) {
      TransactionStatus status = oldBackends.outcome(run, role, transaction);
      if (status == TransactionStatus.COMMITTED
          && !CrashEvidence.mayHaveCrashed(transaction, server)) {
        context.record(new StatementCommitted(run.address(), prepared.statements()));
        return;
      } else if (status == TransactionStatus.ABORTED) {
        settleAborted(run, role, prepared, "the transaction was not committed");
        return;
      }
      doubts.add(doubt(transaction, status));
    }
    settleByHand(run, prepared.statements(), null, doubts);
  }

  private static String doubt(TransactionIdentity transaction, TransactionStatus status) {
    return status == TransactionStatus.COMMITTED
        ? "the server has crashed since, and may have given the id "
            + transaction.xid()
            + " to another transaction, which is committed"
        : "the server no longer knows transaction " + transaction.xid();
  }

  /** A rollback takes everything back but what was announced because it outlives one. */
  private void settleAborted(StepRun run, String role, StatementPrepared prepared, String why) {
    StatementStarted started = run.state().started();
    if (started == null) {
      forget(run, prepared.statements().get(0), why);
    } else {
      // Announced again, it hangs in the air alone: the others have had no effect.
      context.recordFinal(started);
      settleStarted(run, role, started);
    }
  }

  private static List<String> ofAnotherServer(
      TransactionIdentity transaction, ServerIdentity server) {
    List<String> doubts = new ArrayList<>();
    String identifier = server.systemIdentifier();
    if (!Objects.equals(transaction.systemIdentifier(), identifier)) {
      doubts.add(
          "the statement ran on cluster "
              + transaction.systemIdentifier()
              + ", and this is cluster "
              + identifier);
    }
    Long timeline = transaction.timeline();
    if (timeline != null && !timeline.equals(server.timeline())) {
      doubts.add(
          "the statement ran on timeline "
              + timeline
              + ", and this server is on "
              + server.timeline()
              + ": it was promoted or restored since");
    }
    return doubts;
  }

  private static List<String> behind(TransactionIdentity transaction, ServerIdentity server) {
    WalPosition position = server.position();
    String recorded = transaction.lsn();
    return recorded != null
            && position != null
            && position.compareTo(WalPosition.parse(recorded)) < 0
        ? List.of("the server is at " + position + ", behind the statement's " + recorded)
        : List.of();
  }

  private void settleStarted(StepRun run, String role, StatementStarted started) {
    String doubt =
        "the statement was sent to backend "
            + started.backendPid()
            + ", its effect needs no COMMIT, and no answer was recorded";
    settleByHand(
        run,
        List.of(started.statement()),
        () -> postconditions.of(run, role, started.sql()),
        new ArrayList<>(List.of(doubt)));
  }

  private void settleByHand(
      StepRun run,
      List<Integer> statements,
      @Nullable Supplier<Finding> builtIn,
      List<String> evidence) {
    StepStatements all = StepStatements.of(run);
    Boolean verified = verified(run, evidence);
    if (verified != null && all.endsWith(statements)) {
      settleAs(
          run,
          statements,
          verified,
          verified ? "`verify` is true" : "`verify` says it did not take effect");
      return;
    } else if (verified != null) {
      evidence.add(
          "`verify` is " + verified + ", which is about the whole step, and statements are left");
    }
    Finding finding = builtIn == null ? null : builtIn.get();
    if (finding != null && finding.verdict() != Verdict.UNKNOWN) {
      settleAs(run, statements, finding.verdict() == Verdict.DONE, finding.why());
      return;
    } else if (finding != null) {
      evidence.add(finding.why());
    }
    Request request =
        new Request.InDoubt(run.address(), run.step(), all.texts(statements), evidence);
    Decision decision = context.decide(request);
    if (decision instanceof Decision.Settle settle) {
      context.recordFinal(
          new OperatorMarked(run.address(), settle.mark(), settle.reason(), settle.by()));
    } else if (decision instanceof Decision.Pause) {
      throw new RunPause(
          PauseReason.IN_DOUBT, run.address() + " is in doubt: " + String.join("; ", evidence));
    } else {
      throw Decisions.unfit(request, decision);
    }
  }

  /** Returns what {@code verify} says; null, and why in the evidence, when it says nothing. */
  private @Nullable Boolean verified(StepRun run, List<String> evidence) {
    SqlTemplate verify = run.header().verify();
    if (verify == null) {
      evidence.add("the step has no `verify` that could tell");
      return null;
    }
    try {
      return queries.isTrue(run, verify);
    } catch (StepFailure failure) {
      evidence.add("`verify` failed: " + failure.sentence());
      return null;
    }
  }

  private void settleAs(StepRun run, List<Integer> statements, boolean done, String why) {
    if (done) {
      context.record(new OperatorMarked(run.address(), Mark.DONE, why, PROGRAM));
    } else {
      forget(run, statements.get(0), why);
    }
  }

  /** Takes back the announcement of statements that are known to have had no effect. */
  private void forget(StepRun run, int statement, String why) {
    ServerError error =
        new ServerError("40000", "transaction_rollback", why, null, null, null, List.of());
    context.record(new StatementFailed(run.address(), statement, "", error, true));
  }
}
