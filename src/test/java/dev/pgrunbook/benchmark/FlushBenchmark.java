package dev.pgrunbook.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Prints what a small statement takes under several arrangements of its transaction and of the
 * journal's flush, without this program: what is the least that each of them could cost.
 *
 * <pre>java -XX:TieredStopAtLevel=1 -cp target/launch/build/lib/postgresql-VERSION.jar \
 *   src/test/java/dev/pgrunbook/benchmark/FlushBenchmark.java [ROUNDS]</pre>
 *
 * <p>Run it at the top of the checkout; libpq's variables name a database to throw away, whose
 * server flushes to disk. The arrangements take turns, 500 statements each time, so that a machine
 * that is busy for a while does not tell on one of them only. On a machine that is never quiet the
 * least and the tenth percentile say most.
 */
public final class FlushBenchmark {

  private static final int STATEMENTS = 500;

  /** How long the records of one statement are: committed, and the next one prepared. */
  private static final int RECORDS = 761;

  private static final int ROOM = 1 << 24;

  private static final String EVIDENCE =
      "SELECT pg_current_xact_id_if_assigned()::text, pg_current_wal_insert_lsn()::text";

  private static final String IN_ADVANCE =
      "SELECT pg_current_xact_id()::text, pg_current_wal_insert_lsn()::text";

  private enum Arrangement {
    AUTOCOMMIT("one statement, as psql sends it"),
    AFTER("its evidence, the flush, then COMMIT with the next"),
    IN_ADVANCE("its id one statement before, the flush beside"),
    EIGHTH("a flush for every eighth, as if eight ids were known"),
    NEVER("its evidence, and no journal");

    private final String words;

    Arrangement(String words) {
      this.words = words;
    }
  }

  private final FileChannel journal;
  private final Statement first;
  private final Statement second;
  private final ExecutorService beside = Executors.newSingleThreadExecutor();

  private FlushBenchmark(FileChannel journal, Statement first, Statement second) {
    this.journal = journal;
    this.first = first;
    this.second = second;
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length == 0 ? 60 : Integer.parseInt(arguments[0]);
    Path file = Files.createDirectories(Path.of("target/benchmark")).resolve("flushes");
    try (FileChannel journal =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Connection one = connect();
        Connection other = connect();
        Statement first = one.createStatement();
        Statement second = other.createStatement()) {
      journal.write(ByteBuffer.allocate(ROOM), 0);
      journal.force(true);
      FlushBenchmark benchmark = new FlushBenchmark(journal, first, second);
      try {
        benchmark.measure(rounds);
      } finally {
        benchmark.beside.shutdown();
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static Connection connect() throws SQLException {
    String host = System.getenv().getOrDefault("PGHOST", "127.0.0.1");
    String port = System.getenv().getOrDefault("PGPORT", "5432");
    String database = System.getenv().getOrDefault("PGDATABASE", "postgres");
    String user = System.getenv().getOrDefault("PGUSER", "postgres");
    String options = "?prepareThreshold=0&user=" + user;
    return DriverManager.getConnection(
        "jdbc:postgresql://" + host + ":" + port + "/" + database + options);
  }

  private void measure(int rounds) throws Exception {
    first.execute("DROP TABLE IF EXISTS pgrunbook_flushes");
    first.execute("CREATE TABLE pgrunbook_flushes (n int, x text)");
    double[][] micros = new double[Arrangement.values().length][rounds];
    for (int round = 0; round < rounds; round++) {
      for (Arrangement arrangement : Arrangement.values()) {
        micros[arrangement.ordinal()][round] = time(arrangement);
      }
    }
    first.execute("DROP TABLE pgrunbook_flushes");
    for (Arrangement arrangement : Arrangement.values()) {
      double[] sorted = micros[arrangement.ordinal()];
      Arrays.sort(sorted);
      System.out.printf(
          Locale.ROOT,
          "%-55s least %4.0f, tenth percentile %4.0f, median %4.0f microseconds%n",
          arrangement.words,
          sorted[0],
          sorted[rounds / 10],
          sorted[rounds / 2]);
    }
  }

  private double time(Arrangement arrangement) throws Exception {
    first.execute("TRUNCATE pgrunbook_flushes");
    if (arrangement == Arrangement.IN_ADVANCE) {
      first.execute("BEGIN; " + IN_ADVANCE);
      second.execute("BEGIN; " + IN_ADVANCE);
    } else if (arrangement != Arrangement.AUTOCOMMIT) {
      first.execute("BEGIN; " + insert(0) + "; " + EVIDENCE);
    }
    long begun = System.nanoTime();
    for (int n = 1; n <= STATEMENTS; n++) {
      run(arrangement, n);
    }
    double micros = (System.nanoTime() - begun) / 1e3 / STATEMENTS;
    first.execute("ROLLBACK");
    second.execute("ROLLBACK");
    return micros;
  }

  private void run(Arrangement arrangement, int n)
      throws SQLException, IOException, InterruptedException, ExecutionException {
    switch (arrangement) {
      case AUTOCOMMIT -> first.execute(insert(n));
      case AFTER -> {
        flush(n);
        commitAndExecute(n);
      }
      case EIGHTH -> {
        if (n % 8 == 0) {
          flush(n);
        }
        commitAndExecute(n);
      }
      case NEVER -> commitAndExecute(n);
      case IN_ADVANCE -> {
        Future<?> flushed =
            beside.submit(
                () -> {
                  flush(n);
                  return null;
                });
        Statement session = n % 2 == 0 ? first : second;
        session.execute(insert(n) + "; COMMIT; BEGIN; " + IN_ADVANCE);
        flushed.get();
      }
    }
  }

  private void commitAndExecute(int n) throws SQLException {
    first.execute("COMMIT; BEGIN; " + insert(n) + "; " + EVIDENCE);
  }

  private static String insert(int n) {
    return "INSERT INTO pgrunbook_flushes VALUES (" + n + ", 'row " + n + "')";
  }

  private void flush(int n) throws IOException {
    journal.write(ByteBuffer.allocate(RECORDS), (long) n * RECORDS % (ROOM - RECORDS));
    journal.force(false);
  }
}
