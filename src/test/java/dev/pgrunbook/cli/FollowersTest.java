package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Notifications, metrics and spans of real runs; none of them ever harms one. */
@ExtendWith(PostgresExtension.class)
class FollowersTest {

  private static final String RUNBOOK =
      """
      runbook: followed
      version: "1.0.0"
      title: Followed
      params: {token: {type: secret}}
      targets: {db: {}}
      steps:
        - {id: first, target: db, sql: "CREATE TABLE t AS SELECT g FROM generate_series(1, 7) AS g"}
        - {id: ask, gate: "Go on, <!channel>?"}
        - id: watch
          probe:
            every: 100ms
            sources: {db: "SELECT 5 AS done, 5 AS total, 'a\\"b' AS text, 12.5 AS lag_seconds"}
            progress: {done: done, total: total, unit: rows}
            until: done == total
        - id: break
          target: db
          sql: SELECT missing, :token FROM t
      """;

  @TempDir private Path folder;
  private Caller caller;
  private Webhook hook;

  @BeforeEach
  void listen() throws IOException {
    hook = new Webhook();
    caller = new Caller(folder).file("followed.yaml", RUNBOOK);
  }

  @AfterEach
  void stop() {
    hook.close();
  }

  @Test
  void peopleAreToldThatARunWaitsAndThatItFailed(TestPostgres db) throws IOException {
    caller
        .with("HOOK", hook.address("/secret-path"))
        .file("pgrunbook.yaml", "notify: {webhook: {env: HOOK}}\n");

    assertThat(caller.run("followed.yaml", db, "r1", "-p", "token=hunter2"))
        .isEqualTo(ExitCode.PAUSED);
    assertThat(hook.notices()).hasSize(1);
    JsonObject waits = hook.notices().get(0);
    assertThat(waits.get("event").getAsString()).isEqualTo("waiting");
    assertThat(waits.get("step").getAsString()).isEqualTo("ask");
    assertThat(waits.get("command").getAsString()).isEqualTo("pgrunbook approve r1 ask");
    assertThat(waits.get("text").getAsString()).contains("waits for somebody", "(run r1)");

    hook.posts().clear();
    assertThat(caller.resume("r1", db, "-p", "token=hunter2", "--yes")).isEqualTo(ExitCode.FAILED);
    assertThat(hook.notices()).hasSize(1);
    assertThat(hook.notices().get(0).get("event").getAsString()).isEqualTo("failed");
    assertThat(hook.notices().get(0).get("message").getAsString()).contains("missing", "***");
    assertThat(hook.posts().get(0).text()).doesNotContain("hunter2");
    assertThat(caller.said()).doesNotContain("secret-path");
  }

  @Test
  void theCommandThatAnswersNamesTheStore(TestPostgres db) {
    caller
        .with("HOOK", hook.address("/"))
        .file("pgrunbook.yaml", "notify: {webhook: {env: HOOK}}\n");

    assertThat(caller.run("followed.yaml", db, "r1", "-p", "token=x", "--store", "kept"))
        .isEqualTo(ExitCode.PAUSED);
    assertThat(hook.notices().get(0).get("command").getAsString())
        .isEqualTo("pgrunbook approve r1 ask --store kept");
  }

