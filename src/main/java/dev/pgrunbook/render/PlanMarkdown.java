package dev.pgrunbook.render;

import static dev.pgrunbook.render.MarkdownText.code;
import static dev.pgrunbook.render.MarkdownText.html;
import static dev.pgrunbook.render.MarkdownText.plain;

import dev.pgrunbook.plan.Finding;
import dev.pgrunbook.plan.Finding.Severity;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.Plan.Located;
import dev.pgrunbook.plan.PlanSummary;
import dev.pgrunbook.plan.PlannedStep;
import dev.pgrunbook.plan.PlannedTarget;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Plans as Markdown for a comment of a pull request: a table first, then what a reviewer unfolds.
 *
 * <p>It stays under the length that forges take in a comment. What has no room is counted, and is
 * in the other forms of the same plan.
 */
public final class PlanMarkdown implements PlanRenderer {

  /** Stands first, unseen, so that the next push finds the comment and replaces it. */
  public static final String MARKER = "<!-- pgrunbook plan -->";

  /** GitHub takes 65,536 characters; a workflow may add some of its own. */
  static final int LONGEST = 60_000;

  private static final int MOST_RUNBOOKS = 100;
  private static final int MOST_FINDINGS = 20;
  private static final int LONGEST_VALUE = 300;

  /** How much of a plan is told, the most first. */
  private static final List<PlannedStepMarkdown.Limits> LIMITS =
      List.of(
          new PlannedStepMarkdown.Limits(200, 100, 20_000),
          new PlannedStepMarkdown.Limits(50, 25, 4_000),
          new PlannedStepMarkdown.Limits(20, 10, 1_500),
          new PlannedStepMarkdown.Limits(5, 3, 600),
          new PlannedStepMarkdown.Limits(2, 2, 200),
          new PlannedStepMarkdown.Limits(1, 0, 0));

  @Override
  public String render(List<Plan> plans) {
    String text = "";
    for (PlannedStepMarkdown.Limits limits : LIMITS) {
      text = render(plans, limits);
      if (text.length() <= LONGEST) {
        return text;
      }
    }
    return shortest(plans);
  }

  private static String render(List<Plan> plans, PlannedStepMarkdown.Limits limits) {
    StringBuilder out = new StringBuilder(head(plans));
    for (Plan plan : plans) {
      if (out.length() > LONGEST) {
        break;
      }
      out.append(document(plan, limits));
    }
    return out.toString();
  }

  /** The table alone, as far as it fits. */
  private static String shortest(List<Plan> plans) {
    String rest = "\nThe steps have no room in a comment: see the plan as HTML or JSON.\n";
    String head = head(plans);
    int end = head.length();
    while (end > LONGEST - rest.length()) {
      end = head.lastIndexOf('\n', end - 1);
    }
    return head.substring(0, end) + "\n" + rest;
  }

  private static String head(List<Plan> plans) {
    StringBuilder out = new StringBuilder(MARKER + "\n");
    String what = plans.size() == 1 ? "Plan" : "Plan of " + plans.size() + " runbooks";
    out.append("### ").append(what).append("\n\n");
    if (plans.isEmpty()) {
      return out.append("No runbook is changed.\n").toString();
    }
    out.append("| runbook | targets | statements | strongest lock | destructive | rows | |\n");
    out.append("|---|---|---:|---|---:|---:|---|\n");
    for (Plan plan : plans.subList(0, Math.min(MOST_RUNBOOKS, plans.size()))) {
      out.append(row(plan));
    }
    if (plans.size() > MOST_RUNBOOKS) {
      out.append("\n… and ").append(plans.size() - MOST_RUNBOOKS).append(" more runbooks.\n");
    }
    return out.toString();
  }

  private static String row(Plan plan) {
    PlanSummary summary = PlanSummary.of(plan);
    List<String> targets = new ArrayList<>();
    for (PlannedTarget target : plan.targets()) {
      String where = target.display() == null ? "" : " " + code(target.display());
      targets.add(plain(target.role()) + where);
    }
    String lock = summary.strongestLock();
    return "| "
        + String.join(
            " | ",
            plain(plan.runbook().name()) + " " + plain(plan.runbook().version()),
            String.join("<br>", targets),
            PlanWords.statements(plan),
            lock == null ? "none" : lock + " on " + code(PlanWords.lockedRelations(summary)),
            summary.destructive() == 0 ? "0" : "**" + summary.destructive() + "**",
            PlanWords.rows(plan),
            verdict(summary))
        + " |\n";
  }

