package dev.pgrunbook.proof;

import dev.pgrunbook.proof.EffectsRun.Shape;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A few rounds of what {@link SoakTest} does by the hundred. */
@ExtendWith(PostgresExtension.class)
class KillTest {

  private static final int ROUNDS = 50;
  private static final int FEWER_ROUNDS = 25;

  @TempDir Path folder;

  @Test
  void aProgramKilledAtRandomDoesEverythingOnce(TestPostgres database) throws Exception {
    trial(database, Shape.IN_TURN).kill(ROUNDS);
  }

  @Test
  void soDoesOneWhoseStatementsRunSideBySide(TestPostgres database) throws Exception {
    trial(database, Shape.SIDE_BY_SIDE).kill(FEWER_ROUNDS);
  }

  @Test
  void soDoesOneWhoseSessionsAreEndedSideBySide(TestPostgres database) throws Exception {
    trial(database, Shape.SIDE_BY_SIDE).terminate(FEWER_ROUNDS);
  }

  private Trial trial(TestPostgres database, Shape shape) throws IOException {
    return new Trial(folder, database, folder.resolve("store").toString(), 300, shape);
  }
}
