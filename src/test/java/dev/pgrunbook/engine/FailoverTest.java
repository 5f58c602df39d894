package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.demo.ClusterOptions;
import dev.pgrunbook.demo.ClusterSeed;
import dev.pgrunbook.demo.PostgresCluster;
import dev.pgrunbook.demo.PostgresInstallation;
import dev.pgrunbook.engine.RunResult.Paused;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.StatementCommitted;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.testing.ClusterServer;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A transaction of which no answer came, and a server that is not the one it ran on any more: its
 * ids say nothing there, and a person is told so.
 */
@ExtendWith(PostgresExtension.class)
class FailoverTest {

  private static final String RUNBOOK =
      """
      runbook: test/failover
      version: "1.0.0"
      title: Failover
      targets: {db: {}}
      steps:
        - {id: add, target: db, sql: INSERT INTO t VALUES (1)}
      """;

  private static final String AGAIN =
      "  - {id: again, target: db, sql: INSERT INTO t VALUES (2)}\n";

  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
  private static final Path BASE_BACKUP = PROGRAMS.resolve("pg_basebackup");
  private static final Path RESET_WAL = PROGRAMS.resolve("pg_resetwal");

  @TempDir private Path store;
  private PostgresCluster cluster;
  private TestPostgres primary;
  private RunbookRun run;

