package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.OwnServer;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, stopped by signals while a statement runs. */
@ExtendWith(PostgresExtension.class)
class RealProcessTest {
  private static final String RUNBOOK =
      """
      runbook: slow
      version: "1.0.0"
      title: Slow
      targets: {db: {}}
      steps:
        - {id: make, target: db, sql: INSERT INTO t VALUES ('make')}
        - id: wait
          target: db
          sql: INSERT INTO t SELECT 'wait' FROM pg_advisory_xact_lock(7)
      """;
  private static final String WAITING =
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
          + " AND wait_event_type = 'Lock' AND query LIKE '%pg_advisory_xact_lock(7)%'";
  private static final String LONG =
      """
      runbook: long
      version: "1.0.0"
      title: Long
      targets: {db: {}}
      steps:
        - id: count
          target: db
          query: SELECT count(*) AS n FROM generate_series(1, 100000000) AS a, generate_series(1, 1000) AS b
      """;
  private static final String COUNTING =
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
          + " AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%100000000%'";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();
  private Caller caller;

  @BeforeEach
  void writeRunbook() {
    caller = new Caller(folder).file("slow.yaml", RUNBOOK);
  }

  @AfterEach
  void endProcesses() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void anInterruptCancelsTheStatementAndPausesTheRun(TestPostgres db) throws Exception {
    stoppedOnce(db, "INT");
  }

  @Test
  void aRequestToTerminateCountsAsAnInterrupt(TestPostgres db) throws Exception {
    stoppedOnce(db, "TERM");
  }

