package dev.pgrunbook.engine;

import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.Session;
import dev.pgrunbook.database.StatementFailure;
import dev.pgrunbook.database.StatementOutcome;
import dev.pgrunbook.database.TransactionEvidence;
import dev.pgrunbook.engine.StepSession.Begun;
import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.RunEvent.StatementCommitted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementFinished;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StatementResult;
import dev.pgrunbook.journal.RunEvent.StatementStarted;
import dev.pgrunbook.journal.RunEvent.TransactionIdentity;
import dev.pgrunbook.model.Isolation;
import dev.pgrunbook.model.RetryPolicy;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.plan.SavedValues;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the statements of a step or item that are not known to have taken effect, each once. */
final class StatementRunner {

  /** A statement that is carried out within this time is told of together with the next. */
  private static final Duration QUICK = Duration.ofMillis(50);

  private final RunContext context;
  private final Sessions sessions;
  private final StatementWatch locks;
  private final InDoubtResolver inDoubt;

  StatementRunner(
      RunContext context, Sessions sessions, StatementWatch locks, InDoubtResolver inDoubt) {
    this.context = context;
    this.sessions = sessions;
    this.locks = locks;
    this.inDoubt = inDoubt;
  }

  /**
   * How the statements of a step run.
   *
   * @param beforeEach waits until the next one may begin
   * @param breathless whether that never waits
   */
  record Manner(
      String role,
      TransactionMode transaction,
      @Nullable Isolation isolation,
      boolean keepRows,
      Runnable beforeEach,
      boolean breathless) {}

  /** Runs what is left of the statements. */
  void run(StepRun run, List<ExpandedStatement> statements, Manner manner) {
    if (!EarlyEnd.leavesOpen(run.step(), context)) {
      context
          .guard()
          .check(run.address(), statements.stream().map(ExpandedStatement::display).toList());
    }
    List<StatementBatch> batches = batches(run, statements, manner.transaction());
    try (StepSession session = new StepSession(() -> sessions.writing(run, manner.role()))) {
      for (int i = 0; i < batches.size(); i++) {
        manner.beforeEach().run();
        context.cancellation().heed();
        StatementBatch next = i + 1 < batches.size() ? batches.get(i + 1) : null;
        runWithRetry(run, new Place(batches.get(i), next, session), manner);
      }
    }
  }

  /**
   * A batch among the others.
   *
   * @param next the batch after it; null when it is the last
   * @param session the session of them all
   */
  private record Place(StatementBatch batch, @Nullable StatementBatch next, StepSession session) {}

  private static List<StatementBatch> batches(
      StepRun run, List<ExpandedStatement> statements, TransactionMode mode) {
    List<ExpandedStatement> left =
        statements.stream().filter(s -> !run.state().isCompleted(s.index())).toList();
    if (mode == TransactionMode.SINGLE && !left.isEmpty()) {
      return List.of(new StatementBatch(left));
    }
    return left.stream().map(statement -> new StatementBatch(List.of(statement))).toList();
  }

  private void runWithRetry(StepRun run, Place place, Manner manner) {
    RetryPolicy retry = run.header().retry();
    for (int tries = 1; ; tries++) {
      if (runOnce(run, place, manner, tries)) {
        return;
      }
      if (retry != null) {
        Duration delay = retry.delayAfter(tries);
        context.tell(listener -> listener.waiting(run.address(), delay, "before the next try"));
        context.cancellation().sleep(delay);
      }
    }
  }

  /** Returns whether the statements have taken effect; false when they are worth another try. */
  private boolean runOnce(StepRun run, Place place, Manner manner, int tries) {
    AtomicBoolean begun = new AtomicBoolean();
    return sessions.reconnecting(
        run,
        () -> {
          // A connection that was lost may have committed, or have left a backend that still runs.
          if (begun.get()) {
            inDoubt.settle(run);
          }
          if (run.state().isCompleted(place.batch().indexes().get(0))) {
            return true;
          }
          return place
              .session()
              .with(
                  place.batch(),
                  open -> {
                    begun.set(true);
                    return new Attempt(run, place, manner, open, tries).run();
                  });
        });
  }

