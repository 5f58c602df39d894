package dev.pgrunbook.engine;

import dev.pgrunbook.database.ApplicationName;
import dev.pgrunbook.database.CannotConnect;
import dev.pgrunbook.database.CannotConnect.Reason;
import dev.pgrunbook.database.CommitUnknown;
import dev.pgrunbook.database.ConnectionLost;
import dev.pgrunbook.database.ReadOnlySession;
import dev.pgrunbook.database.Session;
import dev.pgrunbook.database.SessionSettings;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens sessions for steps, and tries again for a while when a database is away. */
final class Sessions {

  private static final Duration FIRST_DELAY = Duration.ofMillis(200);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

  private final RunContext context;
  private final SideBySide sideBySide;

  Sessions(RunContext context, SideBySide sideBySide) {
    this.context = context;
    this.sideBySide = sideBySide;
  }

  /**
   * Returns whether a server only has no place left, and others that run beside this will leave
   * some: however long that takes, it is worth waiting for.
   */
  boolean isCrowded(CannotConnect absent) {
    return absent.reason() == Reason.TOO_MANY_CONNECTIONS && sideBySide.awaitsPlace();
  }

  /** Returns a session that may write, set up for a step. */
  Session writing(StepRun run, @Nullable String role) {
    Session session = context.target(role).database().session(settings(run));
    sideBySide.hasPlace();
    return session;
  }

  /** Returns a session that can only read, set up for a step. */
  ReadOnlySession reading(StepRun run, @Nullable String role) {
    ReadOnlySession session = context.target(role).database().readOnlySession(settings(run));
    sideBySide.hasPlace();
    return session;
  }

  private SessionSettings settings(StepRun run) {
    return SessionSettings.of(ApplicationName.of(context.run(), run.step().id()))
        .withTimeouts(statementTimeout(run), run.header().lockTimeout())
        .withVariables(run.scope().settings())
        .withSecrets(context.secrets());
  }

  /** A probe's timeout is that of all its polls together; no statement's. */
  private static @Nullable Duration statementTimeout(StepRun run) {
    return run.step() instanceof dev.pgrunbook.model.ProbeStep ? null : run.header().timeout();
  }

  /**
   * Does work that may be done again from its beginning when its connection is lost; pauses the run
   * when the database stays away.
   */
  <T> T reconnecting(StepRun run, Supplier<T> work) {
    Instant giveUp = null;
    boolean crowded = false;
    Duration delay = FIRST_DELAY;
    while (true) {
      try {
        return work.get();
      } catch (ConnectionLost | CommitUnknown lost) {
        context.cancellation().check();
        giveUp = giveUp == null ? end() : giveUp;
        pauseOrTell(run, giveUp, lost.getMessage());
      } catch (CannotConnect absent) {
        if (!absent.reason().isTransient()) {
          throw new RunPause(PauseReason.ENVIRONMENT, Failures.sentence(absent));
        }
        if (isCrowded(absent)) {
          if (!crowded) {
            tell(run, absent.getMessage() + "; waiting for a place");
          }
          crowded = true;
          giveUp = null;
        } else {
          giveUp = giveUp == null ? end() : giveUp;
          pauseOrTell(run, giveUp, absent.getMessage());
        }
      }
      context.cancellation().sleep(delay);
      Duration twice = delay.multipliedBy(2);
      delay = twice.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : twice;
    }
  }

  /** Counted from the first loss: a statement may well have run longer than that before. */
  private Instant end() {
    return context.now().plus(context.options().reconnectFor());
  }

  private void pauseOrTell(StepRun run, Instant giveUp, String message) {
    if (!context.now().isBefore(giveUp)) {
      throw new RunPause(PauseReason.ENVIRONMENT, message);
    }
    tell(run, message + "; trying again");
  }

  private void tell(StepRun run, String text) {
    context.tell(listener -> listener.notice(run.address(), text));
  }
}
