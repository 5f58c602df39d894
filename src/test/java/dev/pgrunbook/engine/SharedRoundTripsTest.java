package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent.StatementCommitted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.testing.LossyProxy;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A COMMIT that takes the next statement along, and statements that travel together. */
@ExtendWith(PostgresExtension.class)
class SharedRoundTripsTest {

  private static final String GENERATED =
      """
      runbook: test/together
      version: "1.0.0"
      title: Together
      targets: {db: {}}
      steps:
        - id: insert
          target: db
          review: none
          transaction: each
          generate: SELECT format('INSERT INTO t VALUES (%s, %s)', n, n % 4) FROM generate_series(1, 6) AS n
      """;

  @TempDir private Path store;
  private TestPostgres postgres;

  @BeforeEach
  void table(TestPostgres fresh) {
    postgres = fresh;
    postgres.execute(
        "CREATE TABLE t (n int PRIMARY KEY, x int, backend int DEFAULT pg_backend_pid())");
  }

  private RunbookRun run(String runbook) {
    return RunbookRun.of(runbook, store).on("db", postgres);
  }

  private String numbers() {
    return postgres.queryText("SELECT string_agg(n::text, ' ' ORDER BY n) FROM t");
  }

  @Test
  void statementsThatOnlyChangeRowsShareASession() {
    RunbookRun run = run(GENERATED);
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(numbers()).isEqualTo("1 2 3 4 5 6");
    assertThat(postgres.queryLong("SELECT count(DISTINCT backend) FROM t")).isEqualTo(1);
    assertThat(run.events(StatementCommitted.class)).hasSize(6);
  }

  @Test
  void whatAStatementSetsDoesNotReachTheNext() {
    RunbookRun run =
        run(
            """
            runbook: test/sets
            version: "1.0.0"
            title: Sets
            targets: {db: {}}
            steps:
              - id: set
                target: db
                sql: |
                  INSERT INTO t VALUES (1, length(set_config('search_path', 'nowhere', false)));
                  INSERT INTO t VALUES (2, 0);
                  SET search_path = nowhere;
                  INSERT INTO t VALUES (3, 0);
            """);
    assertThat(run.run()).isEqualTo(RunbookRun.DONE);
    assertThat(numbers()).isEqualTo("1 2 3");
  }

  @Test
  void aStatementRefusedOnTheWayIsTheOneThatFails() {
    postgres.execute("INSERT INTO t VALUES (4, 0)");
    RunbookRun run = run(GENERATED);
    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);
    assertThat(numbers()).isEqualTo("1 2 3 4");
    assertThat(run.events(StatementFailed.class))
        .extracting(StatementFailed::statement)
        .containsExactly(4);
    assertThat(run.failures().get(0)).contains("Key (n)=(4) already exists");
    postgres.execute("DELETE FROM t WHERE n = 4");
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(numbers()).isEqualTo("1 2 3 4 5 6");
  }

  @Test
  void aCommitThatIsRefusedTakesNothingAlong() {
    // 1 and 5 leave the same remainder; the server notices when 5 commits, with 6 on the way.
    postgres.execute("ALTER TABLE t ADD UNIQUE (x) DEFERRABLE INITIALLY DEFERRED");
    RunbookRun run = run(GENERATED);
    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);
    assertThat(numbers()).isEqualTo("1 2 3 4");
    assertThat(run.events(StatementFailed.class))
        .extracting(StatementFailed::statement)
        .containsExactly(5);
    postgres.execute("ALTER TABLE t DROP CONSTRAINT t_x_key");
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(numbers()).isEqualTo("1 2 3 4 5 6");
  }

  @Test
  void aLostAnswerToACommitThatTakesAStatementAlongIsAskedOfTheServer() throws Exception {
    try (LossyProxy proxy = new LossyProxy(postgres.address().host(), postgres.address().port())) {
      RunbookRun run = run(GENERATED).on("db", postgres, proxy.port());
      run.listening(
          new RunListener() {
            @Override
            public void recorded(JournalRecord entry) {
              if (entry.event() instanceof StatementPrepared prepared
                  && prepared.statements().contains(3)) {
                proxy.loseNextCommit();
              }
            }
          });
      assertThat(run.run()).isEqualTo(RunbookRun.DONE);
      proxy.awaitLoss();
      assertThat(numbers()).isEqualTo("1 2 3 4 5 6");
      assertThat(run.events(StatementPrepared.class)).hasSize(6);
    }
  }

  @Test
  void theFirstOfManyInOneTransactionThatFailsIsTold() {
    postgres.execute("INSERT INTO t VALUES (4, 0)");
    RunbookRun run = run(GENERATED.replace("transaction: each", "transaction: single"));
    assertThat(run.run()).isEqualTo(RunbookRun.FAILED);
    assertThat(numbers()).isEqualTo("4");
    assertThat(run.events(StatementFailed.class))
        .extracting(StatementFailed::statement, failed -> failed.sql())
        .containsExactly(org.assertj.core.api.Assertions.tuple(4, "INSERT INTO t VALUES (4, 0)"));
    postgres.execute("DELETE FROM t");
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(numbers()).isEqualTo("1 2 3 4 5 6");
    assertThat(run.events(StatementPrepared.class))
        .singleElement()
        .satisfies(prepared -> assertThat(prepared.outcomes()).hasSize(6));
  }
}
