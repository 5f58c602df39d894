package dev.pgrunbook.render;

import dev.pgrunbook.plan.Finding.Severity;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.Plan.Located;
import dev.pgrunbook.plan.PlanSummary;
import dev.pgrunbook.plan.PlannedStep;
import dev.pgrunbook.plan.PlannedTarget;
import dev.pgrunbook.value.Value;
import java.util.List;

/** Plans as one HTML file that needs nothing else. */
public final class PlanHtml implements PlanRenderer {

  private static final String SHEET = "plan.css";
  private static final int LONGEST_VALUE = 4_000;

  @Override
  public String render(List<Plan> plans) {
    Markup page = HtmlPage.begin(title(plans), SHEET);
    if (plans.size() != 1) {
      page.open("header").element("h1", title(plans)).closeLine();
      page.open("main");
      overview(plans, page);
    } else {
      page.open("main");
    }
    int number = 0;
    for (Plan plan : plans) {
      number++;
      page.open("article", "id", "plan-" + number);
      plan(plan, number, plans.size() == 1 ? 1 : 2, page);
      page.closeLine();
    }
    page.closeLine();
    page.close().closeLine();
    return page.document();
  }

  private static String title(List<Plan> plans) {
    if (plans.size() != 1) {
      return "Plan of " + Quantities.count(plans.size(), "runbook");
    }
    return "Plan: " + plans.get(0).runbook().name() + " " + plans.get(0).runbook().version();
  }

  private static void overview(List<Plan> plans, Markup page) {
    page.open("table", "class", "stacked").open("thead").open("tr");
    for (String head :
        List.of("runbook", "statements", "strongest lock", "destructive", "rows", "findings")) {
      page.element("th", head, "scope", "col");
    }
    page.close().close().open("tbody");
    int number = 0;
    for (Plan plan : plans) {
      number++;
      PlanSummary summary = PlanSummary.of(plan);
      page.open("tr").open("td", "data-label", "runbook");
      page.element("a", plan.runbook().name(), "href", "#plan-" + number);
      page.text(" " + plan.runbook().version()).close();
      page.element("td", PlanWords.statements(plan), "data-label", "statements");
      page.element("td", lock(summary), "data-label", "strongest lock");
      page.element("td", Quantities.count(summary.destructive()), "data-label", "destructive");
      page.element("td", PlanWords.rows(plan), "data-label", "rows");
      page.element("td", findings(summary), "data-label", "findings").closeLine();
    }
    page.close().closeLine();
  }

  private static String findings(PlanSummary summary) {
    if (summary.errors() + summary.warnings() == 0) {
      return "none";
    }
    return Quantities.count(summary.errors(), "error")
        + ", "
        + Quantities.count(summary.warnings(), "warning");
  }

  private static String lock(PlanSummary summary) {
    return summary.strongestLock() == null
        ? "none"
        : summary.strongestLock() + " on " + PlanWords.lockedRelations(summary);
  }

  /** Headings leave out no level, whether the plan is the page or a part of it. */
  private static void plan(Plan plan, int number, int level, Markup page) {
    PlanSummary summary = PlanSummary.of(plan);
    String state =
        summary.errors() > 0
            ? "failed"
            : summary.destructive() + summary.warnings() > 0 ? "ask" : "done";
    page.open("header", "class", "top " + state);
    String kind = plan.connected() ? "plan" : "offline plan";
    page.open("p", "class", "status").element("span", kind).text(" ");
    page.element("span", PlanWords.headline(plan), "class", "headline").close();
    page.element("h" + level, plan.runbook().title(), "class", "plan");
    page.open("p", "class", "dim");
    page.text(plan.runbook().name() + " " + plan.runbook().version() + " · digest ");
    page.element("code", PlanWords.shortDigest(plan.digest()), "title", plan.digest()).close();
    page.open("dl", "class", "facts");
    HtmlPage.fact(page, "statements", PlanWords.statements(plan));
    HtmlPage.fact(page, "destructive", Quantities.count(summary.destructive()));
    HtmlPage.fact(page, "strongest lock", lock(summary));
    HtmlPage.fact(page, "rows behind locks", PlanWords.rows(plan));
    page.close().closeLine();
    toLookAt(plan, number, level, page);
    PlannedStepHtml steps = new PlannedStepHtml(page, number, level + 2);
    steps(steps, level, "Steps", plan.steps(), page);
    steps(steps, level, "Only if a step has failed", plan.onFailure(), page);
    steps(steps, level, "Whenever the run ends", plan.finallySteps(), page);
    targets(plan, level, page);
    arguments(plan, level, page);
  }

  private static void toLookAt(Plan plan, int number, int level, Markup page) {
    List<Located> findings =
        plan.findings().stream()
            .filter(located -> located.finding().severity() != Severity.NOTE)
            .sorted((a, b) -> a.finding().severity().compareTo(b.finding().severity()))
            .toList();
    if (findings.isEmpty()) {
      return;
    }
    section("What to look at", level, page);
    page.open("ul");
    for (Located located : findings) {
      String item = located.item() == null ? "" : " (" + located.item() + ")";
      String severity = located.finding().severity().word();
      page.open("li").element("span", severity, "class", "mark " + severity).text(" ");
      String anchor = "#" + PlannedStepHtml.anchor(number, located.step());
      page.element("a", located.step().step().id() + item, "href", anchor).text(" ");
      page.text(PlanWords.finding(located.finding())).closeLine();
    }
    page.close().closeLine();
  }

  private static void steps(
      PlannedStepHtml steps, int level, String title, List<PlannedStep> planned, Markup page) {
    if (!planned.isEmpty()) {
      section(title, level, page);
      steps.addAll(planned);
      page.closeLine();
    }
  }

  private static void section(String title, int planLevel, Markup page) {
    page.open("section").element("h" + (planLevel + 1), title, "class", "section");
  }

  private static void targets(Plan plan, int level, Markup page) {
    if (!plan.targets().isEmpty()) {
      section("Targets", level, page);
      page.open("dl", "class", "named");
      for (PlannedTarget target : plan.targets()) {
        page.element("dt", target.role()).element("dd", PlanWords.target(target));
      }
      page.close().closeLine();
    }
  }

  private static void arguments(Plan plan, int level, Markup page) {
    if (!plan.arguments().isEmpty()) {
      section("Parameters", level, page);
      page.open("dl", "class", "named");
      plan.arguments()
          .forEach((name, value) -> page.element("dt", name).element("dd", shown(value)));
      page.close().closeLine();
    }
  }

  private static String shown(Value value) {
    String text = value.isNull() ? "null" : value.display();
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + " …";
  }
}
