package dev.pgrunbook.engine;

import dev.pgrunbook.database.ApplicationName;
import dev.pgrunbook.database.BackendInfo;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.ServerIdentity;
import dev.pgrunbook.database.TransactionStatus;
import dev.pgrunbook.database.WalPosition;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of statements whose answer never came: from the server where it knows, from
 * {@code verify} where the step has one, from a person otherwise.
 */
final class InDoubtResolver {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final RunContext context;
  private final Sessions sessions;
  private final ReadOnlyQueries queries;

  InDoubtResolver(RunContext context, Sessions sessions, ReadOnlyQueries queries) {
    this.context = context;
    this.sessions = sessions;
    this.queries = queries;
  }

  /** Leaves nothing of a step or item that was cut short hanging in the air, or pauses the run. */
  void settle(StepRun run) {
    String role = executionTarget(run.step());
    if (role == null) {
      return;
    }
    waitForBackends(run, role);
    StatementPrepared prepared = run.state().prepared();
    StatementStarted started = run.state().started();
    if (prepared != null) {
      settlePrepared(run, role, prepared);
    } else if (started != null) {
      settleStarted(run, started);
    }
  }

  private static @Nullable String executionTarget(Step step) {
    return step instanceof GenerateStep generate ? generate.executionTarget() : step.target();
  }

  /** A backend of this run and step that still works may yet commit, and holds its locks. */
  private void waitForBackends(StepRun run, String role) {
    Database database = context.target(role).database();
    String name = ApplicationName.of(context.run(), run.step().id()).text();
    Duration limit = context.options().waitForBackend();
    Instant giveUp = limit == null ? Instant.MAX : context.now().plus(limit);
    boolean told = false;
    while (true) {
      List<BackendInfo> busy = sessions.reconnecting(run, () -> busy(database.backends(name)));
      if (busy.isEmpty()) {
        return;
      }
      String text = "an earlier session of this step still runs: " + describe(busy.get(0));
      if (context.options().terminateBackend()) {
        busy.forEach(backend -> database.terminate(backend.pid()));
      } else if (context.now().isAfter(giveUp)) {
        throw new RunPause(PauseReason.IN_DOUBT, text);
      }
      if (!told) {
        context.tell(listener -> listener.notice(run.address(), text));
        told = true;
      }
      context.cancellation().sleep(LOOK_AGAIN);
    }
  }

  /** A pooled connection that idles outside a transaction has nothing left to do. */
  private static List<BackendInfo> busy(List<BackendInfo> backends) {
    return backends.stream().filter(backend -> !Objects.equals(backend.state(), "idle")).toList();
  }

  private static String describe(BackendInfo backend) {
    String age = backend.age() == null ? "" : ", for " + backend.age().toSeconds() + " s";
    return "pid " + backend.pid() + ", " + backend.state() + age + ": " + backend.query();
  }

  private void settlePrepared(StepRun run, String role, StatementPrepared prepared) {
    TransactionIdentity transaction = prepared.transaction();
    Database database = context.target(role).database();
    ServerIdentity server = sessions.reconnecting(run, database::identity);
    List<String> doubts = doubts(transaction, server);
    if (doubts.isEmpty()) {
      TransactionStatus status =
          sessions.reconnecting(run, () -> database.transactionStatus(transaction.xid()));
      while (status == TransactionStatus.IN_PROGRESS) {
        context.cancellation().sleep(LOOK_AGAIN);
        status = sessions.reconnecting(run, () -> database.transactionStatus(transaction.xid()));
      }
      if (status == TransactionStatus.COMMITTED && isOtherServerRun(transaction, server)) {
        doubts.add(
            "the server has been restarted since, and may have given the id "
                + transaction.xid()
                + " to another transaction, which is committed");
      } else if (status == TransactionStatus.COMMITTED) {
        context.record(new StatementCommitted(run.address(), prepared.statements()));
        return;
      } else if (status == TransactionStatus.ABORTED) {
        forget(run, prepared.statements().get(0), "the transaction was not committed");
        return;
      }
      if (doubts.isEmpty()) {
        doubts.add("the server no longer knows transaction " + transaction.xid());
      }
    }
    settleByHand(run, prepared.statements(), List.of(), doubts);
  }

  /**
   * A crash may lose an id that was never flushed; a clean restart keeps the start time no more.
   */
  private static boolean isOtherServerRun(TransactionIdentity transaction, ServerIdentity server) {
    return transaction.serverStart() != null && !transaction.serverStart().equals(server.start());
  }

  private static List<String> doubts(TransactionIdentity transaction, ServerIdentity server) {
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
    WalPosition position = server.position();
    String recorded = transaction.lsn();
    if (recorded != null
        && position != null
        && position.compareTo(WalPosition.parse(recorded)) < 0) {
      doubts.add("the server is at " + position + ", behind the statement's " + recorded);
    }
    return doubts;
  }

  private void settleStarted(StepRun run, StatementStarted started) {
    String doubt =
        "the statement was sent to backend "
            + started.backendPid()
            + " outside a transaction block, and no answer was recorded";
    settleByHand(
        run, List.of(started.statement()), List.of(started.sql()), new ArrayList<>(List.of(doubt)));
  }

  private void settleByHand(
      StepRun run, List<Integer> statements, List<String> sql, List<String> evidence) {
    if (run.header().verify() != null) {
      boolean done = queries.isTrue(run, run.header().verify());
      if (done) {
        finish(run);
      } else {
        forget(run, statements.get(0), "`verify` says it did not take effect");
      }
      return;
    }
    evidence.add("the step has no `verify` that could tell");
    Request request = new Request.InDoubt(run.address(), run.step(), sql, evidence);
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

  private void finish(StepRun run) {
    context.record(new OperatorMarked(run.address(), Mark.DONE, "`verify` is true", "pgrunbook"));
  }

  /** Takes back the announcement of statements that are known to have had no effect. */
  private void forget(StepRun run, int statement, String why) {
    ServerError error =
        new ServerError("40000", "transaction_rollback", why, null, null, null, List.of());
    context.record(new StatementFailed(run.address(), statement, "", error, true));
  }
}