  @BeforeEach
  void start() {
    cluster =
        PostgresCluster.start(
            ClusterSeed.fresh(PostgresInstallation.embedded()), ClusterOptions.defaults());
    primary = on(cluster);
    primary.execute("CREATE TABLE t (x int)");
    run = RunbookRun.of(RUNBOOK, store).on("db", primary);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private static TestPostgres on(PostgresCluster cluster) {
    return new TestPostgres(new ClusterServer(cluster), "postgres");
  }

  /** The transaction commits, and the process dies before it can say so. */
  private void dieBeforeCommitted() {
    run.through(
        journal ->
            new MortalJournal(journal, Integer.MAX_VALUE, MortalJournal.Moment.BEFORE) {
              @Override
              public JournalRecord append(RunEvent event) {
                if (event instanceof StatementCommitted) {
                  throw new MortalJournal.Death();
                }
                return super.append(event);
              }
            });
    assertThatThrownBy(run::run).isInstanceOf(MortalJournal.Death.class);
    run.through(journal -> journal);
  }

  private void assertInDoubt(String... words) {
    RunResult paused = run.resume();
    assertThat(paused).isInstanceOf(Paused.class);
    assertThat(((Paused) paused).reason()).isEqualTo(PauseReason.IN_DOUBT);
    assertThat(((Paused) paused).message()).contains(words);
    assertThat(run.told().requests(Request.InDoubt.class)).hasSize(1);
  }

  @Test
  void anotherClusterIsRecognised(TestPostgres other) {
    other.execute("CREATE TABLE t (x int)");
    dieBeforeCommitted();
    run.on("db", other);
    assertInDoubt("the statement ran on cluster ", ", and this is cluster ");
  }

  @Test
  void aServerThatWasPromotedInPlaceIsRecognised() throws IOException {
    dieBeforeCommitted();
    cluster.stop(false);
    Files.createFile(cluster.dataDirectory().resolve("standby.signal"));
    cluster.start();
    primary.execute("SELECT pg_promote()");
    assertInDoubt("ran on timeline 1, and this server is on 2", "promoted or restored");
  }

  @Test
  void aPromotedStandbyIsRecognised() throws Exception {
    requireProgram(BASE_BACKUP);
    try (PostgresCluster standby =
        PostgresCluster.start(
            ClusterSeed.fresh(PostgresInstallation.embedded()), ClusterOptions.defaults())) {
      follow(standby);
      dieBeforeCommitted();
      TestPostgres second = on(standby);
      // What was committed has come over: a person who looks will find it.
      Waiting.until(() -> second.queryLong("SELECT count(*) FROM t") == 1);
      cluster.stop(true);
      second.execute("SELECT pg_promote()");
      run.on("db", second);
      assertInDoubt("ran on timeline 1, and this server is on 2", "promoted or restored");
      assertThat(second.queryLong("SELECT count(*) FROM t")).isEqualTo(1);
    }
  }

  /** Makes a cluster a standby of the primary; its port and its settings stay. */
  private void follow(PostgresCluster standby) throws Exception {
    Path data = standby.dataDirectory();
    String settings = Files.readString(data.resolve("postgresql.conf"));
    standby.stop(false);
    Path copy = store.resolve("copy");
    command(
        BASE_BACKUP.toString(),
        "-R",
        "-X",
        "stream",
        "-c",
        "fast",
        "-D",
        copy.toString(),
        "-d",
        primary.uri());
    Files.writeString(copy.resolve("postgresql.conf"), settings);
    // Roles are the primary's now, with their passwords.
    Files.writeString(copy.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 trust\n");
    command(
        "sh",
        "-c",
        "chown -R --reference=\"$1\" \"$2\" && rm -rf \"$1\"/* && cp -a \"$2\"/. \"$1\"",
        "sh",
        data.toString(),
        copy.toString());
    standby.start();
  }

  @Test
  void aRestoredServerIsRecognised() throws Exception {
    cluster.stop(false);
    Path backup = backUp();
    cluster.start();
    primary.execute("SELECT pg_switch_wal(); CREATE TABLE later AS SELECT 1");
    dieBeforeCommitted();
    cluster.stop(false);
    restore(backup);
    cluster.start();
    assertInDoubt("the server is at ", ", behind the statement's ");
  }

  /** It recovers as from a crash, which has taken more than the transaction that was under way. */
  @Test
  void aServerRestoredFromACopyOfARunningOneIsRecognised() throws Exception {
    cluster.stop(true);
    Path backup = backUp();
    cluster.start();
    run = RunbookRun.of(RUNBOOK + AGAIN, store).on("db", primary);
    run.dyingAfter(
        event ->
            event instanceof StatementPrepared prepared
                && prepared.address().step().equals("again"));
    assertThatThrownBy(run::run).isInstanceOf(RunbookRun.Death.class);
    cluster.stop(true);
    restore(backup);
    cluster.start();
    assertInDoubt("the server is at ", ", behind the statement's ");
  }

  private Path backUp() throws Exception {
    Path backup = store.resolve("backup");
    command("cp", "-a", cluster.dataDirectory().toString(), backup.toString());
    return backup;
  }

  private void restore(Path backup) throws Exception {
    command(
        "sh",
        "-c",
        "rm -rf \"$1\"/* && cp -a \"$2\"/. \"$1\"",
        "sh",
        cluster.dataDirectory().toString(),
        backup.toString());
  }

  @Test
  void anIdThatTheServerHasForgottenIsRecognised() throws Exception {
    requireProgram(RESET_WAL);
    dieBeforeCommitted();
    primary.execute("ALTER DATABASE template0 ALLOW_CONNECTIONS true");
    cluster.stop(false);
    // Two million transactions later; what their ids would have been is in a file of zeros.
    String data = cluster.dataDirectory().toString();
    unprivileged(
        "cp \"$1\"/pg_xact/0000 \"$1\"/pg_xact/0001 && head -c 262144 /dev/zero"
            + " >\"$1\"/pg_xact/0001 && "
            + RESET_WAL
            + " -x 1048577 \"$1\"",
        data);
    cluster.start();
    for (String database : new String[] {"template0", "template1", "postgres"}) {
      new TestPostgres(primary.server(), database).execute("VACUUM (FREEZE)");
    }
    String xid = run.events(StatementPrepared.class).get(0).transaction().xid();
    assertInDoubt("the server no longer knows transaction " + xid);
  }

  private static void requireProgram(Path program) {
    if (!Files.isExecutable(program)) {
      System.err.println("SKIPPED: there is no " + program);
    }
    Assumptions.assumeTrue(Files.isExecutable(program), program + " is absent");
  }

  /** Runs a shell script as whoever owns a directory. */
  private static void unprivileged(String script, String directory) throws Exception {
    command(
        "sh",
        "-c",
        "if [ \"$(id -u)\" = 0 ]; then exec setpriv --reuid=\"$(stat -c %u \"$1\")\""
            + " --regid=\"$(stat -c %g \"$1\")\" --clear-groups sh -c \"$2\" sh \"$1\";"
            + " else exec sh -c \"$2\" sh \"$1\"; fi",
        "sh",
        directory,
        script);
  }

  private static void command(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", words)).isZero();
  }
}
