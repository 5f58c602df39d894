package dev.pgrunbook.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A pair of servers with something to mend.
 *
 * <p>{@link #start} brings it up, {@link #damage} makes the subscriber differ, {@link #compare}
 * says by how much; in between the caller runs {@link #runbook}. What happens is told to the
 * narrator, a sentence at a time.
 */
public final class Demo implements AutoCloseable {
  /** The table that is damaged and mended, as SQL writes it. */
  public static final String TABLE = "public.\"Person\"";

  /** The subscription that replicates it. */
  public static final String SUBSCRIPTION = "cred_tables";

  private final ReplicatedPair pair;
  private final Consumer<String> narrator;

  private Demo(ReplicatedPair pair, Consumer<String> narrator) {
    this.pair = pair;
    this.narrator = narrator;
  }

  /** Brings both servers up, through pglogical where this machine has it. */
  public static Demo start(SqlRunner sql, Consumer<String> narrator) {
    Optional<PostgresInstallation> installed = PostgresInstallation.withPglogical();
    ReplicationKind kind =
        installed.isPresent() ? ReplicationKind.PGLOGICAL : ReplicationKind.BUILT_IN;
    PostgresInstallation installation = installed.orElseGet(PostgresInstallation::embedded);
    narrator.accept(
        kind == ReplicationKind.PGLOGICAL
            ? "PostgreSQL %s with pglogical found in %s."
                .formatted(installation.version(), installation.binDirectory())
            : ("No PostgreSQL with pglogical is installed: embedded PostgreSQL %s replicates by its"
                    + " own means.")
                .formatted(installation.version()));
    return start(installation, kind, sql, narrator);
  }

  static Demo start(
      PostgresInstallation installation,
      ReplicationKind kind,
      SqlRunner sql,
      Consumer<String> narrator) {
    long started = System.nanoTime();
    ClusterSeed seed = ClusterSeed.fresh(installation);
    PairSetup setup =
        new PairSetup(kind, resource("publisher.sql"), resource("subscriber.sql"), SUBSCRIPTION);
    Demo demo = new Demo(ReplicatedPair.start(seed, seed, setup, sql), narrator);
    demo.tellStart(Duration.ofNanos(System.nanoTime() - started));
    return demo;
  }

  /** The name of the built-in runbook that mends this pair. */
  public String runbook() {
    return switch (pair.kind()) {
      case PGLOGICAL -> "pglogical/resync-tables";
      case BUILT_IN -> "logical/resync-tables";
    };
  }

  /** A libpq URI with the password in it. */
  public String publisherUri() {
    return pair.publisherUri();
  }

  /** A libpq URI with the password in it. */
  public String subscriberUri() {
    return pair.subscriberUri();
  }

  long publisherProcessId() {
    return pair.publisher().processId();
  }

  /** Deletes and changes rows on the subscriber, behind replication's back. */
  public Comparison damage() {
    pair.onSubscriber(resource("damage.sql"));
    Comparison comparison = compare();
    narrator.accept("The subscriber was written to behind replication's back: " + comparison);
    return comparison;
  }

  /** Compares the table's rows on both sides, once the subscriber has replayed everything. */
  public Comparison compare() {
    pair.awaitReplay();
    String rows = "SELECT count(*) FROM " + TABLE;
    // A sum does not depend on the order of the rows.
    String content =
        "SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM " + TABLE + " AS t";
    return new Comparison(
        Long.parseLong(String.valueOf(pair.onPublisher(rows))),
        Long.parseLong(String.valueOf(pair.onSubscriber(rows))),
        String.valueOf(pair.onPublisher(content)).equals(pair.onSubscriber(content)));
  }

  /** Leaves both servers to the user and tells how to reach and how to end them. */
  public void keep() {
    pair.leaveRunning();
    narrator.accept("Both servers keep running.");
    narrator.accept("publisher:  " + publisherUri());
    narrator.accept("subscriber: " + subscriberUri());
    narrator.accept("To end them:");
    narrator.accept("  " + pair.publisher().stopCommand());
    narrator.accept("  " + pair.subscriber().stopCommand());
  }

  /** Throws both servers away. */
  @Override
  public void close() {
    pair.close();
    narrator.accept("Both servers are stopped and removed.");
  }

  /**
   * What the two sides of the table hold.
   *
   * @param sameContent whether every row of one side is on the other
   */
  public record Comparison(long publisherRows, long subscriberRows, boolean sameContent) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s has %,d rows on the publisher and %,d on the subscriber, %s.",
          TABLE,
          publisherRows,
          subscriberRows,
          sameContent ? "all the same" : "and they differ");
    }
  }

  private void tellStart(Duration took) {
    narrator.accept(
        String.format(
            Locale.ROOT,
            "Publisher (port %d) and subscriber (port %d) are up and in sync after %.1f s.",
            pair.publisher().address().port(),
            pair.subscriber().address().port(),
            took.toMillis() / 1000.0));
  }

  private static String resource(String name) {
    try (InputStream stream = Demo.class.getResourceAsStream("/demo/" + name)) {
      if (stream == null) {
        throw new AssertionError("the program lacks its resource demo/" + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
