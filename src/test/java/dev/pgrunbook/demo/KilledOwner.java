package dev.pgrunbook.demo;

import java.io.IOException;
import java.nio.file.Path;

/** A program that brings a cluster up and never gets to close it. */
final class KilledOwner {
  private KilledOwner() {}

  public static void main(String[] arguments) throws IOException {
    PostgresInstallation installation =
        InstalledPostgres.inspect(Path.of(arguments[0])).orElseThrow();
    PostgresCluster cluster =
        PostgresCluster.start(
            ClusterSeed.fresh(installation),
            ClusterOptions.defaults(),
            WorkDirectory.at(Path.of(arguments[1])));
    if (arguments[2].equals("keep")) {
      cluster.leaveRunning();
    }
    System.out.println(cluster.processId());
    System.out.println(cluster.dataDirectory());
    System.out.flush();
    // Ends with its parent, or is killed by it.
    while (System.in.read() != -1) {}
  }
}
