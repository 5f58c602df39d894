package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.engine.RunResult.Paused;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.testing.OwnServer;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a probe sees, and what it lives through. */
@ExtendWith(PostgresExtension.class)
class ProbeTest {

  private static final String WATCH =
      """
      runbook: test/probe
      version: "1.0.0"
      title: Watches
      targets: {db: {}}
      steps:
        - id: watch
          probe:
            every: 100ms
            sources: {db: "SELECT done, 5 AS total FROM t"}
            progress: {done: done, total: total, unit: rows}
            until: done == total
      """;

  @TempDir private Path store;

  private RunbookRun run(TestPostgres postgres) {
    postgres.execute("CREATE TABLE t AS SELECT 3::int AS done");
    return RunbookRun.of(WATCH, store).on("db", postgres);
  }

  private static void set(TestPostgres postgres, String done) {
    postgres.execute("UPDATE t SET done = " + done);
  }

  @Test
  void goingBackIsARestartEvenAcrossTheUnknown(TestPostgres postgres) {
    RunbookRun run = run(postgres);
    List<String> next = new ArrayList<>(List.of("4", "NULL", "1", "5"));
    run.sampling(
        "watch",
        sample -> {
          if (!next.isEmpty()) {
            set(postgres, next.remove(0));
          }
        });
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(run.told().samples("watch"))
        .extracting(ProbeSample::done)
        .containsExactly(3.0, 4.0, null, 1.0, 5.0);
    assertThat(run.told().samples("watch"))
        .extracting(ProbeSample::restarted)
        .containsExactly(false, false, false, true, false);
  }

  @Test
  void aTerminatedSessionIsReplacedAndTold(TestPostgres postgres) {
    RunbookRun run = run(postgres);
    run.sampling(
        "watch",
        sample -> {
          if (sample.done() == 3.0) {
            set(postgres, "5");
            postgres.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE"
                    + " starts_with(application_name, 'pgrunbook/')"
                    + " AND datname = current_database()");
          }
        });
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(run.told().notices())
        .anyMatch(text -> text.contains("the probe goes on as soon as db is back"))
        .contains("the connection to db is back");
  }

  @Test
  void aRestartOfTheServerIsSurvived(@OwnServer(durable = true) TestPostgres postgres) {
    RunbookRun run = run(postgres);
    run.sampling(
        "watch",
        sample -> {
          if (sample.done() == 3.0) {
            set(postgres, "5");
            postgres.restart(true);
          }
        });
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(run.told().notices()).contains("the connection to db is back");
  }

  @Test
  void stallStepsThatWereCutShortAreFinishedOnce(TestPostgres postgres) {
    postgres.execute("CREATE TABLE t AS SELECT 3::int AS done; CREATE TABLE nudged (what text)");
    String nudging =
        WATCH.replace(
            "until: done == total",
            """
            until: done == total
                  stall:
                    after: 300ms
                    steps:
                      - {id: one, target: db, sql: "INSERT INTO nudged VALUES ('one')"}
                      - {id: two, target: db, sql: "INSERT INTO nudged VALUES ('two')"}
                      - {id: three, target: db, sql: "INSERT INTO nudged VALUES ('three')"}""");
    RunbookRun run = RunbookRun.of(nudging, store).on("db", postgres);
    // The second nudge is cut short, where the first one's steps are done already.
    AtomicInteger twos = new AtomicInteger();
    run.dyingAfter(
        event ->
            event instanceof StatementPrepared prepared
                && prepared.address().step().equals("two")
                && twos.incrementAndGet() == 2);
    assertThatThrownBy(run::run).isInstanceOf(RunbookRun.Death.class);
    set(postgres, "5");
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(
            postgres
                .queryRows("SELECT what, count(*) FROM nudged GROUP BY 1 ORDER BY 1")
                .toString())
        .isEqualTo("[[one, 2], [three, 2], [two, 2]]");
  }

  @Test
  void aServerThatStaysAwayPausesTheRun(@OwnServer TestPostgres postgres) {
    RunbookRun run = run(postgres).reconnectingFor(Duration.ofMillis(300));
    run.sampling(
        "watch",
        sample -> {
          if (sample.done() == 3.0) {
            postgres.server().stop(true);
          }
        });
    RunResult result = run.run();
    assertThat(((Paused) result).reason()).isEqualTo(PauseReason.ENVIRONMENT);
    assertThat(((Paused) result).message()).doesNotContain("Exception").isNotBlank();
    postgres.server().start();
    set(postgres, "5");
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
  }
}
