package dev.pgrunbook.testing;

import dev.pgrunbook.demo.PostgresCluster;
import dev.pgrunbook.demo.ServerAddress;

/** A server whose programs run on this machine. */
public record ClusterServer(PostgresCluster cluster) implements TestServer {

  @Override
  public ServerAddress address() {
    return cluster.address();
  }

  @Override
  public void restart(boolean immediate) {
    cluster.restart(immediate);
  }

  @Override
  public void stop(boolean immediate) {
    cluster.stop(immediate);
  }

  @Override
  public void start() {
    cluster.start();
  }

  @Override
  public String log() {
    return cluster.log();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
