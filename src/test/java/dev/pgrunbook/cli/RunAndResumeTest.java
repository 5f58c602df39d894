package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs from the command line, on a real server: how they begin, stop, go on and end. */
@ExtendWith(PostgresExtension.class)
class RunAndResumeTest {
  private static final String HEAD =
      """
      runbook: fill
      version: "1.0.0"
      title: Fill a table
      targets: {db: {description: Where the table is}}
      """;
  private static final String FILL =
      HEAD
          + """
          params:
            key: {type: secret}
          steps:
            - id: make
              target: db
              sql: CREATE TABLE t (a text)
            - id: ask
              gate: Shall it be filled
            - id: fill
              target: db
              sql: INSERT INTO t VALUES (:key), ('b')
            - id: count
              target: db
              query: SELECT count(*) AS n FROM t
          """;
  private static final String BROKEN =
      HEAD
          + """
          steps:
            - id: make
              target: db
              sql: CREATE TABLE t (a int)
            - id: divide
              target: db
              sql: INSERT INTO t SELECT 1 / count(*) FROM lacking
          finally:
            - id: tidy
              target: db
              sql: CREATE TABLE IF NOT EXISTS tidied ()
          """;

  @TempDir Path folder;
  private Caller caller;

  @BeforeEach
  void writeRunbooks() {
    caller = new Caller(folder).file("fill.yaml", FILL).file("broken.yaml", BROKEN);
  }

