package dev.pgrunbook.testing;

import dev.pgrunbook.demo.ClusterOptions;
import java.util.Optional;

/**
 * Where tests get PostgreSQL from. {@code -Dtest.postgres=} chooses: {@code embedded} (the
 * default), {@code installed} (a PostgreSQL with pglogical on this machine) or {@code containers}.
 */
public interface PostgresSource {

  /** Why this source has no PostgreSQL here; empty when it has. */
  Optional<String> absence();

  /** Whether what is absent could be installed, so that its absence may count as a failure. */
  default boolean installable() {
    return true;
  }

  /**
   * Skips the running test when this source has no PostgreSQL here; on CI fails it if it should.
   */
  default void require() {
    absence()
        .ifPresent(
            reason -> Absence.report(reason, installable() && Absence.isContinuousIntegration()));
  }

  /** Brings up a server of the caller's own. */
  TestServer start(ClusterOptions options);

  /** The source that the system property {@code test.postgres} names. */
  static PostgresSource chosen() {
    String name = System.getProperty("test.postgres", "embedded");
    return switch (name) {
      case "embedded" -> new EmbeddedSource();
      case "installed" -> new InstalledSource();
      case "containers" -> new ContainerSource();
      default ->
          throw new IllegalArgumentException(
              "-Dtest.postgres=" + name + ": embedded, installed or containers is expected");
    };
  }
}
