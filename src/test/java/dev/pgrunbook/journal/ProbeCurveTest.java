package dev.pgrunbook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.journal.ProbeCurve.Point;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbeCurveTest {

  private static final Instant BEGUN = Instant.parse("2026-01-01T12:00:00Z");

  private final ProbeCurve.Recorder recorder = new ProbeCurve.Recorder();

  private void take(int second, Double done, Map<String, Value> values, boolean restarted) {
    recorder.take(Duration.ofSeconds(second), done, 10_000.0, values, restarted);
  }

  @Test
  void aDayOfPollsStaysSmallAndKeepsItsEndsAndItsRestart() {
    for (int i = 0; i < 86_400; i++) {
      double done = i < 50_000 ? i : i - 50_000;
      take(i, done, Map.of("lag", Value.integer(i)), i == 50_000);
    }
    ProbeCurve curve = recorder.curve(BEGUN, "rows");
    List<Point> points = curve.points();

    assertThat(points).hasSizeBetween(ProbeCurve.MOST_POINTS / 2, ProbeCurve.MOST_POINTS + 1);
    assertThat(points.get(0).seconds()).isZero();
    assertThat(points.get(points.size() - 1).seconds()).isEqualTo(86_399);
    assertThat(points).filteredOn(Point::restarted).extracting(Point::seconds).contains(50_000.0);
    assertThat(curve.toJson().length()).isLessThan(40_000);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Map<String, Value> first = new LinkedHashMap<>();
    first.put("status", Value.text("d"));
    first.put("lag", Value.none());
    take(0, null, first, false);
    take(1, 0.5, Map.of("status", Value.text("d"), "lag", Value.integer(7)), false);
    take(2, 0.25, Map.of("status", Value.none()), true);
    ProbeCurve curve = recorder.curve(BEGUN, null);

    assertThat(ProbeCurve.fromJson(curve.toJson())).isEqualTo(curve);
    assertThat(curve.columns()).containsExactly("lag");
    assertThat(curve.changes()).extracting(ProbeCurve.Change::text).containsExactly("d", null);
    assertThat(curve.points().get(0).numbers()).containsExactly((Double) null);
  }

  @Test
  void whatIsNoCurveIsRefused() {
    assertThatThrownBy(() -> ProbeCurve.fromJson("{}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProbeCurve.fromJson("{\"format\":2}"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
