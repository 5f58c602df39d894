package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Before a step, a session shows what the database knows of what its statements name. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class SessionForesightTest {

  private static final String RUNBOOK =
      """
      runbook: foresight
      version: "1.0.0"
      title: What would happen
      targets: {db: {}}
      steps:
        - {id: change, target: db, sql: UPDATE many SET x = 1 WHERE id <= 500}
        - id: made
          target: db
          generate: SELECT 'TRUNCATE few' AS statement
      """;

  @TempDir Path folder;
  private TestPostgres database;
  private Caller caller;

  @BeforeEach
  void tables(TestPostgres server) {
    database = server.newDatabase();
    database.execute(
        """
        CREATE TABLE many (id int PRIMARY KEY, x int);
        INSERT INTO many SELECT g, 0 FROM generate_series(1, 2000) AS g;
        CREATE TABLE few (id int);
        INSERT INTO few VALUES (1), (2), (3);
        ANALYZE many, few""");
    caller = new Caller(folder).file("foresight.yaml", RUNBOOK);
  }

  /** Lets go of what a connection locks once somebody waits for what is typed; types nothing. */
  private static final class Releasing extends InputStream {

    private final Connection connection;

    Releasing(Connection connection) {
      this.connection = connection;
    }

    @Override
    public int read() throws IOException {
      try {
        connection.rollback();
        return -1;
      } catch (SQLException broken) {
        throw new IOException(broken);
      }
    }
  }

  private String session(String... typed) {
    caller.typing(String.join("\n", typed) + "\n");
    ExitCode code =
        caller.call("step", "foresight.yaml", "--target", "db=" + database.uri(), "--run-id", "r1");
    assertThat(code).as("%s", caller.said()).isEqualTo(ExitCode.PAUSED);
    return caller.out();
  }

  @Test
  void aStepShowsSizesAndHowManyRowsItWouldTouch() {
    assertThat(session("quit"))
        .containsPattern("touches about 500 rows")
        .containsPattern("ROW EXCLUSIVE on many \\(\\d+ kB, about 2,000 rows\\)");
  }

  @Test
  void generatedStatementsAreLookedUpAgainOnceEdited() {
    caller.with("EDITOR", "sed -i s/few/many/");
    String out = session("next", "next", "edit", "quit");
    int edited = out.indexOf("review> edit");
    assertThat(out.substring(0, edited)).contains("few (").contains("about 3 rows");
    assertThat(out.substring(edited)).contains("many (").contains("about 2,000 rows");
  }

  @Test
  void aPromptIsNotKeptWaitingByADatabaseThatDoesNotAnswer() throws Exception {
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE pg_catalog.pg_class");
      // Held until something is typed: the prompt has come while the database does not answer.
      caller.typing(new Releasing(other));
      ExitCode code =
          caller.call(
              "step", "foresight.yaml", "--target", "db=" + database.uri(), "--run-id", "r1");
      assertThat(code).as("%s", caller.said()).isEqualTo(ExitCode.PAUSED);
      assertThat(caller.out())
          .contains("UPDATE; ROW EXCLUSIVE: blocks CREATE INDEX and schema changes")
          .contains("has not answered within 2 seconds");
    }
    String left =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name LIKE 'pgrunbook%'";
    while (database.queryLong(left) > 0) {
      Thread.onSpinWait();
    }
  }
}