  @Test
  void aCommandReadsWhatHappenedAndOnlyWhatItWants(TestPostgres db) {
    caller.file(
        "pgrunbook.yaml",
        """
        notify:
          - {on: [failed], command: [sh, -c, "cat >failed.json; printf %s \\"$PGRUNBOOK_TEXT\\" >failed.txt"]}
          - {on: [done], command: [touch, never]}
        """);

    assertThat(caller.run("followed.yaml", db, "r1", "-p", "token=x", "--yes"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(caller.text("failed.json")).contains("\"event\":\"failed\"");
    assertThat(caller.text("failed.txt")).contains("followed failed: break: ");
    assertThat(Files.exists(caller.path("never"))).isFalse();
  }

  @Test
  void whatCannotBeDeliveredHarmsNothing(TestPostgres db) {
    hook.answer(503);
    caller
        .with("HOOK", hook.address("/secret-path"))
        .with("WRONG", "no address, but secret")
        .file(
            "pgrunbook.yaml",
            """
            notify:
              - {webhook: {env: HOOK}}
              - {webhook: {env: WRONG}}
              - {webhook: {env: UNSET}}
              - {webhook: {file: missing.txt}}
              - {webhook: "http://127.0.0.1:1/nobody-listens"}
              - {command: [no-such-program-anywhere]}
              - {command: ["false"]}
            """);

    assertThat(caller.run("followed.yaml", db, "r1", "-p", "token=x", "--yes"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(db.queryLong("SELECT count(*) FROM t")).isEqualTo(7);
    assertThat(caller.err())
        .contains("nobody was notified: the webhook answered with status 503")
        .doesNotContain("secret");
  }

  @Test
  void metricsAreTextThatPrometheusReads(TestPostgres db) {
    assertThat(
            caller.run(
                "followed.yaml", db, "r1", "-p", "token=x", "--yes", "--metrics", "run.prom"))
        .isEqualTo(ExitCode.FAILED);
    String metrics = caller.text("run.prom");

    assertThat(metrics)
        .contains("# TYPE pgrunbook_statements_total counter\n")
        .contains("pgrunbook_statements_total{run=\"r1\"} 1\n")
        .contains("pgrunbook_statement_rows_total{run=\"r1\"} 7\n")
        .contains("pgrunbook_statement_failures_total{run=\"r1\"} 1\n")
        .contains("pgrunbook_run_state{run=\"r1\",state=\"failed\"} 1\n")
        .contains("pgrunbook_run_state{run=\"r1\",state=\"running\"} 0\n")
        .contains("pgrunbook_steps{run=\"r1\",state=\"done\"} 3\n")
        .contains("pgrunbook_run_info{run=\"r1\",runbook=\"followed\",version=\"1.0.0\"")
        .contains("pgrunbook_step_duration_seconds{run=\"r1\",step=\"watch\"} ");
    // Every line is a comment or a sample, and every sample's metric was introduced.
    for (String line : metrics.split("\n", -1)) {
      assertThat(line)
          .matches("|# (HELP|TYPE) [a-z_]+ .*|[a-z_]+\\{([a-z]+=\"[^\"]*\",?)+\\} [-+0-9.eE]+");
      if (!line.startsWith("#") && !line.isEmpty()) {
        assertThat(metrics).contains("# TYPE " + line.substring(0, line.indexOf('{')) + " ");
      }
    }
    assertThat(Files.exists(caller.path(".run.prom.new"))).isFalse();

    assertThat(caller.run("followed.yaml", db, "r2", "-p", "token=x", "--metrics", "no/where.prom"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(caller.err()).containsOnlyOnce("the metrics cannot be written to");
  }

  @Test
  void spansGoWhereTheVariablesSay(TestPostgres db) {
    caller.with("OTEL_EXPORTER_OTLP_ENDPOINT", hook.address(""));
    assertThat(caller.run("followed.yaml", db, "r1", "-p", "token=hunter2", "--yes"))
        .isEqualTo(ExitCode.FAILED);

    assertThat(hook.posts()).isNotEmpty().allMatch(post -> post.path().equals("/v1/traces"));
    // Protocol buffers hold texts as they are.
    String spans = String.join("", hook.posts().stream().map(Webhook.Post::text).toList());
    assertThat(spans)
        .contains("service.name", "pgrunbook", "run followed", "first", "watch", "break")
        .contains("db.system.name", "postgresql", "42703", "pgrunbook.run")
        .doesNotContain("hunter2");
  }

  @Test
  void withoutAReceiverOrWithWrongVariablesTheRunGoesOn(TestPostgres db) {
    caller.with("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1");
    assertThat(caller.run("followed.yaml", db, "r1", "-p", "token=x")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.err()).isEmpty();

    caller.with("OTEL_TRACES_EXPORTER", "nonsense");
    assertThat(caller.resume("r1", db, "-p", "token=x")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.err()).contains("no spans are sent: ").doesNotContain("\tat ");
  }
}
