package dev.pgrunbook.engine;

import dev.pgrunbook.database.ApplicationName;
import dev.pgrunbook.database.CannotConnect;
import dev.pgrunbook.database.CommitUnknown;
import dev.pgrunbook.database.ConnectionLost;
import dev.pgrunbook.database.ReadOnlySession;
import dev.pgrunbook.database.Session;
import dev.pgrunbook.database.SessionSettings;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens sessions for steps, and tries again for a while when a database is away. */
final class Sessions {

  private static final Duration FIRST_DELAY = Duration.ofMillis(200);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

  private final RunContext context;

  Sessions(RunContext context) {
    this.context = context;
  }

  /** Returns a session that may write, set up for a step. */
  Session writing(StepRun run, @Nullable String role) {
    return context.target(role).database().session(settings(run));
  }

  /** Returns a session that can only read, set up for a step. */
  ReadOnlySession reading(StepRun run, @Nullable String role) {
    return context.target(role).database().readOnlySession(settings(run));
  }

  private SessionSettings settings(StepRun run) {
    return SessionSettings.of(ApplicationName.of(context.run(), run.step().id()))
        .withTimeouts(statementTimeout(run), run.header().lockTimeout())
        .withVariables(run.scope().settings())
        .withSecrets(secrets());
  }

  /** A probe's timeout is that of all its polls together; no statement's. */
  private static @Nullable Duration statementTimeout(StepRun run) {
    return run.step() instanceof dev.pgrunbook.model.ProbeStep ? null : run.header().timeout();
  }

  private List<SecretValue> secrets() {
    List<SecretValue> secrets = new ArrayList<>();
    context.plan().arguments().values().forEach(value -> addSecrets(secrets, value));
    return secrets;
  }

  private static void addSecrets(List<SecretValue> secrets, Value value) {
    if (value instanceof SecretValue secret) {
      secrets.add(secret);
    } else if (value instanceof ListValue list) {
      list.items().forEach(item -> addSecrets(secrets, item));
    }
  }

  /**
   * Does work that may be done again from its beginning when its connection is lost; pauses the run
   * when the database stays away.
   */
  <T> T reconnecting(StepRun run, Supplier<T> work) {
    Instant giveUp = context.now().plus(context.options().reconnectFor());
    Duration delay = FIRST_DELAY;
    while (true) {
      try {
        return work.get();
      } catch (ConnectionLost | CommitUnknown lost) {
        context.cancellation().check();
        pauseOrTell(run, giveUp, lost.getMessage());
      } catch (CannotConnect absent) {
        if (!absent.reason().isTransient()) {
          throw new RunPause(PauseReason.ENVIRONMENT, sentence(absent.getMessage(), absent.hint()));
        }
        pauseOrTell(run, giveUp, absent.getMessage());
      }
      context.cancellation().sleep(delay);
      Duration twice = delay.multipliedBy(2);
      delay = twice.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : twice;
    }
  }

  private void pauseOrTell(StepRun run, Instant giveUp, String message) {
    if (!context.now().isBefore(giveUp)) {
      throw new RunPause(PauseReason.ENVIRONMENT, message);
    }
    context.tell(listener -> listener.notice(run.address(), message + "; trying again"));
  }

  private static String sentence(String message, @Nullable String hint) {
    return hint == null ? message : message + "; " + hint;
  }
}
