package dev.pgrunbook.engine;

import dev.pgrunbook.database.ApplicationName;
import dev.pgrunbook.database.BackendInfo;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.TransactionStatus;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.TransactionIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Waits for server processes that an earlier process of the run, or a lost connection, left. */
final class OldBackends {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final RunContext context;
  private final Sessions sessions;

  OldBackends(RunContext context, Sessions sessions) {
    this.context = context;
    this.sessions = sessions;
  }

  /** Returns once no backend of this step works: one that does may yet commit, and holds locks. */
  void await(StepRun run, String role) {
    Database database = context.target(role).database();
    String name = ApplicationName.of(context.run(), run.step().id()).text();
    Patience patience = new Patience(run);
    while (true) {
      List<BackendInfo> busy = sessions.reconnecting(run, () -> busy(database, name));
      if (busy.isEmpty()) {
        return;
      }
      if (context.options().terminateBackend()) {
        sessions.reconnecting(run, () -> terminate(database, busy));
      }
      patience.wait("an earlier session of this step still runs: " + describe(busy.get(0)));
    }
  }

  /** Returns how a transaction has ended, once it has. */
  TransactionStatus outcome(StepRun run, String role, TransactionIdentity transaction) {
    Database database = context.target(role).database();
    Patience patience = new Patience(run);
    while (true) {
      TransactionStatus status =
          sessions.reconnecting(run, () -> database.transactionStatus(transaction.xid()));
      if (status != TransactionStatus.IN_PROGRESS) {
        return status;
      }
      patience.wait(
          "transaction "
              + transaction.xid()
              + " of backend "
              + transaction.backendPid()
              + " is still in progress");
    }
  }

  private static boolean terminate(Database database, List<BackendInfo> backends) {
    backends.forEach(backend -> database.terminate(backend.pid()));
    return true;
  }

  /**
   * A pooled connection that idles outside a transaction has nothing left to do; what is at hand is
   * not old, but runs for another item.
   */
  private static List<BackendInfo> busy(Database database, String name) {
    return database.backends(name).stream()
        .filter(backend -> !Objects.equals(backend.state(), "idle"))
        .filter(backend -> !database.holds(backend.pid()))
        .toList();
  }

  private static String describe(BackendInfo backend) {
    String age = backend.age() == null ? "" : ", for " + backend.age().toSeconds() + " s";
    return "pid " + backend.pid() + ", " + backend.state() + age + ": " + backend.query();
  }

  /** Tells once what is waited for, and gives up when the operator said so. */
  private final class Patience {

    private final StepRun run;
    private final Instant giveUp;
    private boolean told;

    Patience(StepRun run) {
      Duration limit = context.options().waitForBackend();
      this.run = run;
      this.giveUp = limit == null ? Instant.MAX : context.now().plus(limit);
    }

    void wait(String why) {
      if (context.now().isAfter(giveUp)) {
        throw new RunPause(PauseReason.IN_DOUBT, run.address() + " is in doubt: " + why);
      }
      if (!told) {
        context.tell(listener -> listener.notice(run.address(), why));
        told = true;
      }
      context.cancellation().sleep(LOOK_AGAIN);
    }
  }
}
