package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.SharedStore;
import dev.pgrunbook.testing.TestPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The same with a store in a database, at some of its records; {@code -Dpgrunbook.stride=1} tries
 * them all.
 */
class SharedExactlyOnceTest extends ExactlyOnceTest {

  private @Nullable SharedStore shared;
  private @Nullable RunStore store;

  @BeforeEach
  void openStore(TestPostgres kept) {
    shared = new SharedStore(kept);
    store = shared.open(RunbookRun.OPERATOR);
  }

  @AfterEach
  void closeStore() {
    if (shared != null) {
      shared.close();
    }
  }

  @Override
  int stride() {
    return Integer.getInteger("pgrunbook.stride", 15);
  }

  @Override
  RunStore store() {
    if (store == null) {
      throw new IllegalStateException("no test runs");
    }
    return store;
  }
}
