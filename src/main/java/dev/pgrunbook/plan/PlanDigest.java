package dev.pgrunbook.plan;

import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.value.ValueJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The digest of what a plan does: the runbook, the arguments, the databases and every statement
 * that would be executed, as far as they are known.
 *
 * <p>Facts do not count: neither sizes nor the rows of queries, nor what a server's version is.
 * Statements that only read count as the runbook writes them, for the values that they are sent
 * with come from rows. A secret's value does not count.
 */
public final class PlanDigest {

  private final StringBuilder form = new StringBuilder();

  private PlanDigest() {}

  /** Returns the SHA-256 of a plan, in hexadecimal. */
  public static String of(Plan plan) {
    PlanDigest digest = new PlanDigest();
    digest.add("plan 1");
    digest.add(plan.connected() ? "connected" : "offline");
    digest.add(RunbookDigest.of(plan.runbook()));
    plan.arguments().forEach((name, value) -> digest.add(name, ValueJson.write(value)));
    plan.targets().forEach(target -> digest.add(target.role(), target.display()));
    digest.addAll("steps", plan.steps());
    digest.addAll("onFailure", plan.onFailure());
    digest.addAll("finally", plan.finallySteps());
    return RunbookDigest.sha256(digest.form.toString());
  }

  /** Returns the SHA-256 of what one step does, with all that it holds. */
  public static String of(PlannedStep step) {
    PlanDigest digest = new PlanDigest();
    digest.add(step);
    return RunbookDigest.sha256(digest.form.toString());
  }

  private void addAll(String block, List<PlannedStep> steps) {
    add(block, String.valueOf(steps.size()));
    steps.forEach(this::add);
  }

  private void add(PlannedStep step) {
    add(step.step().id(), step.resolution().word());
    add(String.valueOf(step.items().size()));
    for (PlannedItem item : step.items()) {
      add(item.label(), item.resolution().word());
      add(item.prompt());
      add(String.valueOf(item.statements().size()));
      item.statements().forEach(this::add);
      item.blocks().forEach(block -> addAll(block.kind().key(), block.steps()));
    }
  }

  private void add(PlannedStatement statement) {
    add(statement.purpose().word(), statement.target());
    add(statement.purpose().isExecuted() ? statement.display() : statement.template());
  }

  /** Lengths before texts: no text can pass for the structure around it. */
  private void add(@Nullable String... texts) {
    for (String text : texts) {
      form.append(text == null ? "-" : text.length() + ":" + text);
    }
    form.append('\n');
  }
}
