package dev.pgrunbook.render;

import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.PlanSummary;
import dev.pgrunbook.plan.PlannedStep;
import dev.pgrunbook.plan.PlannedTarget;
import dev.pgrunbook.render.EffectText.Part;
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
      text.append(", PostgreSQL ");
      text.append(DisplayText.line(PlanWords.version(target.serverVersion())));
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
    List<Part> parts = new ArrayList<>();
    String known = Quantities.count(summary.statements(), "statement") + " known";
    parts.add(new Part(known, Role.HEADING));
    PlanWords.onlyIf(plan).ifPresent(part -> parts.add(new Part(part, Role.DIM)));
    if (summary.destructive() > 0) {
      parts.add(new Part(summary.destructive() + " destructive", Role.BAD));
    }
    if (summary.deferred() > 0) {
      String later = Quantities.count(summary.deferred(), "step") + " known when running";
      parts.add(new Part(later, Role.DIM));
    }
    if (summary.skipped() > 0) {
      parts.add(new Part(summary.skipped() + " skipped", Role.DIM));
    }
    if (summary.errors() > 0) {
      parts.add(new Part(Quantities.count(summary.errors(), "error"), Role.ERROR));
    }
    if (summary.warnings() > 0) {
      parts.add(new Part(Quantities.count(summary.warnings(), "warning"), Role.WARNING));
    }
    List<String> lines = new ArrayList<>(joined(parts));
    if (summary.strongestLock() != null) {
      String on = DisplayText.line(String.join(", ", summary.lockedRelations()));
      String lock = "strongest lock: " + summary.strongestLock() + " on " + on;
      DisplayText.wrap(lock, columns).forEach(line -> lines.add(theme.paint(Role.DIM, line)));
    }
    return lines;
  }

  /** Returns parts with commas between them, as many on a line as fit. */
  private List<String> joined(List<Part> parts) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      String comma = i < parts.size() - 1 ? "," : "";
      int width = DisplayText.width(part.text() + comma);
      if (used > 0 && used + 1 + width > columns) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
      }
      line.append(used == 0 ? "" : " ");
      line.append(theme.paint(part.role(), part.text())).append(theme.paint(Role.DIM, comma));
      used += width + (used == 0 ? 0 : 1);
    }
    lines.add(line.toString());
    return lines;
  }
}
