package dev.pgrunbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pgrunbook.cli.terminal.ProbeRate.Left;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProbeRateTest {

  private final ProbeRate rate = new ProbeRate();
  private Instant now = Instant.EPOCH;

  private void after(int seconds, Double done) {
    now = now.plusSeconds(seconds);
    rate.sample(now, done);
  }

  @Test
  void aSteadyPaceIsExact() {
    for (int i = 0; i <= 5; i++) {
      after(2, i * 100.0);
    }

    assertThat(rate.perSecond()).isEqualTo(50);
    Left left = Objects.requireNonNull(rate.left(1_000.0));
    assertThat(left.least()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
    assertThat(left.most()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
  }

  @Test
  void nobodyPromisesTooEarly() {
    after(0, 0.0);
    after(2, 100.0);
    after(2, 200.0);

    assertThat(rate.left(1_000.0)).isNull();
    assertThat(rate.left(null)).isNull();
  }

  @Test
  void whatIsLongAgoIsForgotten() {
    after(0, 0.0);
    for (int i = 1; i <= 30; i++) {
      after(2, i * 2_000.0);
    }
    double fast = rate.perSecond();
    for (int i = 1; i <= 30; i++) {
      after(2, 60_000.0 + i * 20.0);
    }

    assertThat(fast).isCloseTo(1_000, within(0.001));
    assertThat(rate.perSecond()).isBetween(10.0, 70.0);
  }

  @Test
  void aRestartBeginsAnew() {
    for (int i = 0; i <= 5; i++) {
      after(2, i * 100.0);
    }
    after(2, 10.0);

    assertThat(rate.perSecond()).isZero();
    assertThat(rate.left(1_000.0)).isNull();
  }

  /**
   * A COPY of two million rows into a table with four indexes, seen twice a second in {@code
   * pg_stat_progress_copy} on a busy machine: seconds, bytes, bytes in all. It slows down as it
   * goes.
   */
  @Test
  void aRecordedCopyEndsWithinTheBandMostOfTheTime() throws IOException {
    List<double[]> samples = curve("copy-into-indexes.curve");
    double end = samples.get(samples.size() - 1)[0];
    int told = 0;
    int within = 0;
    double worst = 0;
    for (double[] sample : samples) {
      rate.sample(Instant.EPOCH.plusMillis((long) (sample[0] * 1000)), sample[1]);
      Left left = rate.left(sample[2]);
      double truth = end - sample[0];
      if (left != null && truth > 2) {
        told++;
        double least = left.least().toMillis() / 1000.0;
        double most = left.most().toMillis() / 1000.0;
        within += truth >= least && truth <= most ? 1 : 0;
        worst = Math.max(worst, Math.abs((least + most) / 2 - truth) / truth);
        assertThat(most - least).as("a band that says something").isLessThan(most * 0.7);
      }
    }

    assertThat(told).isGreaterThan(samples.size() / 2);
    assertThat((double) within / told).isGreaterThan(0.6);
    assertThat(worst).isLessThan(0.6);
  }

  @Test
  void aBandIsWideWhereThePaceSwings() {
    ProbeRate swinging = new ProbeRate();
    double done = 0;
    for (int i = 0; i <= 20; i++) {
      after(2, i * 100.0);
      swinging.sample(now, done);
      done += i % 2 == 0 ? 190 : 10;
    }
    Left even = Objects.requireNonNull(rate.left(4_000.0));
    Left uneven = Objects.requireNonNull(swinging.left(4_000.0));

    assertThat(even.most().minus(even.least()))
        .isLessThan(uneven.most().minus(uneven.least()).dividedBy(2));
  }

  private static List<double[]> curve(String name) throws IOException {
    List<double[]> samples = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/terminal", name))) {
      samples.add(Arrays.stream(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray());
    }
    return samples;
  }
}