  /** One try of one batch in one session. */
  private final class Attempt {

    private final StepRun run;
    private final Place place;
    private final StatementBatch batch;
    private final Manner manner;
    private final Session session;
    private final int tries;
    private final List<StatementResult> results = new ArrayList<>();
    private final List<Rows> shown = new ArrayList<>();
    private @Nullable Value saved;
    private boolean truncated;
    private long began;

    Attempt(StepRun run, Place place, Manner manner, Session session, int tries) {
      this.run = run;
      this.place = place;
      this.batch = place.batch();
      this.manner = manner;
      this.session = session;
      this.tries = tries;
    }

    boolean run() {
      boolean done;
      context.cancellation().running(session);
      try {
        context.cancellation().heed();
        done = manner.transaction() == TransactionMode.NONE ? runAlone() : runInTransaction();
      } finally {
        context.cancellation().running(null);
      }
      if (done) {
        shown.forEach(rows -> context.tell(it -> it.rows(run.address(), run.step(), rows)));
      }
      return done;
    }

    private boolean runAlone() {
      ExpandedStatement statement = batch.statements().get(0);
      StatementFailed before = run.state().lastFailure();
      if (before != null && before.statement() == statement.index()) {
        inDoubt.clearLeftovers(run, manner.role(), statement.display());
      }
      announce(statement);
      try (StatementWatch.Watched watched = watch()) {
        try {
          keep(session.executeAlone(statement.sql(), SavedValues.MAXIMUM));
        } catch (StatementFailure failure) {
          return refused(failure, statement, watched.blockers());
        }
      }
      context.record(new StatementFinished(run.address(), batch.indexes(), results, saved));
      return true;
    }

    private boolean runInTransaction() {
      began = System.nanoTime();
      Begun begun = place.session().take(batch);
      if (begun != null) {
        ExpandedStatement statement = batch.statements().get(0);
        return execute(statement, begun::answer, begun::blockers) && commit();
      }
      session.begin(manner.isolation());
      for (int next = 0; next < batch.statements().size(); ) {
        int together = batch.together(next);
        List<ExpandedStatement> some = batch.statements().subList(next, next + together);
        if (!(together == 1 ? executeOne(some.get(0)) : executeTogether(some))) {
          return false;
        }
        next += together;
      }
      return commit();
    }

    private boolean executeOne(ExpandedStatement statement) {
      if (LastingEffects.outlivesRollback(statement)) {
        announce(statement);
      }
      try (StatementWatch.Watched watched = watch()) {
        return execute(
            statement,
            () -> session.execute(statement.sql(), SavedValues.MAXIMUM),
            watched::blockers);
      }
    }

    private boolean executeTogether(List<ExpandedStatement> some) {
      int before = results.size();
      try (StatementWatch.Watched watched = watch()) {
        try {
          session.executeAll(some.stream().map(ExpandedStatement::sql).toList(), this::keep);
          return true;
        } catch (StatementFailure failure) {
          session.rollback();
          int failed = Math.min(results.size() - before, some.size() - 1);
          return refused(failure, some.get(failed), watched.blockers());
        }
      }
    }

    private boolean execute(
        ExpandedStatement statement,
        Supplier<StatementOutcome> answer,
        Supplier<List<String>> blockers) {
      try {
        keep(answer.get());
        return true;
      } catch (StatementFailure failure) {
        session.rollback();
        return refused(failure, statement, blockers.get());
      }
    }

