package dev.pgrunbook.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints how long it takes to plan a runbook of twelve steps, whole process, against a database and
 * without one, beside {@code ansible-playbook --check} and {@code --syntax-check} of a playbook
 * with the same statements.
 *
 * <pre>java src/test/java/dev/pgrunbook/benchmark/PlanBenchmark.java [ROUNDS]</pre>
 *
 * <p>Run it at the top of the checkout, with psql on the path and JAVA_HOME naming the Java to
 * measure. libpq's variables (PGHOST, PGPORT, PGUSER, PGDATABASE) name the database, which should
 * be one to throw away: tables are made in the schema {@code pgrunbook_benchmark}, which is
 * dropped. Ansible needs its collection community.postgresql and, for the Python it runs, psycopg2;
 * where there is no ansible-playbook, only our own time is printed.
 *
 * <p>The commands take turns, and medians are printed. The goals are 1.5 s connected and 0.6 s
 * offline.
 */
public final class PlanBenchmark {

  private static final String SCHEMA =
      """
      DROP SCHEMA IF EXISTS pgrunbook_benchmark CASCADE;
      CREATE SCHEMA pgrunbook_benchmark;
      SET search_path = pgrunbook_benchmark;
      CREATE TABLE customers (id int PRIMARY KEY, name text, country text);
      CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers, note text, placed date);
      CREATE TABLE queue (n int, state text);
      INSERT INTO customers SELECT n, 'c' || n, 'de' FROM generate_series(1, 1000) AS n;
      INSERT INTO orders SELECT n, n % 1000 + 1, 'x', '2026-01-01' FROM generate_series(1, 50000) AS n;
      CREATE INDEX orders_note ON orders (note);
      CREATE INDEX orders_placed ON orders (placed);
      ANALYZE customers, orders, queue;
      """;

  /** A kind, a name, and the statement; both files are made of these. */
  private static final List<List<String>> STEPS =
      List.of(
          List.of("check", "writable", "SELECT NOT pg_is_in_recovery()"),
          List.of("check", "idle", "SELECT count(*) = 0 FROM pgrunbook_benchmark.queue"),
          List.of(
              "query",
              "sizes",
              "SELECT relname, reltuples FROM pg_class"
                  + " WHERE relnamespace = 'pgrunbook_benchmark'::regnamespace ORDER BY 1"),
          List.of(
              "query",
              "countries",
              "SELECT country, count(*) FROM pgrunbook_benchmark.customers GROUP BY 1"),
          List.of("sql", "mark", "INSERT INTO pgrunbook_benchmark.queue VALUES (1, 'begun')"),
          List.of(
              "sql",
              "fill",
              "UPDATE pgrunbook_benchmark.orders SET note = 'y' WHERE id BETWEEN 1 AND 500"),
          List.of(
              "sql",
              "column",
              "ALTER TABLE pgrunbook_benchmark.orders ADD COLUMN checked boolean DEFAULT false"),
          List.of(
              "sql",
              "constraint",
              "ALTER TABLE pgrunbook_benchmark.orders"
                  + " ADD CONSTRAINT placed_set CHECK (placed IS NOT NULL) NOT VALID"),
          List.of(
              "sql",
              "index",
              "CREATE INDEX orders_customer ON pgrunbook_benchmark.orders (customer)"),
          List.of("sql", "old", "DELETE FROM pgrunbook_benchmark.customers WHERE id > 100000"),
          List.of("sql", "comment", "COMMENT ON TABLE pgrunbook_benchmark.orders IS 'checked'"),
          List.of("sql", "tidy", "DELETE FROM pgrunbook_benchmark.queue WHERE n = 1"));

  private final Path folder;

  private PlanBenchmark(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
    PlanBenchmark benchmark =
        new PlanBenchmark(Files.createDirectories(Path.of("target/benchmark")).toAbsolutePath());
    benchmark.psql(SCHEMA);
    try {
      benchmark.measure(rounds);
    } finally {
      benchmark.psql("DROP SCHEMA pgrunbook_benchmark CASCADE");
    }
  }

