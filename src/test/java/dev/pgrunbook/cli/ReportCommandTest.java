package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Reports of real runs: one that failed and was resumed, and what cannot be reported. */
@ExtendWith(PostgresExtension.class)
class ReportCommandTest {

  private static final String RUNBOOK =
      """
      runbook: story
      version: "1.0.0"
      title: Everything there is
      params:
        names: {type: "text[]", required: true}
        token: {type: secret}
      targets: {db: {}}
      steps:
        - id: make
          target: db
          sql: |
            CREATE TABLE kept (name text, token text);
            INSERT INTO kept SELECT n, :token FROM unnest(:names::text[]) AS n;
        - id: drop
          target: db
          generate: SELECT 'COMMENT ON TABLE kept IS ''<i>'' ' AS statement
        - id: gate
          gate: Go on, <b>really</b>?
        - id: each
          target: db
          forEach: {name: names}
          sql: UPDATE kept SET name = upper(name) WHERE name = :name
        - id: begin
          target: db
          sql: INSERT INTO began VALUES (clock_timestamp())
        - id: watch
          probe:
            every: 100ms
            sources: {db: "SELECT count(*) AS total, (extract(epoch FROM clock_timestamp() - begun))::int AS done, 'busy' AS state, 4096 AS lag_bytes FROM kept, began GROUP BY begun"}
            progress: {done: done, total: total, unit: rows}
            until: done >= total
        - id: break
          target: db
          sql: |
            UPDATE kept
            SET missing = 1, token = :token
      """;

  @TempDir Path folder;
  private Caller caller;

  @BeforeEach
  void atHome() {
    caller = new Caller(folder).file("story.yaml", RUNBOOK);
  }

  private void failAndGoOn(TestPostgres db) {
    db.execute("CREATE TABLE began (begun timestamptz)");
    String[] given = {"-p", "names=a", "-p", "names=<b>", "-p", "token=hunter2"};
    assertThat(caller.run("story.yaml", db, "s1", given))
        .as(caller.err())
        .isEqualTo(ExitCode.PAUSED);
    assertThat(caller.call("approve", "s1", "drop", "--comment", "agreed & <done>"))
        .isEqualTo(ExitCode.DONE);
    assertThat(caller.resume("s1", db, "-p", "token=hunter2", "--yes")).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aFailedRunThatIsResumedIsToldInEveryForm(TestPostgres db) {
    failAndGoOn(db);
    assertThat(caller.call("report", "s1", "--out", "s1.html")).isEqualTo(ExitCode.DONE);
    assertThat(caller.said()).isEmpty();
    String page = caller.text("s1.html");
    assertThat(page)
        .contains("<title>failed: story 1.0.0, run s1</title>", "Content-Security-Policy")
        .contains("column &quot;missing&quot; of relation &quot;kept&quot; does not exist")
        .contains("   2 | SET missing = 1, token = &#39;***&#39;\n     |     ^")
        .contains("agreed &amp; &lt;done&gt;", "Go on, &lt;b&gt;really&lt;/b&gt;?")
        .contains("INSERT INTO kept SELECT n, &#39;***&#39;", "COMMENT ON TABLE kept IS")
        .contains("PostgreSQL " + db.queryText("SHOW server_version").split(" ", 2)[0])
        .contains("class=\"area\"", "at most 4096 bytes".replace("at most ", "lag_bytes "))
        .doesNotContain("hunter2");

    db.execute("ALTER TABLE kept ADD missing int");
    assertThat(caller.resume("s1", db, "-p", "token=hunter2")).isEqualTo(ExitCode.DONE);
    assertThat(caller.call("report", "s1", "--format", "json")).isEqualTo(ExitCode.DONE);
    JsonObject json = JsonParser.parseString(caller.out()).getAsJsonObject();
    assertThat(json.get("status").getAsString()).isEqualTo("done");
    assertThat(json.getAsJsonArray("sittings")).hasSize(3);
    assertThat(json.getAsJsonObject("work").get("refused").getAsInt()).isEqualTo(1);
    assertThat(json.getAsJsonObject("work").get("statements").getAsInt()).isEqualTo(7);
    assertThat(json.toString()).contains("\"curve\":{\"format\":1").doesNotContain("hunter2");

    assertThat(caller.call("report", "s1")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .startsWith("# Everything there is\n\n**done** · run `s1` of story 1.0.0\n")
        .contains("| each\\[2\\] | done |", "UPDATE kept SET name = upper(name) WHERE name = '<b>'")
        .doesNotContain("hunter2");
  }

  @Test
  void whatCannotBeReportedIsSaid(TestPostgres db) throws Exception {
    assertThat(caller.call("report", "nothing")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("there is no run nothing");
    assertThat(caller.call("report", "s1", "--format", "pdf")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("--format is html, markdown or json, not \"pdf\"");

    failAndGoOn(db);
    Path attachments = folder.resolve("state/pgrunbook/runs/s1/attachments");
    try (var files = Files.list(attachments)) {
      for (Path file : files.toList()) {
        if (Files.readString(file).startsWith("{\"format\":1,\"begun\"")) {
          Files.delete(file);
        }
      }
    }
    assertThat(caller.call("report", "s1", "--out", "s1.html")).isEqualTo(ExitCode.DONE);
    assertThat(caller.text("s1.html")).doesNotContain("class=\"area\"");
    assertThat(caller.call("report", "s1", "--out", "no/such/folder.html"))
        .isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(caller.err()).contains("cannot write no/such/folder.html");
  }
}
