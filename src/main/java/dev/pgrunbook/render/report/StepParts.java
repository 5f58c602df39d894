package dev.pgrunbook.render.report;

import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.render.report.RunHistory.StepHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step with everything that ran of it.
 *
 * @param whole the step itself, where it has a history of its own; a step of a group that is a loop
 *     has none, only that of its items
 * @param items its items, in their order
 */
record StepParts(String id, @Nullable StepHistory whole, List<StepHistory> items) {

  StepParts {
    items = List.copyOf(items);
  }

  /** Returns the steps of a run, in the order they first began. */
  static List<StepParts> of(RunHistory history) {
    Map<String, List<StepHistory>> steps = new LinkedHashMap<>();
    for (StepHistory step : history.steps()) {
      steps.computeIfAbsent(step.address().step(), key -> new ArrayList<>()).add(step);
    }
    List<StepParts> all = new ArrayList<>();
    steps.forEach(
        (id, parts) -> {
          boolean whole = parts.get(0).address().items().isEmpty();
          List<StepHistory> items = whole ? parts.subList(1, parts.size()) : parts;
          all.add(new StepParts(id, whole ? parts.get(0) : null, items));
        });
    return all;
  }

  /** Returns the step itself and its items. */
  List<StepHistory> all() {
    List<StepHistory> all = new ArrayList<>(items);
    if (whole != null) {
      all.add(0, whole);
    }
    return all;
  }

  /** Returns how the step stands; without a history of its own, as the worst of its items. */
  Status status() {
    if (whole != null) {
      return whole.status();
    }
    for (Status bad : List.of(Status.FAILED, Status.RUNNING)) {
      if (items.stream().anyMatch(item -> item.status() == bad)) {
        return bad;
      }
    }
    return items.get(0).status();
  }

  /** Returns for how long something of it happened; null while nothing has. */
  @Nullable Duration active() {
    return whole == null
        ? items.stream()
            .map(StepHistory::active)
            .filter(Objects::nonNull)
            .map(Duration.class::cast)
            .reduce(Duration::plus)
            .orElse(null)
        : whole.active();
  }
}