  private void stoppedOnce(TestPostgres db, String signal) throws Exception {
    db.execute("CREATE TABLE t (a text)");
    try (var holder = db.connect();
        var lock = holder.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(7)");
      Process run = startAndAwaitTheLock(db);
      signal(run, signal);
      assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).isEqualTo(ExitCode.PAUSED.number());
      assertThat(db.queryLong(WAITING)).isZero();
      assertThat(caller.text("out.txt"))
          .contains("paused: ", "pgrunbook resume r1 ")
          .doesNotContain("\tat ");
      assertThat(caller.text("err.txt")).isEmpty();
    }
    assertThat(caller.resume("r1", db)).isEqualTo(ExitCode.DONE);
    assertThat(db.queryRows("SELECT a FROM t ORDER BY a").toString()).isEqualTo("[[make], [wait]]");
  }

  @Test
  void aSecondInterruptEndsTheProcessAtOnce(TestPostgres db) throws Exception {
    caller.file(
        "slow.yaml",
        """
        runbook: slow
        version: "1.0.0"
        title: Slow
        targets: {db: {}}
        steps:
          - {id: make, target: db, sql: INSERT INTO t VALUES ('make')}
          - id: wait
            target: db
            sql: |
              DO $$ BEGIN
                LOOP
                  BEGIN
                    PERFORM pg_advisory_xact_lock(7);
                    EXIT;
                  EXCEPTION WHEN query_canceled THEN
                    NULL; -- deaf to cancel requests, as a stuck server is
                  END;
                END LOOP;
              END $$
        """);
    db.execute("CREATE TABLE t (a text)");
    try (var holder = db.connect();
        var lock = holder.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(7)");
      Process run = startAndAwaitTheLock(db);
      signal(run, "INT");
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      signal(run, "INT");
      assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).isEqualTo(ExitCode.INTERRUPTED.number());

      assertThat(caller.resume("r1", db, "--wait", "1s")).isEqualTo(ExitCode.IN_DOUBT);
      assertThat(caller.said()).contains("pid ");
      assertThat(caller.resume("r1", db, "--wait", "soon")).isEqualTo(ExitCode.INVALID);
      assertThat(caller.err()).contains("--wait takes a duration such as 90s or 10m");
    }
    assertThat(caller.resume("r1", db, "--terminate-backend")).isEqualTo(ExitCode.DONE);
    assertThat(db.queryRows("SELECT a FROM t").toString()).isEqualTo("[[make]]");
  }

  @Test
  void aProcessThatWasKilledIsTakenUpAgain(TestPostgres db) throws Exception {
    db.execute("CREATE TABLE t (a text)");
    try (var holder = db.connect();
        var lock = holder.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(7)");
      Process run = startAndAwaitTheLock(db);

      assertThat(caller.resume("r1", db)).isEqualTo(ExitCode.LOCKED);
      assertThat(caller.err()).contains("held by", "process " + run.pid() + " of ");
      assertThat(caller.run("slow.yaml", db, "r2")).isEqualTo(ExitCode.LOCKED);
      assertThat(caller.err()).contains("run r1", "process " + run.pid() + " of ");

      signal(run, "KILL");
      assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(caller.call("runs")).isEqualTo(ExitCode.DONE);
      assertThat(caller.out()).contains("interrupted");
      assertThat(caller.resume("r1", db, "--wait", "1s")).isEqualTo(ExitCode.IN_DOUBT);
    }
    assertThat(caller.resume("r1", db)).isEqualTo(ExitCode.DONE);
    assertThat(db.queryRows("SELECT a FROM t ORDER BY a").toString()).isEqualTo("[[make], [wait]]");
  }

  @Test
  void aStoreThatStaysAwayPausesTheRunBeforeItCommits(
      TestPostgres db, @OwnServer(durable = true) TestPostgres kept) throws Exception {
    db.execute("CREATE TABLE t (a text)");
    Process run;
    try (var holder = db.connect();
        var lock = holder.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(7)");
      run = startAndAwaitTheLock(db, "--store", kept.uri());
      kept.server().stop(false);
    }
    await(() -> (caller.text("out.txt") + caller.text("err.txt")).contains("; trying again"));
    signal(run, "INT");
    assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    String said = caller.text("out.txt") + caller.text("err.txt");
    assertThat(run.exitValue()).as(said).isEqualTo(ExitCode.ENVIRONMENT.number());
    assertThat(said)
        .contains("the store cannot be reached", "pgrunbook resume r1 ", "--store ")
        .doesNotContain("\tat ");
    assertThat(db.queryRows("SELECT a FROM t").toString()).isEqualTo("[[make]]");
    kept.server().start();
    assertThat(caller.resume("r1", db, "--store", kept.uri())).isEqualTo(ExitCode.DONE);
    assertThat(db.queryRows("SELECT a FROM t ORDER BY a").toString()).isEqualTo("[[make], [wait]]");
  }

  /** A plan changes nothing, so there is nothing to resume. */
  @Test
  void anInterruptStopsAPlanOnTheServerAndWritesNone(TestPostgres db) throws Exception {
    planStopped(db, "INT");
  }

  @Test
  void aRequestToTerminateStopsAPlanToo(TestPostgres db) throws Exception {
    planStopped(db, "TERM");
  }

  private void planStopped(TestPostgres db, String signal) throws Exception {
    caller.file("long.yaml", LONG).file("plan.json", "the plan of yesterday");
    Process plan =
        start("plan", "slow.yaml", "long.yaml", "--target", "db=" + db.uri(), "--out", "plan.json");
    await(() -> !plan.isAlive() || db.queryLong(COUNTING) == 1);
    Instant before = Instant.now();
    signal(plan, signal);
    assertThat(plan.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(plan.exitValue()).as(caller.text("err.txt")).isEqualTo(130);
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
    assertThat(db.queryLong(COUNTING)).isZero();
    assertThat(caller.text("err.txt"))
        .isEqualTo("pgrunbook: stopped; there is no plan, and nothing was written\n");
    assertThat(caller.text("out.txt")).isEmpty();
    assertThat(caller.text("plan.json")).isEqualTo("the plan of yesterday");
    assertThat(folder.resolve("plan.json.new")).doesNotExist();
  }

  private Process startAndAwaitTheLock(TestPostgres db, String... more) throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("run", "slow.yaml", "--target", "db=" + db.uri(), "--run-id", "r1"));
    words.addAll(List.of(more));
    Process process = start(words.toArray(new String[0]));
    await(() -> !process.isAlive() || db.queryLong(WAITING) == 1);
    assertThat(process.isAlive()).as(caller.text("out.txt") + caller.text("err.txt")).isTrue();
    return process;
  }

  private Process start(String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                // Who runs tests in the background has INT ignored, and children inherit that.
                "env",
                "--default-signal=INT,TERM",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dpgrunbook.terminal=no",
                "-cp",
                classPath(),
                Main.class.getName()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    builder.redirectOutput(folder.resolve("out.txt").toFile());
    builder.redirectError(folder.resolve("err.txt").toFile());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** Absolute, because the process starts in another folder. */
  private static String classPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void signal(Process process, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** The server tells nobody when a lock is waited for, so it is asked. */
  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
