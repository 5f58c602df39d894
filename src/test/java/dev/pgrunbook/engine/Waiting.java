package dev.pgrunbook.engine;

import dev.pgrunbook.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waits for what another thread makes happen on a server. */
final class Waiting {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private Waiting() {}

  /** Returns the pid of the session that runs a statement that begins so, once there is one. */
  static int forStatement(TestPostgres postgres, String beginning) {
    String sql =
        "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND starts_with(ltrim(query), '"
            + beginning
            + "') AND pid <> pg_backend_pid() AND datname = current_database()";
    Instant end = Instant.now().plus(LONGEST);
    while (Instant.now().isBefore(end)) {
      List<List<@Nullable String>> rows = postgres.queryRows(sql);
      if (!rows.isEmpty()) {
        return Integer.parseInt(String.valueOf(rows.get(0).get(0)));
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("nothing runs " + beginning);
  }

  /** Returns once something is so. */
  static void until(BooleanSupplier condition) {
    Instant end = Instant.now().plus(LONGEST);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("waited in vain");
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
