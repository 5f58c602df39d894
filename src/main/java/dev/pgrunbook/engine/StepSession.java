package dev.pgrunbook.engine;

import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.database.Session;
import dev.pgrunbook.database.StatementOutcome;
import dev.pgrunbook.plan.ExpandedStatement;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The session of a step's statements, clean before each batch of them: what one leaves in its
 * session must not matter to the next, because a resumed run has a session of its own.
 *
 * <p>Setting a session up takes longer than a small INSERT, so it is kept after statements that
 * leave nothing behind.
 */
final class StepSession implements AutoCloseable {

  private final Supplier<Session> opening;
  private @Nullable Session kept;
  private @Nullable Begun begun;

  /**
   * A batch's statement, carried out in a transaction that is still open, or refused.
   *
   * @param outcome what the server answered; null when it failed
   * @param failure what it failed with; null when it did not
   * @param blockers who was seen blocking it, a line each
   */
  record Begun(
      StatementBatch batch,
      @Nullable StatementOutcome outcome,
      @Nullable DatabaseFailure failure,
      List<String> blockers) {

    /** Returns what the server answered, or throws what it failed with. */
    StatementOutcome answer() {
      if (failure != null) {
        throw failure;
      }
      return Objects.requireNonNull(outcome);
    }
  }

  StepSession(Supplier<Session> opening) {
    this.opening = opening;
  }

  /** Runs a batch in a clean session; returns whether its statements have taken effect. */
  boolean with(StatementBatch batch, Predicate<Session> attempt) {
    Session session = kept == null ? opening.get() : kept;
    kept = null;
    boolean clean = false;
    try {
      boolean done = attempt.test(session);
      clean = done && batch.statements().stream().allMatch(RowChanges::isOne);
      return done;
    } finally {
      if (clean) {
        kept = session;
      } else {
        session.close();
      }
    }
  }

  /** Keeps what came of the next batch's statement, which went out with the COMMIT of one. */
  void begin(Begun next) {
    begun = next;
  }

  /** Returns what came of a batch's statement, once; null when it has not gone out. */
  @Nullable Begun take(StatementBatch batch) {
    Begun taken = begun;
    begun = null;
    return taken != null && taken.batch().equals(batch) ? taken : null;
  }

  /**
   * Returns whether a batch's statement may go out with the COMMIT of another: in the same session,
   * and with nothing to be announced before.
   */
  static boolean mayFollow(StatementBatch batch, StatementBatch next) {
    ExpandedStatement statement = next.statements().get(0);
    return next.statements().size() == 1
        && batch.statements().stream().allMatch(RowChanges::isOne)
        && !LastingEffects.outlivesRollback(statement)
        && RowChanges.isWithoutValues(statement);
  }

  @Override
  public void close() {
    if (kept != null) {
      kept.close();
    }
  }
}
