package dev.pgrunbook.loader;

import dev.pgrunbook.model.GateStep;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.ReviewMode;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.TargetRole;
import dev.pgrunbook.sql.SqlStatement;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.syntax.MappingNode;
import java.util.List;
import java.util.Map;

/** What an experienced reader would remark on in a sound runbook. */
final class Lint {

  private final BindingContext context;

  /** Whether some step before has asked somebody to go on. */
  private boolean gated;

  Lint(BindingContext context) {
    this.context = context;
  }

  void check(
      Runbook runbook,
      VariableScope scope,
      Map<String, MappingNode.Entry> parameters,
      Map<String, MappingNode.Entry> targets) {
    for (Parameter parameter : runbook.parameters()) {
      MappingNode.Entry entry = parameters.get(parameter.name());
      boolean used =
          scope.used().contains(parameter.name()) || context.sql().readsSetting(parameter.name());
      if (!used && entry != null) {
        String message = "the parameter \"" + parameter.name() + "\" is never used";
        report(RunbookRule.UNUSED_PARAMETER, entry, message);
      }
    }
    for (TargetRole role : runbook.targets()) {
      MappingNode.Entry entry = targets.get(role.role());
      if (!context.targets().isUsed(role.role()) && entry != null) {
        report(
            RunbookRule.UNUSED_TARGET, entry, "the target \"" + role.role() + "\" is never used");
      }
    }
    checkGates(runbook.steps(), false);
    checkGates(runbook.onFailure(), false);
    checkGates(runbook.finallySteps(), false);
  }

  private void report(RunbookRule rule, MappingNode.Entry entry, String message) {
    context.findings().add(rule.at(entry.key().span(), message));
  }

  private void checkGates(List<Step> steps, boolean confirmed) {
    for (Step step : steps) {
      boolean asked = confirmed || step.header().confirm() != null;
      if (step instanceof SqlStep sql && !asked && !gated) {
        checkStatements(sql);
      }
      checkGates(step.nestedSteps(), asked);
      gated |= asksSomebody(step);
    }
  }

  private static boolean asksSomebody(Step step) {
    return step instanceof GateStep
        || step instanceof GenerateStep generate && generate.review() == ReviewMode.REQUIRED;
  }

  private void checkStatements(SqlStep step) {
    for (SqlStatement statement : step.sql().statements()) {
      StatementAnalysis analysis = statement.analysis();
      if (analysis.destructive()) {
        String message =
            "this step " + String.join(", ", analysis.dangers()) + ", and nobody is asked before";
        context
            .findings()
            .add(
                RunbookRule.UNGATED_DESTRUCTION
                    .at(context.ids().get(step.id()), message)
                    .withHint("add \"confirm: …\" to the step, or a gate before it"));
        return;
      }
    }
  }
}
