package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Several people, each with a database role of his own, and one store in a database. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class SharedStoreTest {
  private static final String HEAD =
      """
      runbook: ask
      version: "1.0.0"
      title: Ask
      targets: {db: {}}
      steps:
      """;

  /** What the documentation grants. */
  private static final String PEOPLE =
      """
      CREATE ROLE %1$s_anna LOGIN PASSWORD 'a'; CREATE ROLE %1$s_ben LOGIN PASSWORD 'b';
      CREATE ROLE %1$s_carl LOGIN PASSWORD 'c'; CREATE ROLE %1$s_dora LOGIN PASSWORD 'd';
      GRANT CREATE ON DATABASE "%2$s" TO %1$s_anna;
      """;

  static final String GRANTS =
      """
      GRANT USAGE ON SCHEMA pgrunbook TO %1$s;
      GRANT SELECT ON ALL TABLES IN SCHEMA pgrunbook TO %1$s;
      GRANT INSERT (run, step, items, digest, answer, comment) ON pgrunbook.approvals TO %1$s;
      """;

  static final String OPERATOR_GRANTS =
      """
      GRANT INSERT ON pgrunbook.runs, pgrunbook.events, pgrunbook.attachments, pgrunbook.claims TO %1$s;
      GRANT UPDATE (epoch) ON pgrunbook.runs TO %1$s;
      GRANT UPDATE (content) ON pgrunbook.attachments TO %1$s;
      GRANT UPDATE ON pgrunbook.claims TO %1$s;
      GRANT UPDATE (seq) ON pgrunbook.approvals TO %1$s;
      """;

  @TempDir Path folder;
  private Caller caller;
  private TestPostgres db;
  private String prefix;

  @BeforeEach
  void people(TestPostgres fresh) {
    db = fresh;
    prefix = "p" + db.database().substring(5, 13);
    caller = new Caller(folder).file("two.yaml", HEAD + "  - {id: q, gate: Sure, approvals: 2}\n");
    db.execute(PEOPLE.formatted(prefix, db.database()));
  }

  @org.junit.jupiter.api.AfterEach
  void removePeople() {
    for (String name : List.of("anna", "ben", "carl", "dora")) {
      db.execute("DROP OWNED BY %1$s_%2$s CASCADE; DROP ROLE %1$s_%2$s".formatted(prefix, name));
    }
  }

  private String uri(String name) {
    return "postgresql://%s_%s:%s@%s:%s/%s"
        .formatted(
            prefix, name, name.charAt(0), db.address().host(), db.address().port(), db.database());
  }

  private ExitCode call(String name, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--store");
    all.add(uri(name));
    return caller.call(all.toArray(new String[0]));
  }

  private ExitCode run(String name, String runbook, String run, String... more) {
    List<String> words =
        new ArrayList<>(List.of("run", runbook, "--target", "db=" + db.uri(), "--run-id", run));
    words.addAll(List.of(more));
    return call(name, words.toArray(new String[0]));
  }

  private ExitCode resume(String name, String run, String... more) {
    List<String> words = new ArrayList<>(List.of("resume", run, "--target", "db=" + db.uri()));
    words.addAll(List.of(more));
    return call(name, words.toArray(new String[0]));
  }

  private void grant() {
    for (String name : List.of("ben", "carl", "dora")) {
      db.execute(GRANTS.formatted(prefix + "_" + name));
    }
    db.execute(OPERATOR_GRANTS.formatted(prefix + "_ben"));
  }

  @Test
  void severalRolesApproveAndNoneOfThemBeganTheRun() {
    assertThat(run("anna", "two.yaml", "r1", "--yes")).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out()).contains("approve r1 q --store ").doesNotContain(":a@");
    grant();
    assertThat(call("anna", "approve", "r1", "q")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("people other than " + prefix + "_anna, who began the run");

    assertThat(call("carl", "approve", "r1", "q", "--comment", "fine")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).isEqualToIgnoringNewLines("approved: q. 1 more must approve it.");
    assertThat(call("carl", "approve", "r1", "q")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("has been approved by " + prefix + "_carl already");
    assertThat(call("dora", "show", "r1")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .contains("approved by " + prefix + "_carl (fine)", "pgrunbook approve r1 q --store ")
        .doesNotContain(":d@");
    assertThat(call("dora", "approve", "r1", "q")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("`pgrunbook resume r1 --store ", " goes on.");

    assertThat(resume("ben", "r1")).isEqualTo(ExitCode.DONE);
    assertThat(call("ben", "audit", "r1")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .contains(prefix + "_anna@", "began ask 1.0.0 on db ")
        .contains(prefix + "_carl  q: approved (gate): fine", prefix + "_dora  q: approved (gate)")
        .contains(prefix + "_ben@", "ended: done", "records are whole and unchanged");
    assertThat(db.queryLong("SELECT count(*) FROM pgrunbook.approvals WHERE seq IS NULL")).isZero();
  }

  @Test
  void aRejectionTakesApprovalsBack() {
    assertThat(run("anna", "two.yaml", "r1")).isEqualTo(ExitCode.PAUSED);
    grant();
    assertThat(call("carl", "approve", "r1", "q")).isEqualTo(ExitCode.DONE);
    assertThat(call("dora", "reject", "r1", "q", "--comment", "no")).isEqualTo(ExitCode.DONE);
    assertThat(call("dora", "approve", "r1", "q")).isEqualTo(ExitCode.DONE);
    assertThat(resume("anna", "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(call("carl", "approve", "r1", "q")).isEqualTo(ExitCode.DONE);
    assertThat(resume("anna", "r1")).isEqualTo(ExitCode.DONE);
  }

  @Test
  void whoeverAnswersIsWhomTheServerKnows() {
    assertThat(run("anna", "two.yaml", "r1")).isEqualTo(ExitCode.PAUSED);
    grant();
    TestPostgres asCarl = new TestPostgres(db.server(), db.database());
    String forge =
        "INSERT INTO pgrunbook.approvals (run, step, digest, answer%s) VALUES ('r1', 'q', 'd',"
            + " 'approved'%s)";
    assertThat(refusal("carl", forge.formatted(", role", ", '" + prefix + "_dora'")))
        .contains("permission denied");
    assertThat(refusal("carl", "UPDATE pgrunbook.events SET record = ''"))
        .contains("permission denied");
    assertThat(refusal("ben", "DELETE FROM pgrunbook.events")).contains("permission denied");
    assertThat(refusal("carl", "INSERT INTO pgrunbook.claims (what) VALUES ('x')"))
        .contains("permission denied");
    asCarl.execute(
        "INSERT INTO pgrunbook.approvals (run, step, digest, answer, role, seq) VALUES ('r1', 'q',"
            + " 'd', 'approved', 'nobody', 7)");
    assertThat(db.queryRows("SELECT role, seq FROM pgrunbook.approvals").toString())
        .isEqualTo("[[" + db.address().user() + ", null]]");
    assertThat(resume("carl", "r1")).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(caller.err()).contains("permission denied for ", "\"Sharing a store\"");
  }

  @Test
  void anAnswerThatTheServerDoesNotKnowIsFoundByAnAudit() {
    assertThat(run("anna", "two.yaml", "r1")).isEqualTo(ExitCode.PAUSED);
    grant();
    assertThat(call("carl", "approve", "r1", "q")).isEqualTo(ExitCode.DONE);
    assertThat(call("dora", "approve", "r1", "q")).isEqualTo(ExitCode.DONE);
    assertThat(resume("anna", "r1")).isEqualTo(ExitCode.DONE);
    assertThat(call("ben", "audit", "r1")).isEqualTo(ExitCode.DONE);
    db.execute("DELETE FROM pgrunbook.approvals WHERE role LIKE '%dora'");
    assertThat(call("ben", "audit", "r1")).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(caller.err())
        .contains("it tells an answer by " + prefix + "_dora that the server knows nothing of")
        .contains("role " + prefix + "_anna wrote it");
  }

  private String refusal(String name, String sql) {
    try (var connection =
            java.sql.DriverManager.getConnection(
                db.jdbcUrl(), prefix + "_" + name, name.substring(0, 1));
        var statement = connection.createStatement()) {
      statement.execute(sql);
      return "";
    } catch (java.sql.SQLException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @Test
  void runsAreMineUnlessAllAreAskedFor() {
    caller.file("none.yaml", HEAD + "  - {id: q, target: db, query: SELECT 1 AS n}\n");
    assertThat(run("anna", "none.yaml", "r1")).isEqualTo(ExitCode.DONE);
    grant();
    assertThat(run("ben", "two.yaml", "r2")).isEqualTo(ExitCode.PAUSED);
    assertThat(call("anna", "runs")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("r1").doesNotContain("r2");
    assertThat(caller.err()).contains("1 run of somebody else: `pgrunbook runs --all --store ");
    assertThat(call("carl", "runs", "--all")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("r1", "r2", prefix + "_anna", prefix + "_ben", "carried out");
    assertThat(call("anna", "resume")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("no unfinished run of yours in ");
    assertThat(call("ben", "resume", "--target", "db=" + db.uri())).isEqualTo(ExitCode.PAUSED);
    assertThat(caller.out()).contains("run r2");
  }

  @Test
  void aStoreThatCannotBeReachedOrIsNoneIsToldWithoutItsPassword() {
    String gone = "postgresql://anna:s3cret@127.0.0.1:1/ops";
    for (String[] words :
        new String[][] {
          {"runs"},
          {"show", "r1"},
          {"audit", "r1"},
          {"approve", "r1", "q"},
          {"resume", "r1"},
          {"run", "two.yaml", "--target", "db=" + db.uri()},
          {"show", "r1", "--follow"}
        }) {
      List<String> all = new ArrayList<>(List.of(words));
      all.addAll(List.of("--store", gone));
      assertThat(caller.call(all.toArray(new String[0])))
          .as(words[0])
          .isEqualTo(ExitCode.ENVIRONMENT);
      assertThat(caller.said()).contains("the store cannot be reached").doesNotContain("s3cret");
    }
    assertThat(caller.call("runs", "--store", "postgresql://a:s3cret@b@c/x"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.said()).contains("an @ too many").doesNotContain("s3cret");
    assertThat(call("carl", "show", "r1")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("there is no run r1 in ");
    assertThat(run("carl", "two.yaml", "r1")).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(caller.err()).contains("permission denied for database");
  }
}
