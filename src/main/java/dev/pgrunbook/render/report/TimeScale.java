package dev.pgrunbook.render.report;

import dev.pgrunbook.render.report.RunHistory.Sitting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a moment of a run lies on a line of {@value #WIDTH} units. The time in which no process
 * carried the run out is drawn short, however long it was: a night's pause would leave nothing to
 * see of the work.
 */
final class TimeScale {

  static final int WIDTH = 1000;

  /** What all pauses together may take. */
  private static final int PAUSES = 200;

  private static final double LONGEST_PAUSE = 14;

  private final List<Sitting> sittings;
  private final double pause;
  private final double perMilli;
  private final List<Double> starts = new ArrayList<>();

  TimeScale(List<Sitting> sittings) {
    this.sittings = sittings;
    int pauses = sittings.size() - 1;
    this.pause = pauses == 0 ? 0 : Math.min(LONGEST_PAUSE, (double) PAUSES / pauses);
    long millis = 0;
    for (Sitting sitting : sittings) {
      millis += length(sitting);
    }
    this.perMilli = (WIDTH - pause * pauses) / Math.max(1, millis);
    double at = 0;
    for (Sitting sitting : sittings) {
      starts.add(at);
      at += length(sitting) * perMilli + pause;
    }
  }

  private static long length(Sitting sitting) {
    return Math.max(0, Duration.between(sitting.from(), sitting.to()).toMillis());
  }

  /** Returns where a moment lies; one of a pause at its beginning. */
  double at(Instant moment) {
    for (int i = sittings.size() - 1; i >= 0; i--) {
      Sitting sitting = sittings.get(i);
      if (!moment.isBefore(sitting.from())) {
        long millis = Duration.between(sitting.from(), moment).toMillis();
        return starts.get(i) + Math.min(millis, length(sitting)) * perMilli;
      }
    }
    return 0;
  }

  /** Returns the moment that lies there; within a pause its beginning. */
  Instant moment(double at) {
    for (int i = sittings.size() - 1; i >= 0; i--) {
      if (at >= starts.get(i)) {
        long millis = Math.round((at - starts.get(i)) / perMilli);
        Sitting sitting = sittings.get(i);
        return sitting.from().plusMillis(Math.min(millis, length(sitting)));
      }
    }
    return sittings.get(0).from();
  }

  /** Returns from where to where each pause is drawn. */
  List<double[]> pauses() {
    List<double[]> all = new ArrayList<>();
    for (int i = 1; i < starts.size(); i++) {
      all.add(new double[] {starts.get(i) - pause, starts.get(i)});
    }
    return all;
  }
}
