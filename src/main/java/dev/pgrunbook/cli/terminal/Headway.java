package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far a run is among the outermost steps of its runbook. */
final class Headway {

  private final List<Step> steps;
  private final Set<String> begun = new HashSet<>();
  private final Set<String> settled = new HashSet<>();
  private int warnings;

  Headway(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** Takes in what earlier processes have done. */
  void recall(RunState state) {
    state
        .steps()
        .forEach(
            (address, step) -> {
              begins(address);
              if (step.isSettled()) {
                settles(address);
              }
            });
  }

  /** Takes in that a step, or an item of it, has begun, anew or not. */
  void begins(StepAddress address) {
    begun.add(address.step());
  }

  void settles(StepAddress address) {
    if (address.items().isEmpty()) {
      begun.add(address.step());
      settled.add(address.step());
    }
  }

  void warns() {
    warnings++;
  }

  /**
   * Returns what is ahead.
   *
   * @param most how many next steps to name
   * @param loop the loop that runs; null for none
   */
  Outlook outlook(Duration elapsed, int most, Activities.@Nullable Whole loop) {
    List<Outlook.Next> next = new ArrayList<>();
    int ahead = 0;
    int done = 0;
    for (Step step : steps) {
      done += settled.contains(step.id()) ? 1 : 0;
      if (!begun.contains(step.id())) {
        ahead++;
        if (next.size() < most) {
          String title = step.header().documentation().title();
          next.add(new Outlook.Next(step.id(), title == null ? "" : DisplayText.line(title)));
        }
      }
    }
    List<String> facts = new ArrayList<>();
    facts.add(done + " of " + Quantities.count(steps.size(), "step"));
    if (ahead > next.size() && !next.isEmpty()) {
      facts.add(Quantities.count(ahead - next.size()) + " more after these");
    }
    if (loop != null) {
      facts.add(loop.text());
    }
    facts.add(Quantities.roughDuration(elapsed));
    if (warnings > 0) {
      facts.add(Quantities.count(warnings, "warning"));
    }
    return new Outlook(next, facts);
  }
}
