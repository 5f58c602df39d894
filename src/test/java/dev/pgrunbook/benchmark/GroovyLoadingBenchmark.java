package dev.pgrunbook.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Prints how much longer a runbook takes to load in Groovy than in YAML.
 *
 * <pre>java src/test/java/dev/pgrunbook/benchmark/GroovyLoadingBenchmark.java [RUNS]</pre>
 *
 * <p>Run it at the top of the checkout, with JAVA_HOME naming the Java to measure. {@code convert}
 * makes the Groovy twin of a YAML file of some 60 lines; {@code lint} of each is timed from
 * outside, as a whole process, the two in turn, and the ratio is taken pair by pair. Medians are
 * printed. The goal is at most 2.5.
 */
public final class GroovyLoadingBenchmark {
  private static final Path YAML = Path.of("examples/set-not-null.yaml");

  private GroovyLoadingBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int runs = arguments.length == 0 ? 21 : Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("pgrunbook-benchmark");
    File groovy = folder.resolve("twin.groovy").toFile();
    try {
      run(List.of("./pgrunbook", "convert", YAML.toString(), "--to", "groovy"), groovy);
      // The first start may have built, and leaves a process behind that makes the archive.
      Thread.sleep(5_000);
      compare(runs, groovy);
    } finally {
      Files.delete(groovy.toPath());
      Files.delete(folder);
    }
  }

  private static void compare(int runs, File twin) throws IOException, InterruptedException {
    List<String> yaml = List.of("./pgrunbook", "lint", YAML.toString());
    List<String> groovy = List.of("./pgrunbook", "lint", twin.toString());
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int run = -2; run < runs; run++) {
      double inYaml = milliseconds(yaml);
      double inGroovy = milliseconds(groovy);
      if (run >= 0) {
        first.add(inYaml);
        second.add(inGroovy);
        ratios.add(inGroovy / inYaml);
      }
    }
    System.out.printf(
        "lint, medians of %d in turn: YAML (%d lines) %.1f ms, Groovy (%d lines) %.1f ms: %.2f times%n",
        runs,
        Files.readAllLines(YAML).size(),
        median(first),
        Files.readAllLines(twin.toPath()).size(),
        median(second),
        median(ratios));
  }

  private static double milliseconds(List<String> command)
      throws IOException, InterruptedException {
    long before = System.nanoTime();
    run(command, null);
    return (System.nanoTime() - before) / 1e6;
  }

  private static void run(List<String> command, File output)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output == null ? Redirect.DISCARD : Redirect.to(output))
            .redirectError(Redirect.DISCARD)
            .start();
    try (OutputStream input = process.getOutputStream()) {
      input.flush();
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " ends with " + process.exitValue());
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
