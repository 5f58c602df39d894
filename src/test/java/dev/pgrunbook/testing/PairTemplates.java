package dev.pgrunbook.testing;

import dev.pgrunbook.demo.ClusterTemplate;
import dev.pgrunbook.demo.PairSetup;
import dev.pgrunbook.demo.PostgresInstallation;
import dev.pgrunbook.demo.ReplicatedPair;

/** Two initialized clusters that this Java process's pairs are copied from. */
record PairTemplates(ClusterTemplate publisher, ClusterTemplate subscriber)
    implements AutoCloseable {

  static PairTemplates create(PostgresInstallation installation) {
    return new PairTemplates(
        ClusterTemplate.create(installation), ClusterTemplate.create(installation));
  }

  TestPair start(PairSetup setup) {
    return new TestPair(ReplicatedPair.start(publisher, subscriber, setup, new TestSql()));
  }

  @Override
  public void close() {
    publisher.close();
    subscriber.close();
  }
}
