package dev.pgrunbook.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Prints how long a start takes, as multiples of {@code psql --version}.
 *
 * <pre>java src/test/java/dev/pgrunbook/benchmark/StartUpBenchmark.java [RUNS]</pre>
 *
 * <p>Run it at the top of the checkout, with JAVA_HOME naming the Java to measure. Whole processes
 * are timed from outside, the two in turn, and the ratio is taken pair by pair, so that a machine
 * that is busy for a while does not tell on one of them only; medians are printed. Another
 * machine's ratio is not comparable. The goals are at most 6 on JDK 17 and 4 on JDK 25, for {@code
 * --version} and a file of 60 lines; the built-in of 600 lines shows how loading grows.
 */
public final class StartUpBenchmark {
  private StartUpBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int runs = arguments.length == 0 ? 21 : Integer.parseInt(arguments[0]);
    System.out.println("Each " + runs + " times, in turn with psql --version; medians.");
    measure(runs, List.of("./pgrunbook", "--version"));
    measure(runs, List.of("./pgrunbook", "lint", "examples/set-not-null.yaml"));
    measure(runs, List.of("./pgrunbook", "lint", "runbooks/pglogical/resync-tables.yaml"));
  }

  private static void measure(int runs, List<String> command)
      throws IOException, InterruptedException {
    List<String> yardstick = List.of("psql", "--version");
    int code = warmUp(command);
    warmUp(yardstick);
    List<Double> own = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      double measured = milliseconds(command);
      own.add(measured);
      ratios.add(measured / milliseconds(yardstick));
    }
    System.out.printf(
        "%-60s %6.1f ms  %5.2f times psql  (exit %d)%n",
        String.join(" ", command), median(own), median(ratios), code);
  }

  /** The first start may build, and leaves a process behind that makes the archive. */
  private static int warmUp(List<String> command) throws IOException, InterruptedException {
    int code = 0;
    for (int run = 0; run < 3; run++) {
      code = start(command).waitFor();
      Thread.sleep(run == 0 ? 5_000 : 0);
    }
    return code;
  }

  private static double milliseconds(List<String> command)
      throws IOException, InterruptedException {
    long before = System.nanoTime();
    start(command).waitFor();
    return (System.nanoTime() - before) / 1e6;
  }

  private static Process start(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    try (OutputStream input = process.getOutputStream()) {
      input.flush();
    }
    return process;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
