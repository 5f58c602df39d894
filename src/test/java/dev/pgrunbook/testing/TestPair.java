package dev.pgrunbook.testing;

import dev.pgrunbook.demo.PostgresCluster;
import dev.pgrunbook.demo.ReplicatedPair;
import dev.pgrunbook.demo.ReplicationKind;

/** Two replicating servers of the test's own: {@code cred_model} and {@code cred_model_api_dev}. */
public final class TestPair implements AutoCloseable {
  private final ReplicatedPair pair;

  public TestPair(ReplicatedPair pair) {
    this.pair = pair;
  }

  public ReplicationKind kind() {
    return pair.kind();
  }

  public TestPostgres publisher() {
    return database(pair.publisher(), ReplicatedPair.PUBLISHER_DATABASE);
  }

  public TestPostgres subscriber() {
    return database(pair.subscriber(), ReplicatedPair.SUBSCRIBER_DATABASE);
  }

  /** Waits until no table is being copied any more. */
  public void awaitSync() {
    pair.awaitSync();
  }

  /** Waits until the subscriber has replayed what was committed on the publisher before. */
  public void awaitReplay() {
    pair.awaitReplay();
  }

  @Override
  public void close() {
    pair.close();
  }

  private static TestPostgres database(PostgresCluster cluster, String name) {
    return new TestPostgres(new ClusterServer(cluster), name);
  }
}
