package dev.pgrunbook.journal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.journal.JournalFailure;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Versions of the tables: forward, once, whole, and never back. */
@ExtendWith(PostgresExtension.class)
@Timeout(60)
class StoreSchemaTest {

  private static final String ONE =
      """
      CREATE SCHEMA pgrunbook;
      CREATE TABLE pgrunbook.versions (version int PRIMARY KEY);
      CREATE TABLE pgrunbook.things (a int);
      """;
  private static final String TWO = "ALTER TABLE pgrunbook.things ADD b int";

  private static boolean isThere(TestPostgres postgres, String... scripts) {
    try (StoreServer server = new StoreServer(postgres.settings())) {
      return new StoreSchema(server, List.of(scripts)).isThere();
    }
  }

  private static void make(TestPostgres postgres, String... scripts) {
    try (StoreServer server = new StoreServer(postgres.settings())) {
      new StoreSchema(server, List.of(scripts)).make();
    }
  }

  private static String versions(TestPostgres postgres) {
    return postgres.queryRows("SELECT version FROM pgrunbook.versions ORDER BY 1").toString();
  }

  @Test
  void anOlderOneIsBroughtUpToDateAndALaterOneIsRefused(TestPostgres postgres) {
    assertThat(isThere(postgres, ONE)).isFalse();
    make(postgres, ONE);
    assertThat(versions(postgres)).isEqualTo("[[1]]");
    assertThat(isThere(postgres, ONE, TWO)).isTrue();
    assertThat(versions(postgres)).isEqualTo("[[1], [2]]");
    assertThat(postgres.queryRows("SELECT a, b FROM pgrunbook.things")).isEmpty();
    make(postgres, ONE, TWO);
    assertThat(versions(postgres)).isEqualTo("[[1], [2]]");
    assertThatThrownBy(() -> make(postgres, ONE))
        .isInstanceOf(JournalFailure.class)
        .hasMessageContaining("is of version 2, and this program knows no version after 1");
  }

  @Test
  void whatCannotBeFinishedLeavesWhatThereWas(TestPostgres postgres) {
    make(postgres, ONE);
    assertThatThrownBy(() -> isThere(postgres, ONE, TWO + "; SELECT 1 / 0"))
        .isInstanceOf(JournalFailure.class)
        .hasMessageContaining("division by zero");
    assertThat(versions(postgres)).isEqualTo("[[1]]");
    assertThat(isThere(postgres, ONE, TWO)).isTrue();
  }

  @Test
  void ofManyAtOnceOneMakesIt(TestPostgres postgres) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> makers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        makers.add(
            () -> {
              make(postgres, ONE, TWO);
              return true;
            });
      }
      for (Future<Boolean> made : threads.invokeAll(makers)) {
        assertThat(made.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(versions(postgres)).isEqualTo("[[1], [2]]");
  }
}
