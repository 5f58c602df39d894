package dev.pgrunbook.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Prints what it costs that every statement takes effect exactly once, as multiples of {@code psql
 * -f} of the same statements.
 *
 * <pre>java src/test/java/dev/pgrunbook/benchmark/ExactlyOnceBenchmark.java [ROUNDS]</pre>
 *
 * <p>Run it at the top of the checkout, with psql on the path and JAVA_HOME naming the Java to
 * measure. libpq's variables (PGHOST, PGPORT, PGUSER, PGDATABASE) name the database, which should
 * be one to throw away: a table {@code pgrunbook_benchmark} is made in it and dropped, and so is
 * the schema {@code pgrunbook} of a store. Its server must flush to disk ({@code fsync = on}), as
 * psql is charged for that, too; a journal in files is kept below {@code target/}.
 *
 * <p>Whole processes are timed from outside, the two in turn, and the ratio is taken pair by pair,
 * so that a machine that is busy for a while does not tell on one of them only; medians are
 * printed. The goals are at most 1.3 for a transaction each, 1.2 for a single one, and 2 seconds
 * for a journal of 100,000 records that is resumed, all of them in files; with the journal in the
 * same server there is none.
 */
public final class ExactlyOnceBenchmark {
  private static final int STATEMENTS = 10_000;
  private static final int RECORDS = 100_000;

  private static final String RUNBOOK =
      """
      runbook: benchmark/insert
      version: "1.0.0"
      title: Insert
      targets: {db: {}}
      steps:
        - id: insert
          target: db
          review: none
          transaction: %s
          generate: |
            SELECT format('INSERT INTO pgrunbook_benchmark VALUES (%%s, %%L)', n, 'row ' || n)
            FROM generate_series(1, %d) AS n
        - {id: done, target: db, check: "SELECT count(*) = %d FROM pgrunbook_benchmark"}
        %s
      """;

  private final Path folder;
  private final int rounds;

  private ExactlyOnceBenchmark(Path folder, int rounds) {
    this.folder = folder;
    this.rounds = rounds;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
    Path folder = Files.createDirectories(Path.of("target/benchmark")).toAbsolutePath();
    try {
      new ExactlyOnceBenchmark(folder, rounds).measure();
    } finally {
      remove(folder);
    }
  }

  private void measure() throws IOException, InterruptedException {
    System.out.printf(
        "%d single-row INSERTs, %d times in turn with psql; medians. Load before: %s%n",
        STATEMENTS, rounds, load());
    Path script = Files.writeString(folder.resolve("insert.sql"), script());
    Path each = runbook("each", STATEMENTS, "");
    Path single = runbook("single", STATEMENTS, "");
    query("DROP TABLE IF EXISTS pgrunbook_benchmark");
    query("CREATE TABLE pgrunbook_benchmark (n int, x text)");
    try {
      String files = folder.resolve("store").toString();
      pairs("transaction: each", List.of(), own(each, files), script);
      pairs("transaction: single", List.of("-1"), own(single, files), script);
      resumption(files);
      System.out.println("With the journal in the server:");
      pairs("transaction: each", List.of(), own(each, connection()), script);
      resumption(connection());
    } finally {
      query("DROP TABLE pgrunbook_benchmark; DROP SCHEMA IF EXISTS pgrunbook CASCADE");
    }
    System.out.println("Load after: " + load());
  }

  private static String script() {
    StringBuilder script = new StringBuilder();
    for (int n = 1; n <= STATEMENTS; n++) {
      script.append("INSERT INTO pgrunbook_benchmark VALUES (" + n + ", 'row " + n + "');\n");
    }
    return script.toString();
  }

  private Path runbook(String mode, int statements, String last) throws IOException {
    Path file = folder.resolve(mode + statements + ".yaml");
    return Files.writeString(
        file, String.format(RUNBOOK, mode, statements, statements, last).stripTrailing() + "\n");
  }

  /** Makes the command that runs a runbook under an id. */
  private Function<String, List<String>> own(Path runbook, String store) {
    return id -> run(runbook, store, id + "-" + runbook.getFileName());
  }

  private void pairs(
      String name, List<String> options, Function<String, List<String>> own, Path script)
      throws IOException, InterruptedException {
    List<String> psql = new ArrayList<>(List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"));
    psql.addAll(options);
    psql.addAll(List.of("-f", script.toString()));
    timed(own.apply("warm-up"), 0);
    List<Double> seconds = new ArrayList<>();
    List<Double> yardstick = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      double measured = timed(own.apply("round-" + round), 0);
      double compared = timed(psql, 0);
      seconds.add(measured);
      yardstick.add(compared);
      ratios.add(measured / compared);
    }
    System.out.printf(
        "%-22s %6.2f s, psql %5.2f s: %5.2f times%n",
        name, median(seconds), median(yardstick), median(ratios));
  }

  /** A run that stops at a gate behind so many records, and is resumed to stop there again. */
  private void resumption(String store) throws IOException, InterruptedException {
    Path waiting = runbook("each", RECORDS / 2, "- {id: stop, gate: \"Go on?\"}");
    List<String> first = run(waiting, store, "long");
    first.remove("--yes");
    timed(first, 3);
    List<String> again = new ArrayList<>(first);
    again.set(1, "resume");
    again.set(2, "long");
    again.subList(again.indexOf("--run-id"), again.indexOf("--run-id") + 2).clear();
    List<Double> seconds = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      seconds.add(timed(again, 3, false));
    }
    System.out.printf("%,d records resumed in %.2f s%n", RECORDS, median(seconds));
  }

  private List<String> run(Path runbook, String store, String id) {
    return new ArrayList<>(
        List.of(
            "./pgrunbook",
            "run",
            runbook.toString(),
            "--yes",
            "--quiet",
            "--store",
            store,
            "--run-id",
            id.replace(".yaml", ""),
            "--target",
            "db=" + connection()));
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

  private double timed(List<String> command, int expected)
      throws IOException, InterruptedException {
    return timed(command, expected, true);
  }

  private double timed(List<String> command, int expected, boolean emptied)
      throws IOException, InterruptedException {
    if (emptied) {
      query("TRUNCATE pgrunbook_benchmark");
      query("CHECKPOINT");
    }
    Path output = folder.resolve("output");
    long before = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectErrorStream(true)
            .start();
    try (OutputStream input = process.getOutputStream()) {
      input.flush();
    }
    int code = process.waitFor();
    double seconds = (System.nanoTime() - before) / 1e9;
    if (code != expected) {
      throw new IllegalStateException(
          String.join(" ", command) + " ended with " + code + ": " + Files.readString(output));
    }
    return seconds;
  }

  private static void query(String sql) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql)
            .redirectError(Redirect.INHERIT)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("psql -c '" + sql + "' failed");
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static String load() {
    java.lang.management.OperatingSystemMXBean system =
        java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        "%.2f on %d cores", system.getSystemLoadAverage(), system.getAvailableProcessors());
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