    private boolean commit() {
      if (truncated) {
        throw new StepFailure(
            "there were more than "
                + SavedValues.MAXIMUM
                + " rows to save, so the transaction was rolled back");
      }
      try {
        TransactionEvidence evidence = session.evidence();
        if (evidence == null) {
          session.commit();
          context.record(new StatementFinished(run.address(), batch.indexes(), results, saved));
        } else {
          context.recordFinal(
              new StatementPrepared(
                  run.address(),
                  batch.indexes(),
                  batch.digest(),
                  identity(evidence),
                  results,
                  saved));
          commitPrepared();
        }
        return true;
      } catch (StatementFailure failure) {
        // A deferred constraint, or a serialization failure found at COMMIT.
        ExpandedStatement last = batch.statements().get(batch.statements().size() - 1);
        return refused(failure, last, List.of());
      }
    }

    private void commitPrepared() {
      StatementCommitted done = new StatementCommitted(run.address(), batch.indexes());
      StatementBatch next = place.next();
      // After a long statement the next may be long, too, and who looks on wants to know of this.
      boolean quick = System.nanoTime() - began < QUICK.toNanos();
      if (next == null || !manner.breathless() || !quick || !StepSession.mayFollow(batch, next)) {
        session.commit();
        context.record(done);
        return;
      }
      AtomicBoolean committed = new AtomicBoolean();
      try (StatementWatch.Watched watched = watch()) {
        StatementOutcome outcome = null;
        DatabaseFailure failure = null;
        try {
          outcome =
              session.commitAndExecute(
                  manner.isolation(),
                  next.statements().get(0).sql(),
                  SavedValues.MAXIMUM,
                  () -> committed.set(true));
        } catch (DatabaseFailure refusedOrLost) {
          if (!committed.get()) {
            throw refusedOrLost;
          }
          failure = refusedOrLost;
        }
        place.session().begin(new Begun(next, outcome, failure, watched.blockers()));
      }
      context.record(done);
    }

    private StatementWatch.Watched watch() {
      return locks.watch(
          context.target(manner.role()).database(),
          session.backendPid(),
          run.header().lockTimeout(),
          StatementWatch.news(context, run.address()));
    }

    private void keep(StatementOutcome outcome) {
      results.add(
          new StatementResult(outcome.command(), outcome.count() < 0 ? null : outcome.count()));
      Rows rows = outcome.rows();
      if (rows != null && !rows.columns().isEmpty()) {
        shown.add(rows);
        saved = manner.keepRows() ? SavedRows.toValue(rows) : null;
        truncated = manner.keepRows() && rows.truncated();
      }
      outcome.notices().forEach(notice -> tell(notice.severity() + ": " + notice.message()));
    }

    private void tell(String text) {
      context.tell(listener -> listener.notice(run.address(), text));
    }

    /** Journals what may have an effect before anybody can know, before it is sent. */
    private void announce(ExpandedStatement statement) {
      context.recordFinal(
          new StatementStarted(
              run.address(),
              statement.index(),
              statement.display(),
              batch.digest(),
              session.backendPid(),
              null));
    }

    private boolean refused(
        StatementFailure failure, ExpandedStatement statement, List<String> blockers) {
      boolean interrupted = context.cancellation().isInterrupted();
      boolean stopped = interrupted || context.cancellation().isRequested();
      RetryPolicy retry = run.header().retry();
      boolean again = stopped || Failures.isWorthRetrying(failure, retry, tries);
      ServerError error =
          Failures.serverError(failure, statement.sql(), statement.display(), blockers);
      context.record(
          new StatementFailed(run.address(), statement.index(), statement.display(), error, again));
      context.cancellation().heed();
      if (!again) {
        throw Failures.stepFailure(failure, run.header().timeout(), blockers, statement.display());
      }
      return false;
    }
  }

  private static TransactionIdentity identity(TransactionEvidence evidence) {
    return new TransactionIdentity(
        evidence.xid(),
        evidence.systemIdentifier(),
        evidence.timeline(),
        evidence.insertPosition().toString(),
        evidence.backendPid(),
        evidence.backendStart(),
        evidence.serverStart(),
        evidence.statisticsSince());
  }
}
