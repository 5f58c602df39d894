package dev.pgrunbook.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Prints how long one process takes to lint 1,000 runbooks, beside squawk with the same statements
 * in as many SQL files, and {@code ansible-playbook --syntax-check} of as many playbooks.
 *
 * <pre>java src/test/java/dev/pgrunbook/benchmark/LintBenchmark.java [ROUNDS]</pre>
 *
 * <p>Run it at the top of the checkout, with JAVA_HOME naming the Java to measure. What is not on
 * the path is left out, and that is told; {@code npm install squawk-cli} brings squawk. The
 * commands take turns, and medians are printed. The goal is 5 s.
 *
 * <p>They do not do the same. lint reads runbooks and says nothing of locks, which squawk does, and
 * {@code plan --offline}, which is measured for that; squawk knows nothing of steps, targets and
 * parameters. Ansible looks at no SQL, and is given a tenth of the files.
 */
public final class LintBenchmark {

  private static final String OWN = "pgrunbook lint";
  private static final int RUNBOOKS = 1_000;
  private static final int PLAYBOOKS = RUNBOOKS / 10;

  private static final List<String> STATEMENTS =
      List.of(
          "ALTER TABLE t%1$d ADD COLUMN checked_%1$d boolean DEFAULT false",
          "UPDATE t%1$d SET checked_%1$d = true WHERE id BETWEEN 1 AND 500",
          "ALTER TABLE t%1$d ADD CONSTRAINT c%1$d CHECK (placed IS NOT NULL) NOT VALID",
          "ALTER TABLE t%1$d VALIDATE CONSTRAINT c%1$d",
          "COMMENT ON TABLE t%1$d IS 'checked'");

  private static final String RUNBOOK =
      """
      runbook: benchmark/lint-%1$d
      version: "1.0.0"
      title: Lint %1$d
      description: |
        Checks table %1$d, of which there are many.
      params:
        least: {type: integer, default: %1$d, min: 0}
      targets:
        db: {description: Where the table is}
      steps:
        - id: there
          target: db
          check: SELECT to_regclass('t%1$d') IS NOT NULL
          message: There is no table t%1$d
        - id: count
          target: db
          query: SELECT count(*) AS n FROM t%1$d
          save: {n: n}
        - id: ask
          gate: "Shall ${n} rows be checked?"
          when: n >= least
      """;

  private final Path folder;

  private LintBenchmark(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
    Path folder = Path.of("target/benchmark/lint").toAbsolutePath();
    remove(folder);
    new LintBenchmark(Files.createDirectories(folder)).measure(rounds);
    remove(folder);
  }

  private void measure(int rounds) throws IOException, InterruptedException {
    write();
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put(OWN, List.of("./pgrunbook", "lint", folder.resolve("yaml").toString()));
    commands.put("pgrunbook plan", with(List.of("./pgrunbook", "plan", "--offline"), "yaml"));
    add("squawk", List.of(), "sql", commands);
    add("ansible-playbook", List.of("--syntax-check", "-i", "localhost,"), "yml", commands);
    for (List<String> command : commands.values()) {
      run(command);
    }
    // The first start may have built, and leaves a process behind that makes the archive.
    Thread.sleep(5_000);
    System.out.printf(
        "%d files of %d statements (for ansible-playbook %d); medians of %d in turn. Load before: %s%n",
        RUNBOOKS, STATEMENTS.size(), PLAYBOOKS, rounds, load());
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
    List<Double> own = seconds.getOrDefault(OWN, List.of());
    seconds.forEach(
        (name, all) -> {
          // Pair by pair, so that a machine that is busy for a while does not tell on one only.
          List<Double> ratios = new ArrayList<>();
          for (int round = 0; round < all.size(); round++) {
            ratios.add(own.get(round) / all.get(round));
          }
          System.out.printf(
              "%-18s %6.2f s   lint takes %.2f times that%n", name, median(all), median(ratios));
        });
    System.out.println("Load after: " + load());
  }

  private void add(
      String program, List<String> options, String files, Map<String, List<String>> commands)
      throws IOException {
    if (!isThere(program)) {
      System.out.println("There is no " + program + " to compare with.");
      return;
    }
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(options);
    commands.put(program, with(command, files));
  }

  private List<String> with(List<String> command, String files) throws IOException {
    List<String> whole = new ArrayList<>(command);
    try (Stream<Path> all = Files.list(folder.resolve(files))) {
      all.sorted().map(Path::toString).forEach(whole::add);
    }
    return whole;
  }

  private void write() throws IOException {
    for (String kind : List.of("yaml", "sql", "yml")) {
      Files.createDirectories(folder.resolve(kind));
    }
    for (int i = 0; i < RUNBOOKS; i++) {
      StringBuilder runbook = new StringBuilder(RUNBOOK.formatted(i));
      StringBuilder script = new StringBuilder("SET lock_timeout = '5s';\n");
      StringBuilder playbook =
          new StringBuilder("- hosts: localhost\n  gather_facts: false\n  tasks:\n");
      int step = 0;
      for (String template : STATEMENTS) {
        String sql = template.formatted(i);
        step++;
        runbook.append(
            "  - {id: s%d, target: db, lockTimeout: 5s, sql: \"%s\"}%n".formatted(step, sql));
        script.append(sql).append(";\n");
        playbook.append("    - community.postgresql.postgresql_query:\n        query: \"");
        playbook.append(sql).append("\"\n");
      }
      Files.writeString(folder.resolve("yaml/r" + i + ".yaml"), runbook);
      Files.writeString(folder.resolve("sql/r" + i + ".sql"), script);
      if (i < PLAYBOOKS) {
        Files.writeString(folder.resolve("yml/r" + i + ".yml"), playbook);
      }
    }
  }

  private static boolean isThere(String program) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }

  /** Findings are an answer, too: 1 is no failure here. */
  private void run(List<String> command) throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.to(said.toFile()))
            .redirectErrorStream(true)
            .start();
    try (OutputStream input = process.getOutputStream()) {
      input.flush();
    }
    boolean own = command.get(0).startsWith("./");
    int code = process.waitFor();
    if (code > 1 || code == 1 && own) {
      throw new IllegalStateException(command.get(0) + " ends with " + code + "\n" + tail(said));
    }
  }

  private static String tail(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Collections.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
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