  private void measure(int rounds) throws IOException, InterruptedException {
    String runbook = Files.writeString(folder.resolve("plan.yaml"), runbook()).toString();
    String playbook = Files.writeString(folder.resolve("plan.playbook.yml"), playbook()).toString();
    List<String> plan = List.of("./pgrunbook", "plan", runbook);
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("connected", with(plan, "--target", "db=postgresql://" + address()));
    commands.put("offline", with(plan, "--offline"));
    if (isThere("ansible-playbook")) {
      List<String> ansible = List.of("ansible-playbook", "-i", "localhost,", playbook);
      commands.put("ansible-playbook --check", with(ansible, "--check"));
      commands.put("ansible-playbook --syntax-check", with(ansible, "--syntax-check"));
    } else {
      System.out.println("There is no ansible-playbook to compare with.");
    }
    for (List<String> command : commands.values()) {
      run(command);
    }
    // The first start may have built, and leaves a process behind that makes the archive.
    Thread.sleep(5_000);
    System.out.printf(
        "%d steps; medians of %d in turn. Load before: %s%n", STEPS.size(), rounds, load());
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, List<String>> command : commands.entrySet()) {
        long before = System.nanoTime();
        run(command.getValue());
        seconds
            .computeIfAbsent(command.getKey(), name -> new ArrayList<>())
            .add((System.nanoTime() - before) / 1e9);
      }
    }
    seconds.forEach((name, all) -> System.out.printf("%-32s %6.2f s%n", name, median(all)));
    ratio("connected", "ansible-playbook --check", seconds);
    ratio("offline", "ansible-playbook --syntax-check", seconds);
    System.out.println("Load after: " + load());
  }

  /** Pair by pair, so that a machine that is busy for a while does not tell on one of them only. */
  private static void ratio(String own, String other, Map<String, List<Double>> seconds) {
    List<Double> theirs = seconds.getOrDefault(other, List.of());
    List<Double> ours = seconds.getOrDefault(own, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < theirs.size(); round++) {
      ratios.add(ours.get(round) / theirs.get(round));
    }
    if (!ratios.isEmpty()) {
      System.out.printf("%s / %s: %.2f%n", own, other, median(ratios));
    }
  }

  private static String runbook() {
    StringBuilder text =
        new StringBuilder(
            """
            runbook: benchmark/plan
            version: "1.0.0"
            title: Plan
            targets: {db: {}}
            steps:
            """);
    for (List<String> step : STEPS) {
      text.append("  - id: ").append(step.get(1)).append("\n    target: db\n");
      text.append(step.get(0).equals("sql") ? "    lockTimeout: 5s\n" : "");
      text.append("    ")
          .append(step.get(0))
          .append(": |\n      ")
          .append(step.get(2))
          .append('\n');
    }
    return text.toString();
  }

  private static String playbook() {
    StringBuilder text =
        new StringBuilder(
            """
            - hosts: localhost
              connection: local
              gather_facts: false
              vars: {ansible_python_interpreter: /usr/bin/python3}
              module_defaults:
                community.postgresql.postgresql_query:
                  login_host: "%s"
                  login_user: "%s"
                  port: %s
                  db: "%s"
              tasks:
            """
                .formatted(
                    variable("PGHOST", "localhost"),
                    variable("PGUSER", "postgres"),
                    variable("PGPORT", "5432"),
                    variable("PGDATABASE", "postgres")));
    for (List<String> step : STEPS) {
      text.append("    - name: ").append(step.get(1)).append('\n');
      text.append("      community.postgresql.postgresql_query:\n        query: |\n          ");
      text.append(step.get(2)).append('\n');
    }
    return text.toString();
  }

  private static String address() {
    return variable("PGUSER", "postgres")
        + "@"
        + variable("PGHOST", "localhost")
        + ":"
        + variable("PGPORT", "5432")
        + "/"
        + variable("PGDATABASE", "postgres");
  }

  private static String variable(String name, String otherwise) {
    return System.getenv().getOrDefault(name, otherwise);
  }

  private static List<String> with(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all;
  }

  private void psql(String sql) throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("schema.sql"), sql);
    run(List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", script.toString()));
  }

  private static boolean isThere(String program) {
    for (String directory : variable("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(command).redirectOutput(said.toFile()).redirectErrorStream(true).start();
    try (OutputStream input = process.getOutputStream()) {
      input.flush();
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          command + " ends with " + process.exitValue() + "\n" + Files.readString(said));
    }
  }

  private static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).strip();
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
