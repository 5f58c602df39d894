package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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

  /** Three items meet, or none goes on: they run side by side, or never end. */
  private static final String SIDE_BY_SIDE =
      """
      runbook: wide
      version: "1.0.0"
      title: Side by side
      targets: {db: {}}
      steps:
        - id: each
          forEach: {n: [1, 2, 3, 4, 5], parallel: 3}
          steps:
            - {id: arrive, target: db, sql: "INSERT INTO here VALUES (:n)"}
            - id: meet
              timeout: 60s
              probe:
                every: 100ms
                sources: {db: SELECT count(*) AS done FROM here}
                progress: {done: done, unit: items}
                until: done >= 3
            - {id: work, target: db, sql: "UPDATE there SET x = x WHERE x = :n"}
      """;

  @Test
  void aRunSideBySideThatFailedAndWasResumedIsToldInLanes(TestPostgres db) {
    db.execute("CREATE TABLE here (x bigint)");
    caller.file("wide.yaml", SIDE_BY_SIDE);
    assertThat(caller.run("wide.yaml", db, "w1")).as(caller.err()).isEqualTo(ExitCode.FAILED);
    assertThat(caller.out()).contains("x work[1]", "x work[2]", "x work[3]", "3 of 5 failed");
    assertThat(caller.call("report", "w1", "--out", "failed.html")).isEqualTo(ExitCode.DONE);
    assertThat(caller.text("failed.html"))
        .contains("arrive: done in", ", up to 3 items side by side", "each: failed in")
        .contains(">work[3]</a>");

    db.execute("CREATE TABLE there (x bigint)");
    assertThat(caller.resume("w1", db)).as(caller.err()).isEqualTo(ExitCode.DONE);
    assertThat(caller.call("report", "w1", "--out", "done.html")).isEqualTo(ExitCode.DONE);
    String page = caller.text("done.html");
    assertThat(lanes(page, "each")).isEqualTo(3);
    assertThat(page).contains("<title>each[2] 2, ", "each: done in");

    assertThat(caller.call("report", "w1", "--format", "json")).isEqualTo(ExitCode.DONE);
    JsonObject json = JsonParser.parseString(caller.out()).getAsJsonObject();
    assertThat(json.get("status").getAsString()).isEqualTo("done");
    assertThat(json.getAsJsonObject("work").get("refused").getAsInt()).isEqualTo(3);
    List<String> steps = new ArrayList<>();
    json.getAsJsonArray("steps").forEach(step -> steps.add(name(step.getAsJsonObject())));
    assertThat(steps)
        .containsSubsequence("each", "each 1", "each 2", "each 3", "each 4", "each 5")
        .containsSubsequence("work 1", "work 2", "work 3", "work 4", "work 5");

    assertThat(caller.call("report", "w1")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).containsSubsequence("| meet\\[1\\] | done |", "| meet\\[5\\] |");
  }

  private static String name(JsonObject step) {
    return step.get("step").getAsString()
        + (step.has("item") ? " " + step.getAsJsonArray("item").get(0) : "");
  }

  /** Returns in how many rows, one below the other, the bars of a step are drawn. */
  private static long lanes(String page, String step) {
    int from = page.indexOf("aria-label=\"" + step + ": ");
    String drawing = page.substring(from, page.indexOf("</svg>", from));
    return Pattern.compile(" class=\"(?:work|failed)\"[^>]* y=\"(\\d+)\"")
        .matcher(drawing)
        .results()
        .map(found -> found.group(1))
        .distinct()
        .count();
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
