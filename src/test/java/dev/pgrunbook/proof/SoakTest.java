package dev.pgrunbook.proof;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgrunbook.testing.OwnServer;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs of 1,000 statements, disturbed at random moments by the hundred, until none is there twice
 * and none is missing: {@code mvn -Psoak test}.
 *
 * <p>{@code -Dsoak.kill=500 -Dsoak.terminate=200 -Dsoak.restart=50 -Dsoak.crash=50 -Dsoak.lost=100}
 * are the numbers of disturbances, and {@code -Dsoak.stores=FILE,POSTGRES} where journals are kept.
 * A line for each kind is printed. {@code -Dsoak.parallel=true} has statements run side by side.
 */
@Tag("soak")
@ExtendWith(PostgresExtension.class)
class SoakTest {

  private static final int MANY = 1000;

  private static final EffectsRun.Shape SHAPE =
      Boolean.getBoolean("soak.parallel")
          ? EffectsRun.Shape.SIDE_BY_SIDE
          : EffectsRun.Shape.IN_TURN;

  @TempDir Path folder;

  /** Where journals are kept. */
  enum Store {
    FILE,
    POSTGRES
  }

  /** What disturbs runs, a number of times. */
  private interface Disturbances {
    void carryOut(Trial trial, int times) throws Exception;
  }

  private void soak(
      String what,
      Store store,
      TestPostgres database,
      TestPostgres journals,
      int times,
      Disturbances disturbances)
      throws Exception {
    String stores = System.getProperty("soak.stores", "FILE,POSTGRES");
    assumeTrue(List.of(stores.split(",")).contains(store.name()), "left out by -Dsoak.stores");
    Instant begun = Instant.now();
    String place = store == Store.FILE ? folder.resolve("store").toString() : journals.uri();
    Trial trial = new Trial(folder, database, place, MANY, SHAPE);
    disturbances.carryOut(trial, times);
    System.out.printf(
        "SOAK %s, store %s: %s; 0 duplicates, 0 gaps, 0 wrong \"done\"; %d s%n",
        what, store, trial.describe(), Duration.between(begun, Instant.now()).toSeconds());
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void killed(
      Store store,
      @OwnServer(durable = true) TestPostgres database,
      @OwnServer(durable = true) TestPostgres journals)
      throws Exception {
    int times = Integer.getInteger("soak.kill", 500);
    soak("kill -9 of the program", store, database, journals, times, Trial::kill);
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void terminated(
      Store store,
      @OwnServer(durable = true) TestPostgres database,
      @OwnServer(durable = true) TestPostgres journals)
      throws Exception {
    int times = Integer.getInteger("soak.terminate", 200);
    soak("pg_terminate_backend", store, database, journals, times, Trial::terminate);
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void restarted(
      Store store,
      @OwnServer(durable = true) TestPostgres database,
      @OwnServer(durable = true) TestPostgres journals)
      throws Exception {
    int times = Integer.getInteger("soak.restart", 50);
    soak("pg_ctl restart -m immediate", store, database, journals, times, Trial::restart);
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void crashed(
      Store store,
      @OwnServer(durable = true) TestPostgres database,
      @OwnServer(durable = true) TestPostgres journals)
      throws Exception {
    int times = Integer.getInteger("soak.crash", 50);
    soak("kill -9 of a backend", store, database, journals, times, Trial::crash);
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void lost(
      Store store,
      @OwnServer(durable = true) TestPostgres database,
      @OwnServer(durable = true) TestPostgres journals)
      throws Exception {
    int times = Integer.getInteger("soak.lost", 100);
    soak("lost answer to COMMIT", store, database, journals, times, Trial::loseAnswers);
  }
}
