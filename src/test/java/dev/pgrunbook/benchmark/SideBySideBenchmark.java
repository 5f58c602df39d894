package dev.pgrunbook.benchmark;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Prints how long a runbook's items take one after the other, and side by side.
 *
 * <pre>java src/test/java/dev/pgrunbook/benchmark/SideBySideBenchmark.java [ROUNDS]</pre>
 *
 * <p>Run it at the top of the checkout, with psql on the path and JAVA_HOME naming the Java to
 * measure. libpq's variables (PGHOST, PGPORT, PGUSER, PGDATABASE) name the database, which should
 * be one to throw away: a table {@code pgrunbook_benchmark} is made in it and dropped. The journal
 * is kept below {@code target/}.
 *
 * <p>Two kinds of items: four that keep the server busy for a second each, which is what side by
 * side is for, and four of 2,000 small transactions each, where all of them share the journal and
 * the server's WAL. Whole processes are timed from outside, the counts in turn; medians are
 * printed.
 */
public final class SideBySideBenchmark {
  private static final List<Integer> AT_ONCE = List.of(1, 2, 4);

  private static final String LONG =
      """
      runbook: benchmark/long
      version: "1.0.0"
      title: Four statements of a second
      targets: {db: {}}
      steps:
        - {id: items, forEach: {n: [1, 2, 3, 4], parallel: %d}, target: db, sql: SELECT pg_sleep(1)}
      """;

  private static final String SHORT =
      """
      runbook: benchmark/short
      version: "1.0.0"
      title: Four times 2,000 small transactions
      targets: {db: {}}
      steps:
        - id: items
          forEach: {n: [1, 2, 3, 4], parallel: %d}
          target: db
          review: none
          transaction: each
          generate: |
            SELECT format('INSERT INTO pgrunbook_benchmark VALUES (%%s, %%L)', n, 'row ' || n)
            FROM generate_series(:n, 8000, 4) AS n
        - {id: done, target: db, check: "SELECT count(*) = 8000 FROM pgrunbook_benchmark"}
      """;

  private final Path folder;
  private final int rounds;

  private SideBySideBenchmark(Path folder, int rounds) {
    this.folder = folder;
    this.rounds = rounds;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
    Path folder = Files.createDirectories(Path.of("target/benchmark")).toAbsolutePath();
    try {
      new SideBySideBenchmark(folder, rounds).measure();
    } finally {
      remove(folder);
    }
  }

  private void measure() throws IOException, InterruptedException {
    System.out.printf("%d rounds; medians of whole processes. Load before: %s%n", rounds, load());
    query("DROP TABLE IF EXISTS pgrunbook_benchmark");
    query("CREATE TABLE pgrunbook_benchmark (n int, x text)");
    try {
      compare("four statements of a second", "long", LONG);
      compare("four times 2,000 small transactions", "short", SHORT);
    } finally {
      query("DROP TABLE pgrunbook_benchmark");
    }
    System.out.println("Load after: " + load());
  }

  private void compare(String what, String name, String runbook)
      throws IOException, InterruptedException {
    Map<Integer, List<Double>> seconds = new LinkedHashMap<>();
    for (int atOnce : AT_ONCE) {
      Files.writeString(file(name, atOnce), String.format(runbook, atOnce));
      seconds.put(atOnce, new ArrayList<>());
    }
    for (int round = 0; round < rounds; round++) {
      for (int atOnce : AT_ONCE) {
        query("TRUNCATE pgrunbook_benchmark");
        seconds.get(atOnce).add(timed(name, atOnce, round));
      }
    }
    double inTurn = median(seconds.get(1));
    seconds.forEach(
        (atOnce, all) ->
            System.out.printf(
                "%s, parallel %d: %.2f s, %.2f of one after the other%n",
                what, atOnce, median(all), median(all) / inTurn));
  }

  private Path file(String name, int atOnce) {
    return folder.resolve(name + atOnce + ".yaml");
  }

  private double timed(String name, int atOnce, int round)
      throws IOException, InterruptedException {
    List<String> words =
        List.of(
            "./pgrunbook",
            "run",
            file(name, atOnce).toString(),
            "--run-id",
            name + atOnce + "-" + round,
            "--target",
            "db=" + connection(),
            "--store",
            folder.resolve("store").toString(),
            "--yes");
    long begun = System.nanoTime();
    run(words);
    return (System.nanoTime() - begun) / 1e9;
  }

  private static String connection() {
    Map<String, String> environment = System.getenv();
    return String.format(
        "postgresql://%s@%s:%s/%s",
        environment.getOrDefault("PGUSER", "postgres"),
        environment.getOrDefault("PGHOST", "127.0.0.1"),
        environment.getOrDefault("PGPORT", "5432"),
        environment.getOrDefault("PGDATABASE", "postgres"));
  }

  private void query(String sql) throws IOException, InterruptedException {
    run(List.of("psql", "-X", "-q", "-c", sql));
  }

  private void run(List<String> words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.INHERIT)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(words + " ended with " + process.exitValue());
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).strip();
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
