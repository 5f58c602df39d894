package dev.pgrunbook.cli;

import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.engine.TargetDatabase;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Which servers a run meets, asked before it begins: a report must tell, years later. */
final class ServerVersions {

  /** A server that is away is the steps' matter; nobody waits for its version. */
  private static final long PATIENCE_MILLIS = 3_000;

  private ServerVersions() {}

  /**
   * Returns the version of each role's server; without those that cannot be asked at once. The
   * connections serve the first steps.
   */
  static Map<String, String> of(Collection<TargetDatabase> targets) {
    Map<String, String> versions = new ConcurrentHashMap<>();
    CountDownLatch asked = new CountDownLatch(targets.size());
    for (TargetDatabase target : targets) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  versions.put(target.role(), target.database().serverVersion());
                } catch (DatabaseFailure | IllegalStateException absent) {
                  // The first step that needs it tells why.
                  versions.remove(target.role());
                } finally {
                  asked.countDown();
                }
              },
              "server-version");
      thread.setDaemon(true);
      thread.start();
    }
    try {
      boolean all = asked.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return all ? versions : Map.copyOf(versions);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }
}
