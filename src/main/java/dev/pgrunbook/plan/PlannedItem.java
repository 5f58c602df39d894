package dev.pgrunbook.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a step does for one item, or once when it has no loop.
 *
 * @param label what the item is called; null for a step without a loop
 * @param resolution how far it is known
 * @param prompt the question or instruction that a person gets, filled in; null for none
 * @param statements the SQL it sends, in order: its conditions, its queries, what it executes
 * @param observation what came out when its queries were run for the plan; null when none were
 * @param blocks the steps inside it
 * @param findings what a reviewer should know
 */
public record PlannedItem(
    @Nullable String label,
    Resolution resolution,
    @Nullable String prompt,
    List<PlannedStatement> statements,
    @Nullable Observation observation,
    List<PlannedBlock> blocks,
    List<Finding> findings) {

  public PlannedItem {
    Objects.requireNonNull(resolution);
    statements = List.copyOf(statements);
    blocks = List.copyOf(blocks);
    findings = List.copyOf(findings);
  }

  /** Returns the same item with the steps inside it. */
  PlannedItem with(List<PlannedBlock> inside) {
    return new PlannedItem(label, resolution, prompt, statements, observation, inside, findings);
  }

  /** Returns the same item with more that a reviewer should know. */
  PlannedItem remarked(List<Finding> more) {
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(more);
    return new PlannedItem(label, resolution, prompt, statements, observation, blocks, all);
  }

  /** Returns the statements that a run would execute, so not those that are only asked. */
  public List<PlannedStatement> executed() {
    return statements.stream().filter(s -> s.purpose().isExecuted()).toList();
  }
}