  private static String verdict(PlanSummary summary) {
    if (summary.errors() > 0) {
      return "❌ " + Quantities.count(summary.errors(), "error");
    }
    return summary.warnings() > 0
        ? "⚠️ " + Quantities.count(summary.warnings(), "warning")
        : "✅ no finding";
  }

  private static String document(Plan plan, PlannedStepMarkdown.Limits limits) {
    StringBuilder out = new StringBuilder("\n---\n\n#### ");
    out.append(plain(plan.runbook().title())).append("\n\n");
    out.append(code(plan.runbook().name() + " " + plan.runbook().version())).append(" · ");
    out.append(PlanWords.headline(plan)).append("\n\n");
    if (!plan.connected()) {
      out.append("Planned without a database: what depends on one is known when running.\n\n");
    }
    findings(plan, Severity.ERROR, "CAUTION", out);
    findings(plan, Severity.WARNING, "WARNING", out);
    inputs(plan, out);
    out.append(PlanFlow.of(plan));
    PlannedStepMarkdown steps = new PlannedStepMarkdown(limits, out);
    steps.addAll(plan.steps());
    block("Only if a step has failed", plan.onFailure(), steps, out);
    block("Whenever the run ends", plan.finallySteps(), steps, out);
    out.append("\nplan digest ").append(code(plan.digest())).append('\n');
    return out.toString();
  }

  private static void block(
      String title, List<PlannedStep> planned, PlannedStepMarkdown steps, StringBuilder out) {
    if (!planned.isEmpty()) {
      out.append("\n**").append(title).append("**\n\n");
      steps.addAll(planned);
    }
  }

  private static void findings(Plan plan, Severity severity, String alert, StringBuilder out) {
    List<Located> all =
        plan.findings().stream().filter(f -> f.finding().severity() == severity).toList();
    if (all.isEmpty()) {
      return;
    }
    out.append("> [!").append(alert).append("]\n");
    for (Located located : all.subList(0, Math.min(MOST_FINDINGS, all.size()))) {
      String item = located.item() == null ? "" : " (" + located.item() + ")";
      Finding finding = located.finding();
      out.append("> - **").append(plain(located.step().step().id() + item)).append("**: ");
      out.append(plain(PlanWords.finding(finding))).append('\n');
    }
    if (all.size() > MOST_FINDINGS) {
      out.append("> - … and ").append(all.size() - MOST_FINDINGS).append(" more\n");
    }
    out.append('\n');
  }

  private static void inputs(Plan plan, StringBuilder out) {
    if (plan.arguments().isEmpty() && plan.targets().isEmpty()) {
      return;
    }
    out.append("<details><summary>Targets and parameters</summary>\n\n");
    for (PlannedTarget target : plan.targets()) {
      String where = PlanWords.target(target);
      out.append("- ").append(plain(target.role()));
      out.append(where.isEmpty() ? "" : ": " + plain(where)).append('\n');
    }
    for (Map.Entry<String, Value> argument : plan.arguments().entrySet()) {
      Value value = argument.getValue();
      String text = value.isNull() ? "null" : value.display();
      String shown =
          text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + " …";
      out.append("- ").append(plain(argument.getKey())).append(" = ");
      out.append(code(shown)).append('\n');
    }
    out.append("\n</details>\n\n");
  }

  /** Returns a summary's line, in HTML. */
  static String summary(PlannedStep step) {
    StringBuilder line = new StringBuilder();
    line.append("<code>").append(step.number()).append("</code> <b>");
    line.append(html(step.step().id())).append("</b> ");
    List<String> facts = PlanWords.facts(step);
    line.append(html(PlanWords.title(step)));
    for (String fact : facts) {
      line.append(" · ").append(html(fact));
    }
    return line.toString();
  }
}
