package dev.pgrunbook.model;

import dev.pgrunbook.sql.SqlTemplate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One step of a runbook. */
public sealed interface Step
    permits QueryStep,
        SqlStep,
        GenerateStep,
        CheckStep,
        GateStep,
        ProbeStep,
        ManualStep,
        WaitStep,
        GroupStep {

  /** Returns what every kind of step may say. */
  StepHeader header();

  /** Returns the key that names the kind in files. */
  String kind();

  /** Returns the step's id, unique in its runbook. */
  default String id() {
    return header().id();
  }

  /** Returns the role of the database it works on, or null. */
  default @Nullable String target() {
    return header().target();
  }

  /** Returns the steps that it holds, in the order of the file. */
  default List<Step> nestedSteps() {
    return header().onTimeout();
  }

  /** Returns the SQL that reverts what the step has done, or null. */
  default @Nullable SqlTemplate undo() {
    return null;
  }

  /** Returns what the step saves, or null. */
  default @Nullable Save save() {
    return null;
  }

  /** Returns the variables that it and the steps inside it save or ask for. */
  default Set<String> variables() {
    Set<String> variables = new LinkedHashSet<>();
    Save save = save();
    if (save != null) {
      variables.addAll(save.variables());
    }
    nestedSteps().forEach(step -> variables.addAll(step.variables()));
    return variables;
  }
}
