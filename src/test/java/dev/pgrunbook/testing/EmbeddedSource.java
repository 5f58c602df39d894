package dev.pgrunbook.testing;

import dev.pgrunbook.demo.ClusterOptions;
import dev.pgrunbook.demo.ClusterSeed;
import dev.pgrunbook.demo.PostgresCluster;
import dev.pgrunbook.demo.PostgresInstallation;
import java.util.Optional;

/** The binaries that Maven brings. */
final class EmbeddedSource implements PostgresSource {

  @Override
  public Optional<String> absence() {
    return Optional.empty();
  }

  @Override
  public TestServer start(ClusterOptions options) {
    return new ClusterServer(
        PostgresCluster.start(ClusterSeed.fresh(PostgresInstallation.embedded()), options));
  }
}
