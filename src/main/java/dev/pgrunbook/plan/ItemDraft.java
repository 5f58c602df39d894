package dev.pgrunbook.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An item of a plan in the making. */
final class ItemDraft {

  private final @Nullable String label;
  private final @Nullable String prompt;
  private final List<PlannedStatement> statements = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private @Nullable Observation observation;
  private Resolution resolution = Resolution.resolved();

  ItemDraft(@Nullable String label, @Nullable String prompt) {
    this.label = label;
    this.prompt = prompt;
  }

  void add(PlannedStatement statement) {
    statements.add(statement);
  }

  void find(Finding finding) {
    findings.add(finding);
  }

  void observe(Observation seen) {
    observation = seen;
  }

  /** The first reason counts. */
  void resolve(Resolution known) {
    resolution = resolution.isResolved() ? known : resolution;
  }

  PlannedItem item() {
    return new PlannedItem(label, resolution, prompt, statements, observation, List.of(), findings);
  }
}
