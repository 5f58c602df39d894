package dev.pgrunbook.testing;

import dev.pgrunbook.demo.ClusterOptions;
import dev.pgrunbook.demo.ClusterSeed;
import dev.pgrunbook.demo.PostgresCluster;
import dev.pgrunbook.demo.PostgresInstallation;
import java.util.Optional;

/** A PostgreSQL with pglogical that this machine has. */
final class InstalledSource implements PostgresSource {

  @Override
  public Optional<String> absence() {
    return PostgresInstallation.withPglogical().isPresent()
        ? Optional.empty()
        : Optional.of(
            "no PostgreSQL with pglogical is installed (apt-get install postgresql-15-pglogical,"
                + " or set PGBINDIR)");
  }

  @Override
  public TestServer start(ClusterOptions options) {
    return new ClusterServer(
        PostgresCluster.start(
            ClusterSeed.fresh(PostgresInstallation.withPglogical().orElseThrow()), options));
  }
}
