package dev.pgrunbook.render.report;

import dev.pgrunbook.render.report.RunHistory.Span;
import dev.pgrunbook.render.report.RunHistory.StepHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Items that ran side by side, in as few lanes as keep those apart that ran at the same time. */
final class Lanes {

  /** More cannot be told apart; whatever needs another one shares the last. */
  private static final int MOST = 16;

  private final List<List<StepHistory>> lanes = new ArrayList<>();
  private final List<Instant> ends = new ArrayList<>();

  private Lanes() {}

  /** Returns the items of each lane, in order of time; one lane at least. */
  static List<List<StepHistory>> of(List<StepHistory> items) {
    Lanes lanes = new Lanes();
    items.stream()
        .filter(item -> !item.spans().isEmpty())
        .sorted(Comparator.comparing(Lanes::begin))
        .forEach(lanes::place);
    return lanes.lanes.isEmpty() ? List.of(List.of()) : lanes.lanes;
  }

  private static Instant begin(StepHistory item) {
    return item.spans().get(0).from();
  }

  private static Instant end(StepHistory item) {
    Span last = item.spans().get(item.spans().size() - 1);
    return last.to();
  }

  private void place(StepHistory item) {
    int lane = 0;
    while (lane < lanes.size() && begin(item).isBefore(ends.get(lane)) && lane < MOST - 1) {
      lane++;
    }
    if (lane == lanes.size()) {
      lanes.add(new ArrayList<>());
      ends.add(Instant.MIN);
    }
    lanes.get(lane).add(item);
    Instant end = end(item);
    ends.set(lane, end.isAfter(ends.get(lane)) ? end : ends.get(lane));
  }
}