  @Test
  void aRunThatNobodyAnswersPausesAndSaysHowToGoOn(TestPostgres db) {
    assertThat(caller.run("fill.yaml", db, "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out())
        .startsWith("fill 1.0.0   run r1\n")
        .contains("make", "paused: ask waits for an answer", "pgrunbook resume r1 ")
        .contains("pgrunbook approve r1 ask ", "pgrunbook reject r1 ask ");
    assertThat(caller.err()).isEmpty();

    assertThat(caller.call("runs")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("r1", "paused", "fill 1.0.0");

    assertThat(caller.call("approve", "r1", "ask", "--comment", "looked at it"))
        .isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).isEqualTo("approved: ask. `pgrunbook resume r1` goes on.\n");
    assertThat(caller.resume("r1", db)).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("done in");
    assertThat(db.queryLong("SELECT count(*) FROM t")).isEqualTo(2);

    assertThat(caller.resume("r1", db)).isEqualTo(ExitCode.DONE);
    assertThat(caller.err()).isEqualTo("Run r1 is done; nothing is left to do.\n");
    assertThat(db.queryLong("SELECT count(*) FROM t")).isEqualTo(2);

    assertThat(caller.call("show", "r1")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("status     done", "looked at it");
  }

  @Test
  void aRunIdIsUsedOnce(TestPostgres db) {
    assertThat(caller.run("fill.yaml", db, "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.run("fill.yaml", db, "r1", "--yes")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("there is a run r1 already");
    assertThat(caller.run("fill.yaml", db, "../r1")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("a run's id is made of", "not \"../r1\"");
  }

  @Test
  void resumeWithoutARunTakesTheLastUnfinishedOne(TestPostgres db) {
    assertThat(caller.call("resume")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("there is no unfinished run of yours in ");
    assertThat(caller.run("fill.yaml", db, "r1")).isEqualTo(ExitCode.PAUSED);
    caller.file("other.yaml", HEAD + "steps: [{id: ask, gate: Really}]\n");
    assertThat(caller.run("other.yaml", db, "r2")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.run("other.yaml", db, "r3", "--yes")).isEqualTo(ExitCode.DONE);

    assertThat(caller.call("resume", "--target", "db=" + db.uri(), "--yes"))
        .isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("run r2");
  }

  @Test
  void aFailedStepFailsTheRunAndTheSameStepIsTriedAgain(TestPostgres db) {
    assertThat(caller.run("broken.yaml", db, "r1")).isEqualTo(ExitCode.FAILED);
    assertThat(caller.out())
        .contains("relation \"lacking\" does not exist", "pgrunbook resume r1 ", "tidy");
    assertThat(caller.resume("r1", db)).isEqualTo(ExitCode.FAILED);
    db.execute("CREATE TABLE lacking AS SELECT 1");
    assertThat(caller.resume("r1", db)).isEqualTo(ExitCode.DONE);
    assertThat(db.queryLong("SELECT count(*) FROM t")).isEqualTo(1);
  }

  @Test
  void abortRunsFinallyAndEndsTheRun(TestPostgres db) {
    caller.file("given-up.yaml", FILL + BROKEN.substring(BROKEN.indexOf("finally:")));
    assertThat(caller.run("given-up.yaml", db, "r1")).isEqualTo(ExitCode.PAUSED);
    caller.file("given-up.yaml", "nothing of a runbook is left here");
    assertThat(caller.call("abort", "r1", "--target", "db=" + db.uri())).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("given up");
    assertThat(db.queryText("SELECT to_regclass('tidied')")).isEqualTo("tidied");

    assertThat(caller.resume("r1", db)).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).isEqualTo("Run r1 is aborted; nothing is left to do.\n");
    assertThat(caller.call("abort")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).startsWith("pgrunbook abort: RUN is missing.");
  }

  @Test
  void aStepThatFailedCanBeMarked(TestPostgres db) {
    assertThat(caller.run("broken.yaml", db, "r1")).isEqualTo(ExitCode.FAILED);
    assertThat(caller.resume("r1", db, "--mark", "divide=done")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("--mark needs a --reason");
    assertThat(caller.resume("r1", db, "--mark", "divide=maybe", "--reason", "x"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("--mark takes STEP=done or STEP=again");
    assertThat(caller.resume("r1", db, "--mark", "devide=done", "--reason", "x"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("no step devide has begun", "did you mean \"divide\"?");
    assertThat(caller.resume("r1", db, "--mark", "make=done", "--reason", "x"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("step make is neither in doubt nor failed");
    assertThat(caller.resume("r1", db, "--mark", "divide=done", "--reason", "by hand"))
        .isEqualTo(ExitCode.DONE);
    assertThat(db.queryLong("SELECT count(*) FROM t")).isZero();
    assertThat(caller.call("show", "r1")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("by hand");
  }

  @Test
  void theSecretIsNeededAgainAndNowhereKept(TestPostgres db) throws IOException {
    List<String> said = new ArrayList<>();
    assertThat(caller.run("fill.yaml", db, "r1", "-p", "key=Geheimnis", "--output=jsonl"))
        .isEqualTo(ExitCode.PAUSED);
    said.add(caller.said());
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err())
        .contains("the run needs its secret key, which is not kept", "-p key=…");
    assertThat(caller.resume("r1", db, "--yes", "-p", "keys=x")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("-p keys cannot be given to this run", "secrets again");
    assertThat(caller.resume("r1", db, "--yes", "-p", "key=Geheimnis", "--verbose"))
        .isEqualTo(ExitCode.DONE);
    said.add(caller.said());
    caller.call("show", "r1");
    said.add(caller.said());

    assertThat(db.queryLong("SELECT count(*) FROM t WHERE a = 'Geheimnis'")).isEqualTo(1);
    assertThat(said).noneMatch(text -> text.contains("Geheimnis"));
    try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain("Geheimnis", db.address().password());
      }
    }
  }

  @Test
  void aSecretThatWasLeftOutIsNotAskedFor(TestPostgres db) {
    assertThat(caller.run("fill.yaml", db, "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.resume("r1", db, "--yes", "-p", "key=late")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("it was given none");
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.DONE);
    assertThat(db.queryLong("SELECT count(*) FROM t WHERE a IS NULL")).isEqualTo(1);
  }

  @Test
  void eventsAreJsonOneALineInOrder(TestPostgres db) {
    caller.file(
        "probe.yaml",
        HEAD
            + """
            steps:
              - id: watch
                probe:
                  every: 1s
                  sources: {db: "SELECT count(*) AS n FROM s"}
                  progress: {done: n, total: n}
                  until: n >= 2
            """);
    db.execute("CREATE TABLE s AS SELECT 1 UNION SELECT 2");
    assertThat(caller.run("probe.yaml", db, "r1", "--output", "jsonl")).isEqualTo(ExitCode.DONE);
    assertThat(caller.err()).isEmpty();
    List<String> events = new ArrayList<>();
    long seq = 0;
    for (String line : caller.out().lines().toList()) {
      JsonObject event = JsonParser.parseString(line).getAsJsonObject();
      assertThat(event.get("run").getAsString()).isEqualTo("r1");
      if (event.has("seq")) {
        assertThat(event.get("seq").getAsLong()).isEqualTo(++seq);
      }
      events.add(event.get("event").getAsString());
    }
    assertThat(events)
        .startsWith("RunStarted", "StepStarted", "ProbeSampled")
        .endsWith("ProbeFinished", "StepFinished", "RunFinished");
  }

  @Test
  void quietTellsTheEndAndVerboseTheSql(TestPostgres db) {
    assertThat(caller.run("fill.yaml", db, "r1", "--yes", "--quiet")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out().strip().lines()).singleElement().asString().contains("done in");
    db.execute("DROP TABLE t");
    assertThat(caller.run("fill.yaml", db, "r2", "--yes", "--verbose")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("CREATE TABLE t (a text)", "approved by", "--yes");
    db.execute("DROP TABLE t");
    assertThat(caller.run("fill.yaml", db, "r3", "--yes", "--quiet", "--verbose"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("--quiet and --verbose");
  }

  @Test
  void colourIsForTerminalsUnlessAskedFor(TestPostgres db) {
    assertThat(caller.run("fill.yaml", db, "r1", "--color=always")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out()).contains("\u001b[");
    assertThat(caller.resume("r1", db, "--color", "never", "--yes")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).doesNotContain("\u001b");
    assertThat(caller.call("runs", "--color=sometimes")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("--color is auto, always or never, not 'sometimes'");
  }
}
