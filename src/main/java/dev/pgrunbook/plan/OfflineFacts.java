package dev.pgrunbook.plan;

import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.sql.StatementEffects;
import java.util.List;

/**
 * There is no database to ask.
 *
 * @param grammarJudges whether what a statement says is looked at all the same
 */
record OfflineFacts(Runbook runbook, boolean grammarJudges) implements Facts {

  @Override
  public boolean connected() {
    return false;
  }

  @Override
  public List<PlannedTarget> targets() {
    return runbook.targets().stream()
        .map(
            target ->
                new PlannedTarget(
                    target.role(),
                    target.description(),
                    null,
                    null,
                    null,
                    false,
                    false,
                    target.readOnly()))
        .toList();
  }

  @Override
  public Reading read(String role, ExpandedStatement statement, RunScope scope, int maxRows) {
    return new Reading.NotRun("the plan was made without a database");
  }

  @Override
  public StatementEffects refine(
      String role, ExpandedStatement statement, StatementEffects effects) {
    return effects;
  }

  @Override
  public Examination examine(String role, ExpandedStatement statement) {
    return Examination.NOTHING;
  }
}
