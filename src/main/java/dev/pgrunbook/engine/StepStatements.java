package dev.pgrunbook.engine;

import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.plan.ExpandedStatement;
import java.util.List;

/**
 * The statements that an execution of a step carries out, as people read them.
 *
 * @param displays each, secrets masked; empty when they are not known yet
 */
record StepStatements(List<String> displays) {

  StepStatements {
    displays = List.copyOf(displays);
  }

  static StepStatements of(StepRun run) {
    if (run.step() instanceof SqlStep step) {
      return new StepStatements(
          run.context().expander().expand(step.sql(), run.scope()).stream()
              .map(ExpandedStatement::display)
              .toList());
    }
    GeneratedStatements approved =
        run.step() instanceof GenerateStep ? GenerateExecutor.approvedBefore(run) : null;
    return new StepStatements(
        approved == null ? List.of() : approved.statements().stream().map(Generated::sql).toList());
  }

  /** Returns whether these are the last of them, so that nothing of the step comes after. */
  boolean endsWith(List<Integer> indexes) {
    return indexes.contains(displays.size());
  }

  /** Returns the texts of some, counted from one. */
  List<String> texts(List<Integer> indexes) {
    return indexes.stream()
        .filter(index -> index <= displays.size())
        .map(index -> displays.get(index - 1))
        .toList();
  }
}
