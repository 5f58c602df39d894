package dev.pgrunbook.render;

import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.PlanSummary;
import dev.pgrunbook.plan.PlannedStep;
import dev.pgrunbook.plan.PlannedTarget;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans as an operator reads them on a terminal: where, what, and what to look at twice. */
public final class PlanText implements PlanRenderer {

  private static final int DIGEST = 12;

  private final Theme theme;
  private final Glyphs glyphs;
  private final int columns;
  private final boolean verbose;

  /**
   * Writes for a terminal or a file.
   *
   * @param columns how wide a line may be
   * @param verbose whether all SQL and all rows are told
   */
  public PlanText(Theme theme, Glyphs glyphs, int columns, boolean verbose) {
    this.theme = theme;
    this.glyphs = glyphs;
    this.columns = columns;
    this.verbose = verbose;
  }

  @Override
  public String render(List<Plan> plans) {
    StringBuilder text = new StringBuilder();
    for (Plan plan : plans) {
      text.append(text.length() == 0 ? "" : "\n\n");
      lines(plan).forEach(line -> text.append(line.stripTrailing()).append('\n'));
    }
    return text.toString();
  }

  private List<String> lines(Plan plan) {
    List<String> lines = new ArrayList<>(header(plan));
    PlannedStepText steps = new PlannedStepText(theme, glyphs, columns, verbose, plan);
    addBlock(lines, null, plan.steps(), steps);
    addBlock(lines, "Only if a step has failed", plan.onFailure(), steps);
    addBlock(lines, "Whenever the run ends", plan.finallySteps(), steps);
    lines.add("");
    lines.addAll(summary(plan));
    return lines;
  }

  private List<String> header(Plan plan) {
    List<String> lines = new ArrayList<>();
    String name = DisplayText.line(plan.runbook().name() + " " + plan.runbook().version());
    String kind = plan.connected() ? "plan " : "offline plan ";
    lines.add(
        theme.paint(Role.HEADING, name)
            + theme.paint(Role.DIM, "   " + kind + plan.digest().substring(0, DIGEST)));
    DisplayText.wrap(DisplayText.line(plan.runbook().title()), columns).forEach(lines::add);
    lines.add("");
    int widest = 0;
    for (PlannedTarget target : plan.targets()) {
      widest = Math.max(widest, DisplayText.width(target.role()));
    }
    for (Parameter parameter : plan.runbook().parameters()) {
      widest = Math.max(widest, DisplayText.width(parameter.name()));
    }
    for (PlannedTarget target : plan.targets()) {
      lines.addAll(entry(target.role(), widest, where(target)));
    }
    for (Parameter parameter : plan.runbook().parameters()) {
      Value value = plan.arguments().getOrDefault(parameter.name(), Value.none());
      String shown = value.isNull() ? "null" : value.display();
      lines.addAll(entry(parameter.name(), widest, DisplayText.line(shown)));
    }
    return lines;
  }

  private static String where(PlannedTarget target) {
    if (target.display() == null) {
      return target.description() == null ? "" : DisplayText.line(target.description());
    }
    StringBuilder text = new StringBuilder(DisplayText.line(target.display()));
    if (target.serverVersion() != null) {
      text.append(", PostgreSQL ").append(DisplayText.line(target.serverVersion()));
    }
    text.append(target.standby() ? ", a standby" : "");
    return text.append(target.isProtected() ? ", protected" : "").toString();
  }

  private List<String> entry(String name, int widest, String text) {
    List<String> lines = new ArrayList<>();
    String start = theme.paint(Role.DIM, DisplayText.pad("  " + name, widest + 4));
    for (String piece : DisplayText.wrap(text, columns - widest - 4)) {
      lines.add(start + piece);
      start = " ".repeat(widest + 4);
    }
    return lines;
  }

  private void addBlock(
      List<String> lines,
      @Nullable String heading,
      List<PlannedStep> steps,
      PlannedStepText texts) {
    if (steps.isEmpty()) {
      return;
    }
    lines.add("");
    if (heading != null) {
      lines.add(theme.paint(Role.HEADING, heading));
      lines.add("");
    }
    steps.forEach(step -> lines.addAll(texts.lines(step, 0)));
  }

  private List<String> summary(Plan plan) {
    PlanSummary summary = PlanSummary.of(plan);
    List<String> parts = new ArrayList<>();
    parts.add(Quantities.count(summary.statements(), "statement") + " known");
    PlanWords.onlyIf(plan).ifPresent(parts::add);
    if (summary.destructive() > 0) {
      parts.add(theme.paint(Role.BAD, summary.destructive() + " destructive"));
    }
    if (summary.deferred() > 0) {
      parts.add(Quantities.count(summary.deferred(), "step") + " known when running");
    }
    if (summary.skipped() > 0) {
      parts.add(summary.skipped() + " skipped");
    }
    if (summary.errors() > 0) {
      parts.add(theme.paint(Role.ERROR, Quantities.count(summary.errors(), "error")));
    }
    if (summary.warnings() > 0) {
      parts.add(theme.paint(Role.WARNING, Quantities.count(summary.warnings(), "warning")));
    }
    List<String> lines = new ArrayList<>();
    lines.add(String.join(theme.paint(Role.DIM, ", "), parts));
    if (summary.strongestLock() != null) {
      String on = DisplayText.line(String.join(", ", summary.lockedRelations()));
      String lock = "strongest lock: " + summary.strongestLock() + " on " + on;
      DisplayText.wrap(lock, columns).forEach(line -> lines.add(theme.paint(Role.DIM, line)));
    }
    return lines;
  }
}
