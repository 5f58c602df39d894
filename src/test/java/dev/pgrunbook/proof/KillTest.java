package dev.pgrunbook.proof;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A few rounds of what {@link SoakTest} does by the hundred. */
@ExtendWith(PostgresExtension.class)
class KillTest {

  private static final int ROUNDS = 50;

  @TempDir Path folder;

  @Test
  void aProgramKilledAtRandomDoesEverythingOnce(TestPostgres database) throws Exception {
    Trial trial = new Trial(folder, database, folder.resolve("store").toString(), 300);
    trial.kill(ROUNDS);
  }
}
