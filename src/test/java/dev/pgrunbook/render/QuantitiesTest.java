package dev.pgrunbook.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PostgresExtension.class)
class QuantitiesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "99, 99 ms",
    "100, 0.1 s",
    "59949, 59.9 s",
    "59950, 1m 00s",
    "64000, 1m 04s",
    "3599600, 1h 00m",
    "3660000, 1h 01m",
    "90000000, 1d 01h",
    "-5, 0 ms"
  })
  void durations(long millis, String text) {
    assertThat(Quantities.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "950, 950",
    "999.4, 999",
    "999.6, 1.00 k",
    "12345, 12.3 k",
    "206172, 206 k",
    "1204000, 1.20 M",
    "999960, 1.00 M",
    "0.5, 0.5",
    "-12345, -12.3 k"
  })
  void briefNumbers(double number, String text) {
    assertThat(Quantities.brief(number)).isEqualTo(text);
  }

  @Test
  void rates() {
    assertThat(Quantities.rate(206_172)).isEqualTo("206 k/s");
    assertThat(Quantities.rate(0.1)).isEqualTo("6/min");
    assertThat(Quantities.count(1, "row")).isEqualTo("1 row");
    assertThat(Quantities.count(1_234_567, "row")).isEqualTo("1,234,567 rows");
  }

  @Test
  void sizesAreThoseOfTheServer(TestPostgres server) {
    long[] sizes = {
      0,
      1,
      10_239,
      10_240,
      10_241,
      10_752,
      1_048_576,
      10_485_247,
      10_485_248,
      10_485_760,
      1_262_485_504L,
      10_736_893_952L,
      10_737_418_240L,
      123_456_789_012_345L,
      -10_241
    };
    for (long size : sizes) {
      assertThat(Quantities.bytes(size))
          .as(String.valueOf(size))
          .isEqualTo(server.queryText("SELECT pg_size_pretty(" + size + "::bigint)"));
    }
  }

  @Test
  void aGuessIsToldRoundly() {
    assertThat(guesses(0, 7, 19, 22, 61, 118, 200, 615, 5_000, 9_000, 100_000))
        .containsExactly(
            "0 s", "7 s", "19 s", "20 s", "60 s", "2m", "3m 30s", "10m", "83m", "2h 30m", "1d 03h");
  }

  private static List<String> guesses(int... seconds) {
    return Arrays.stream(seconds)
        .mapToObj(second -> Quantities.roundDuration(Duration.ofSeconds(second)))
        .toList();
  }

  @Test
  void aNameSaysWhatIsCounted() {
    assertThat(Quantities.measured(31_748_611, "lag_bytes")).isEqualTo("30 MB");
    assertThat(Quantities.measured(2.8, "behind_seconds")).isEqualTo("2.8 s");
    assertThat(Quantities.measured(12_345, "errors")).isEqualTo("12,345");
    assertThat(Quantities.measured(1_234_567, "rows")).isEqualTo("1.23 M");
  }
}
