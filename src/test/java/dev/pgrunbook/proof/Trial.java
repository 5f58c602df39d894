package dev.pgrunbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.LossyProxy;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Disturbs runs at random moments until it has done so often enough, and checks each that ends. */
final class Trial {

  private static final int DONE = 0;
  private static final int IN_DOUBT = 6;

  /** The server was away for too long; whoever sees it back resumes. */
  private static final int ENVIRONMENT = 7;

  private static final int KILLED = 137;

  /** After the run has begun: the first statements come a little later. */
  private static final int LONGEST_MILLIS = 500;

  private static final String ITS_SESSIONS =
      "FROM pg_stat_activity WHERE application_name LIKE 'pgrunbook/%'"
          + " AND datname = current_database()";

  private final Path folder;
  private final TestPostgres database;
  private final String store;
  private final int many;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private String uri;
  private int runs;
  private int disturbances;
  private int asked;

  /**
   * @param store where journals are kept, as {@code --store} takes it
   * @param many how many statements of one kind a run has, beside those of the others
   */
  Trial(Path folder, TestPostgres database, String store, int many, EffectsRun.Shape shape)
      throws IOException {
    this.folder = folder;
    this.database = database;
    this.store = store;
    this.many = many;
    this.uri = database.uri();
    EffectsRun.prepare(folder, database, shape);
  }

  /** What disturbs a run that is under way; returns whether it did. */
  interface Disturbance {
    boolean disturb(ProgramProcess process) throws Exception;
  }

  /** Kills the program, each time a process of its own. */
  void kill(int rounds) throws Exception {
    carryOut(rounds, true, ProgramProcess::kill);
    assertThat(asked).as("a living server is asked, and no person").isZero();
  }

  /** Ends the program's sessions by {@code pg_terminate_backend}. */
  void terminate(int rounds) throws Exception {
    carryOut(rounds, false, process -> endSession());
    assertThat(asked).as("a living server is asked, and no person").isZero();
  }

  /** Crashes the server and starts it again. */
  void restart(int rounds) throws Exception {
    carryOut(
        rounds,
        false,
        process -> {
          database.restart(true);
          awaitSession(process);
          return true;
        });
  }

  /** Kills the backend of one of its sessions, which crashes the server, but not its postmaster. */
  void crash(int rounds) throws Exception {
    carryOut(
        rounds,
        false,
        process -> {
          List<List<@Nullable String>> one =
              database.queryRows("SELECT pid " + ITS_SESSIONS + " ORDER BY random() LIMIT 1");
          if (one.isEmpty()
              || !database.killBackend(Long.parseLong(String.valueOf(one.get(0).get(0))))) {
            return false;
          }
          // Others get the ids that were lost, and commit.
          for (int others = 0; others < 5; others++) {
            database.execute("SELECT pg_current_xact_id()");
          }
          awaitSession(process);
          return true;
        });
  }

  /** A server that crashes again before the program is back would only be seen to be away. */
  private void awaitSession(ProgramProcess process) {
    while (process.isAlive() && sessions() == 0) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private long sessions() {
    return database.queryLong("SELECT count(*) " + ITS_SESSIONS);
  }

  /** Loses the server's answer to COMMIT. */
  void loseAnswers(int rounds) throws Exception {
    try (LossyProxy proxy = new LossyProxy(database.address().host(), database.address().port())) {
      uri = uri.replace(":" + database.address().port() + "/", ":" + proxy.port() + "/");
      carryOut(
          rounds,
          false,
          process -> {
            int before = proxy.losses();
            proxy.loseNextCommit();
            while (process.isAlive() && proxy.losses() == before) {
              LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            return proxy.losses() > before;
          });
    }
    assertThat(asked).as("a living server is asked, and no person").isZero();
  }

  private boolean endSession() {
    return database.queryLong(
            "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid "
                + ITS_SESSIONS
                + " ORDER BY random() LIMIT 1) AS one")
        > 0;
  }

  private void carryOut(int rounds, boolean deadly, Disturbance disturbance) throws Exception {
    while (disturbances < rounds) {
      EffectsRun run =
          new EffectsRun(folder, database, uri, store, String.format("run%04d", ++runs), many);
      String mark = null;
      int code = -1;
      while (code != DONE) {
        try (ProgramProcess process = start(run, mark)) {
          mark = null;
          process.awaitBegun();
          code = disturbed(process, rounds, deadly, disturbance);
          run.ended(process);
          if (code == IN_DOUBT) {
            mark = run.judge();
            asked++;
          } else if (code != DONE && code != KILLED && code != ENVIRONMENT) {
            throw new AssertionError(describe() + ": " + process.errors() + process.events());
          }
        }
      }
      run.assertEveryEffectOnce();
    }
  }

  private static ProgramProcess start(EffectsRun run, @Nullable String mark) throws IOException {
    return mark == null
        ? run.start()
        : run.start("--mark", mark, "--reason", "looked into the table");
  }

  private int disturbed(ProgramProcess process, int rounds, boolean deadly, Disturbance disturbance)
      throws Exception {
    do {
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(LONGEST_MILLIS)).toNanos());
      if (disturbances < rounds && process.isAlive() && disturbance.disturb(process)) {
        disturbances++;
      }
    } while (process.isAlive() && !deadly && disturbances < rounds);
    return process.await();
  }

  /** Returns what was done, for reports. */
  String describe() {
    return String.format(
        "%d disturbances of %d runs of %d statements, a person asked %d times (seed %d)",
        disturbances, runs, many + 7, asked, seed);
  }
}
