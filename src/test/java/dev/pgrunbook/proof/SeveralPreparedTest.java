package dev.pgrunbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is killed while the COMMITs of several items are under way at once: each waits, in
 * a deferred trigger, for a lock that the test holds.
 */
@ExtendWith(PostgresExtension.class)
class SeveralPreparedTest {

  private static final int ITEMS = 3;

  private static final String RUNBOOK =
      """
      runbook: proof/prepared
      version: "1.0.0"
      title: Several COMMITs at once
      targets: {db: {}}
      steps:
        - id: items
          forEach: {n: [1, 2, 3], parallel: 3}
          target: db
          sql: INSERT INTO effects VALUES (:n)
      """;

  private static final String SLOW_COMMIT =
      """
      CREATE TABLE effects (n int);
      CREATE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON effects DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION wait_at_commit();
      """;

  private static final String WAITING =
      " FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND NOT granted"
          + " AND datname = current_database()";

  @TempDir Path folder;

  @Test
  void eachIsSettledByItself(TestPostgres database) throws Exception {
    database.execute(SLOW_COMMIT);
    Files.writeString(folder.resolve("prepared.yaml"), RUNBOOK);
    try (Connection lock = database.connect();
        Statement statement = lock.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(1)");
      killWhileCommitting(database);
      // One of them never commits, the others do so when nobody waits for the answer any more.
      assertThat(
              database.queryLong(
                  "SELECT count(pg_terminate_backend(pid, 10000)) FROM (SELECT"
                      + " pid"
                      + WAITING
                      + " LIMIT 1) AS one"))
          .isEqualTo(1);
      try (ProgramProcess resumed = program(database, "resume", "several")) {
        // It waits for those that may still commit.
        await(() -> !resumed.events().isEmpty());
        assertThat(database.queryLong("SELECT count(*)" + WAITING)).isEqualTo(ITEMS - 1);
        statement.execute("SELECT pg_advisory_unlock(1)");
        assertThat(resumed.await()).as(() -> resumed.errors() + resumed.events()).isZero();
        assertThat(count(resumed, "StatementCommitted")).isEqualTo(ITEMS);
        assertThat(count(resumed, "StatementPrepared")).as("run again").isEqualTo(1);
      }
    }
    assertThat(database.queryText("SELECT string_agg(n::text, ' ' ORDER BY n) FROM effects"))
        .isEqualTo("1 2 3");
  }

  private void killWhileCommitting(TestPostgres database) throws IOException, InterruptedException {
    try (ProgramProcess process =
        program(database, "run", "prepared.yaml", "--run-id", "several")) {
      await(() -> count(process, "StatementPrepared") == ITEMS);
      await(() -> database.queryLong("SELECT count(*)" + WAITING) == ITEMS);
      assertThat(process.kill()).isTrue();
      assertThat(count(process, "StatementCommitted")).isZero();
    }
  }

  private ProgramProcess program(TestPostgres database, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--store", folder.resolve("store").toString(), "--yes"));
    all.addAll(List.of("--target", "db=" + database.uri()));
    return ProgramProcess.start(folder, all);
  }

  private static long count(ProgramProcess process, String event) {
    List<JsonObject> events = process.events();
    return events.stream().filter(each -> each.get("event").getAsString().equals(event)).count();
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("waited in vain");
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
