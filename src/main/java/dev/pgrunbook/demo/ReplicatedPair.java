package dev.pgrunbook.demo;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Two clusters, the second of which subscribes to every table of the first. */
public final class ReplicatedPair implements AutoCloseable {
  public static final String PUBLISHER_DATABASE = "cred_model";
  public static final String SUBSCRIBER_DATABASE = "cred_model_api_dev";

  private static final Duration SYNC_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  private final PairSetup setup;
  private final PostgresCluster publisher;
  private final PostgresCluster subscriber;
  private final SqlRunner sql;

  private ReplicatedPair(
      PairSetup setup, PostgresCluster publisher, PostgresCluster subscriber, SqlRunner sql) {
    this.setup = setup;
    this.publisher = publisher;
    this.subscriber = subscriber;
    this.sql = sql;
  }

  /** Brings a pair up and returns once every table is in sync. */
  public static ReplicatedPair start(
      ClusterSeed publisherSeed, ClusterSeed subscriberSeed, PairSetup setup, SqlRunner sql) {
    requireReplication(setup.kind(), publisherSeed.installation());
    requireReplication(setup.kind(), subscriberSeed.installation());
    CompletableFuture<PostgresCluster> publisher =
        CompletableFuture.supplyAsync(
            () -> side(publisherSeed, setup, PUBLISHER_DATABASE, setup.publisherSql(), sql));
    CompletableFuture<PostgresCluster> subscriber =
        CompletableFuture.supplyAsync(
            () -> side(subscriberSeed, setup, SUBSCRIBER_DATABASE, setup.subscriberSql(), sql));
    try {
      CompletableFuture.allOf(publisher, subscriber).join();
    } catch (CompletionException failure) {
      closeIfStarted(publisher);
      closeIfStarted(subscriber);
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
    ReplicatedPair pair = new ReplicatedPair(setup, publisher.join(), subscriber.join(), sql);
    return closingOnFailure(
        pair,
        () -> {
          pair.replicate();
          return pair;
        });
  }

  public ReplicationKind kind() {
    return setup.kind();
  }

  public PostgresCluster publisher() {
    return publisher;
  }

  public PostgresCluster subscriber() {
    return subscriber;
  }

  /** A libpq URI of the publisher's database, with the password in it. */
  public String publisherUri() {
    return publisher.address().uri(PUBLISHER_DATABASE);
  }

  /** A libpq URI of the subscriber's database, with the password in it. */
  public String subscriberUri() {
    return subscriber.address().uri(SUBSCRIBER_DATABASE);
  }

  public @Nullable String onPublisher(String statements) {
    return sql.run(publisher.address(), PUBLISHER_DATABASE, statements);
  }

  public @Nullable String onSubscriber(String statements) {
    return sql.run(subscriber.address(), SUBSCRIBER_DATABASE, statements);
  }

  /**
   * Waits until no table is being copied any more.
   *
   * @throws ClusterException after two minutes, with the tables that are still behind
   */
  public void awaitSync() {
    await(
        () -> {
          String pending = onSubscriber(setup.kind().pending());
          if (pending != null) {
            nudge();
          }
          return pending;
        });
  }

  /**
   * Waits until the subscriber has replayed everything that was committed on the publisher before.
   *
   * @throws ClusterException after two minutes
   */
  public void awaitReplay() {
    String target = onPublisher("SELECT pg_current_wal_lsn()");
    await(
        () -> {
          nudge();
          return onPublisher(
              """
              SELECT CASE WHEN count(*) = 0 THEN 'no subscriber is connected'
                          WHEN bool_or(replay_lsn IS NULL OR replay_lsn < '%s')
                          THEN string_agg(format('%%s is at %%s', application_name, replay_lsn), ', ')
                     END
              FROM pg_stat_replication
              """
                  .formatted(target));
        });
  }

  /** Lets both servers outlive this process. */
  public void leaveRunning() {
    publisher.leaveRunning();
    subscriber.leaveRunning();
  }

  /** Throws both clusters away. */
  @Override
  public void close() {
    // Dropping a database that pglogical works in may hang; ending the servers never does.
    try {
      subscriber.close();
    } finally {
      publisher.close();
    }
  }

  private void replicate() {
    ReplicationKind kind = setup.kind();
    String publisherDsn = publisher.address().dsn(PUBLISHER_DATABASE);
    onPublisher(kind.publish(setup.subscription(), publisherDsn));
    String preparation = kind.prepareSubscriber(subscriber.address().dsn(SUBSCRIBER_DATABASE));
    if (!preparation.isEmpty()) {
      onSubscriber(preparation);
    }
    onSubscriber(kind.subscribe(setup.subscription(), publisherDsn));
    awaitSync();
  }

  /**
   * An idle publisher leaves a table in catch-up for ever; a commit, even of nothing, ends that.
   */
  private void nudge() {
    onPublisher("SELECT pg_logical_emit_message(true, 'pgrunbook', 'nudge')");
  }

  private static void await(Supplier<@Nullable String> pending) {
    long deadline = System.nanoTime() + SYNC_TIMEOUT.toNanos();
    for (String left = pending.get(); left != null; left = pending.get()) {
      if (System.nanoTime() > deadline) {
        throw new ClusterException("replication did not catch up in two minutes: " + left);
      }
      try {
        Thread.sleep(POLL_INTERVAL.toMillis());
      } catch (InterruptedException interruption) {
        Thread.currentThread().interrupt();
        throw new ClusterException("interrupted while waiting for replication", interruption);
      }
    }
  }

  private static PostgresCluster side(
      ClusterSeed seed, PairSetup setup, String database, String statements, SqlRunner sql) {
    PostgresCluster cluster =
        PostgresCluster.start(seed, setup.kind().options(seed.installation()));
    return closingOnFailure(
        cluster,
        () -> {
          sql.run(cluster.address(), "postgres", "CREATE DATABASE " + database);
          if (!statements.isBlank()) {
            sql.run(cluster.address(), database, statements);
          }
          return cluster;
        });
  }

  private static <T> T closingOnFailure(AutoCloseable opened, Supplier<T> rest) {
    boolean succeeded = false;
    try {
      T result = rest.get();
      succeeded = true;
      return result;
    } finally {
      if (!succeeded) {
        closeQuietly(opened);
      }
    }
  }

  private static void closeIfStarted(CompletableFuture<PostgresCluster> started) {
    if (!started.isCompletedExceptionally()) {
      started.join().close();
    }
  }

  private static void closeQuietly(AutoCloseable opened) {
    try {
      opened.close();
    } catch (Exception suppressed) {
      // The failure that led here is the one to hear of; the next start cleans up.
    }
  }

  private static void requireReplication(ReplicationKind kind, PostgresInstallation installation) {
    if (kind == ReplicationKind.PGLOGICAL && !installation.pglogical()) {
      throw new ClusterException("pglogical is not installed in " + installation.binDirectory());
    }
  }
}
