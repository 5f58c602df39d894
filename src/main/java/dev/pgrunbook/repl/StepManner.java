package dev.pgrunbook.repl;

import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.model.GateStep;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.QueryStep;
import dev.pgrunbook.model.RetryPolicy;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.StepHeader;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.model.WaitStep;
import dev.pgrunbook.plan.RunScope;
import dev.pgrunbook.render.Labelled;
import dev.pgrunbook.render.PlanWords;
import dev.pgrunbook.render.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** How a step does what it does, for people. */
final class StepManner {

  private final RunScope scope;

  StepManner(RunScope scope) {
    this.scope = scope;
  }

  /** Adds what the SQL alone does not tell. */
  void tell(Labelled facts, Step step) {
    StepHeader header = step.header();
    facts.add("does", does(step));
    String sideBySide = PlanWords.sideBySide(step);
    if (sideBySide != null) {
      facts.add("at once", sideBySide + " in a run, and in a session one after the other");
    }
    if (step instanceof ManualStep manual) {
      facts.add("asks", asked(manual.ask()));
    }
    if (header.confirm() != null) {
      facts.add("asks", StepScreen.filled(header.confirm(), scope));
    }
    facts.add("limits", limits(header));
    if (header.unless() != null) {
      facts.add("unless", header.unless().text());
    }
    if (header.verify() != null) {
      facts.add("verify", header.verify().text());
    }
  }

  /** Returns what a step wants to know, for people. */
  static String asked(Map<String, ParameterType> ask) {
    StringJoiner asked = new StringJoiner(", ");
    ask.forEach((name, type) -> asked.add(name + " (" + type.word() + ")"));
    return asked.toString();
  }

  private String does(Step step) {
    if (step instanceof QueryStep query) {
      return "reads" + saves(query);
    } else if (step instanceof SqlStep sql) {
      return transactions(sql.sql().statements().size(), sql.transaction()) + saves(sql);
    } else if (step instanceof GenerateStep generate) {
      return generates(generate);
    } else if (step instanceof CheckStep check) {
      return "checks that the rows are what they must be: "
          + switch (check.expect()) {
            case TRUE -> "one, whose first column is true";
            case EMPTY -> "none";
            case NON_EMPTY -> "one or more";
          };
    } else if (step instanceof GateStep gate) {
      return "asks: " + StepScreen.filled(gate.gate(), scope);
    } else if (step instanceof ManualStep manual) {
      return "by hand: " + StepScreen.filled(manual.manual(), scope);
    } else if (step instanceof ProbeStep probe) {
      return "asks every " + length(probe.every()) + " until " + probe.until().text();
    } else if (step instanceof WaitStep wait) {
      return "waits " + waits(wait);
    } else if (step instanceof GroupStep group) {
      return "holds " + Quantities.count(group.steps().size(), "step");
    }
    throw new AssertionError(step);
  }

  private static String saves(Step step) {
    return step.save() == null ? "" : ", saves " + String.join(", ", step.save().variables());
  }

  private static String generates(GenerateStep generate) {
    String rounds = generate.stages() == 1 ? "" : " in " + generate.stages() + " rounds";
    return "generates statements"
        + rounds
        + ", review: "
        + generate.review().word()
        + "; runs them "
        + switch (generate.transaction()) {
          case SINGLE -> "in one transaction";
          case EACH -> "each in its own transaction";
          case NONE -> "outside a transaction block";
        };
  }

  private static String transactions(int count, TransactionMode mode) {
    return Quantities.count(count, "statement")
        + switch (mode) {
          case SINGLE -> count == 1 ? " in a transaction" : " in one transaction: all or nothing";
          case EACH -> count == 1 ? " in a transaction" : ", each in its own transaction";
          case NONE -> " outside a transaction block";
        };
  }

  private static String waits(WaitStep wait) {
    if (wait.end() instanceof WaitStep.AfterDuration after) {
      return length(after.duration());
    } else if (wait.end() instanceof WaitStep.AtTimeOfDay at) {
      return "until " + at.time() + " " + at.zone();
    }
    WaitStep.AtDateTime at = (WaitStep.AtDateTime) wait.end();
    return "until " + at.dateTime() + " " + at.zone();
  }

  private static String limits(StepHeader header) {
    List<String> limits = new ArrayList<>();
    if (header.lockTimeout() != null) {
      limits.add("waits " + length(header.lockTimeout()) + " for a lock");
    }
    if (header.timeout() != null) {
      limits.add("takes " + length(header.timeout()) + " at most");
    }
    RetryPolicy retry = header.retry();
    if (retry != null) {
      limits.add("tried " + retry.attempts() + " times at most");
    }
    return String.join(", ", limits);
  }

  private static String length(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? Quantities.roughDuration(duration)
        : Quantities.duration(duration);
  }
}
