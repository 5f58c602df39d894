package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.journal.FileRunStore;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which databases a run is pointed at, who else may have them, and what the store refuses. */
@ExtendWith(PostgresExtension.class)
class TargetsTest {
  private static final String RUNBOOK =
      """
      runbook: look
      version: "1.0.0"
      title: Look
      targets: {db: {description: The one to look at}}
      steps:
        - {id: look, target: db, query: SELECT current_database() AS name}
        - {id: ask, gate: Seen}
      """;

  @TempDir Path folder;
  private Caller caller;

  @BeforeEach
  void writeRunbook() {
    caller = new Caller(folder).file("look.yaml", RUNBOOK);
  }

  @Test
  void everyFormOfAConnectionReachesTheDatabase(TestPostgres db) {
    String host = db.address().host();
    int port = db.address().port();
    caller.with("PGPASSWORD", db.address().password()).with("PGUSER", db.address().user());
    caller.file(".pg_service.conf", service(db));
    caller.file(
        "pgrunbook.yaml",
        "connections: {main: {service: look}}\nenvironments: {dev: {db: main, other: main}}\n");
    for (String form :
        new String[] {
          "postgresql://" + host + ":" + port + "/" + db.database(),
          db.jdbcUrl(),
          "service=look",
          "main"
        }) {
      assertThat(caller.call("run", "look.yaml", "--target", "db=" + form, "--yes"))
          .as(form)
          .isEqualTo(ExitCode.DONE);
      assertThat(caller.out()).contains(db.database());
    }
    assertThat(caller.call("run", "look.yaml", "--env", "dev", "--yes")).isEqualTo(ExitCode.DONE);
  }

  @Test
  void whatIsWrongWithTargetsIsSaidBeforeAnythingIsTouched() {
    assertThat(caller.call("run", "look.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err())
        .contains("no database plays the role db (The one to look at)", "--target db=CONNECTION");
    assertThat(caller.call("run", "look.yaml", "--target", "bd=x", "--target=db=none"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.err())
        .contains("look has no target \"bd\"", "its targets: db", "no connection \"none\"");
    assertThat(caller.call("run", "look.yaml", "--env", "dev")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("no environment \"dev\"");
    assertThat(caller.call("run", "look.yaml", "--target=db=a", "--target=db=b"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("--target db is given twice");
    String uri = "postgresql://me:Geheimnis@host/db";
    for (String wrong : new String[] {uri, uri + "?sslmode=require", "db=", "=x"}) {
      assertThat(caller.call("run", "look.yaml", "--target", wrong)).isEqualTo(ExitCode.INVALID);
      assertThat(caller.err()).contains("--target takes ROLE=CONNECTION").doesNotContain("Geheim");
    }
    assertThat(folder.resolve("state/pgrunbook/runs")).doesNotExist();
  }

  @Test
  void aWrongPasswordIsASentenceAndTheRunResumable(TestPostgres db) {
    String wrong = db.uri().replace(":" + db.address().password() + "@", ":falsch@");
    assertThat(caller.call("run", "look.yaml", "--target=db=" + wrong, "--run-id=r1"))
        .isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(caller.said())
        .contains("password authentication failed", "check user and password", "resume r1")
        .doesNotContain("falsch", "\tat ");
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aLiveRunIsItsProcessesAlone(TestPostgres db) {
    assertThat(caller.run("look.yaml", db, "r1")).isEqualTo(ExitCode.PAUSED);
    Path store = folder.resolve("state/pgrunbook");
    FileRunStore other = new FileRunStore(store, Clock.systemUTC(), "process 7 of anna on db1");
    try (Journal journal = other.open("r1")) {
      assertThat(journal.state().started()).isNotNull();
      assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.LOCKED);
      assertThat(caller.err()).contains("run r1 is held by process 7 of anna on db1", "Ctrl-C");
      assertThat(caller.call("approve", "r1", "ask")).isEqualTo(ExitCode.LOCKED);
      assertThat(caller.err()).contains("answered there");
      assertThat(caller.call("runs")).isEqualTo(ExitCode.DONE);
      assertThat(caller.out()).contains("running");
    }
    String what = "the runbook look on db=" + db.address().host() + ":" + db.address().port() + "/";
    String whole = what + db.database() + " as " + db.address().user();
    try (RunStore.Claim claim = other.claim(whole, "run r9")) {
      assertThat(claim).isNotNull();
      assertThat(caller.run("look.yaml", db, "r2")).isEqualTo(ExitCode.LOCKED);
      assertThat(caller.err()).contains(whole + " is held by run r9, process 7 of anna on db1");
      assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.LOCKED);
    }
    assertThat(caller.resume("r1", db, "--yes")).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aStoreThatCannotBeWrittenIsNamed(TestPostgres db) {
    caller.file("plain", "no directory");
    assertThat(caller.run("look.yaml", db, "r1", "--store", "plain/store"))
        .isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(caller.err()).contains("plain/store").doesNotContain("\tat ");
  }

  @Test
  void aRunWithoutAFirstRecordNeverBegan() {
    caller.file("state/pgrunbook/runs/r1/journal.jsonl", "");
    for (String command : new String[] {"resume", "abort", "show"}) {
      assertThat(caller.call(command, "r1")).as(command).isEqualTo(ExitCode.INVALID);
      assertThat(caller.err()).contains("run r1 in ", "never began: nothing was done");
    }
    assertThat(caller.call("approve", "r1", "ask")).isEqualTo(ExitCode.INVALID);
  }

  private static String service(TestPostgres db) {
    return "[look]\nhost="
        + db.address().host()
        + "\nport="
        + db.address().port()
        + "\ndbname="
        + db.database()
        + "\n";
  }
}
