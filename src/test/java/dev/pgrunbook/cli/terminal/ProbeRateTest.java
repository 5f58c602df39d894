package dev.pgrunbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
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
    assertThat(rate.left(1_000.0)).isEqualTo(Duration.ofSeconds(10));
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
}
