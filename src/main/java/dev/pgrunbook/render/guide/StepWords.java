package dev.pgrunbook.render.guide;

import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.model.GateStep;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.QueryStep;
import dev.pgrunbook.model.RetryPolicy;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.model.WaitStep;
import dev.pgrunbook.render.Quantities;

/** What steps do, in sentences. */
final class StepWords {

  private StepWords() {}

  /** Returns what a step does, in a sentence. */
  static String does(Step step) {
    String on = step.target() == null ? "" : " on " + step.target();
    if (step instanceof QueryStep query) {
      String keeps = query.save() == null ? "shows what it returns" : "keeps what it returns";
      return "Asks" + on + " and " + keeps + ".";
    } else if (step instanceof SqlStep sql) {
      return "Runs" + on + transaction(sql.transaction(), sql.sql().statements().size()) + ".";
    } else if (step instanceof GenerateStep generate) {
      return generates(generate, on);
    } else if (step instanceof CheckStep check) {
      return "Checks" + on + "; the run stops here unless " + expects(check) + ".";
    } else if (step instanceof GateStep gate) {
      String people = gate.approvals() == 1 ? "somebody" : gate.approvals() + " other people";
      return "Waits until " + people + (gate.approvals() == 1 ? " approves." : " approve.");
    } else if (step instanceof ProbeStep probe) {
      String every = Quantities.roughDuration(probe.every());
      return "Looks at " + String.join(" and ", probe.sources().keySet()) + " every " + every + ".";
    } else if (step instanceof ManualStep) {
      return "Somebody does this elsewhere, and says so.";
    } else if (step instanceof WaitStep wait) {
      return waits(wait);
    } else if (step instanceof GroupStep) {
      return "Steps that belong together.";
    }
    throw new AssertionError(step);
  }

  private static String transaction(TransactionMode mode, int statements) {
    return switch (mode) {
      case SINGLE -> ", all in one transaction";
      case EACH -> statements > 1 ? ", each statement in a transaction of its own" : "";
      case NONE -> ", outside a transaction block";
    };
  }

  private static String generates(GenerateStep step, String on) {
    String rounds = step.stages() == 1 ? "" : " in " + step.stages() + " rounds";
    String executed = step.executionTarget() == null ? "" : " on " + step.executionTarget();
    String reviewed =
        switch (step.review()) {
          case REQUIRED -> "shows them, and once they were reviewed and approved runs them";
          case WHEN_DESTRUCTIVE -> "runs them, those that destroy something only after a review,";
          case NONE -> "runs them";
        };
    String transaction = transaction(step.transaction(), 2);
    return "Generates statements" + on + rounds + ", " + reviewed + executed + transaction + ".";
  }

  private static String expects(CheckStep check) {
    return switch (check.expect()) {
      case TRUE -> "the first column is true";
      case EMPTY -> "no row comes back";
      case NON_EMPTY -> "a row comes back";
    };
  }

  private static String waits(WaitStep step) {
    if (step.end() instanceof WaitStep.AfterDuration after) {
      return "Waits for " + Quantities.roughDuration(after.duration()) + ".";
    } else if (step.end() instanceof WaitStep.AtTimeOfDay at) {
      return "Waits until it is " + at.time() + " in " + at.zone() + ".";
    } else if (step.end() instanceof WaitStep.AtDateTime at) {
      return "Waits until " + at.dateTime() + " in " + at.zone() + ".";
    }
    throw new AssertionError(step.end());
  }

  /** Returns how often and after what a step is tried again. */
  static String retry(RetryPolicy retry) {
    String after = Quantities.roughDuration(retry.delay()) + " apart";
    String on = retry.on().isEmpty() ? "any error" : String.join(", ", retry.on());
    return "up to " + Quantities.count(retry.attempts(), "time") + ", " + after + ", after " + on;
  }
}
