package dev.pgrunbook.render;

import dev.pgrunbook.model.Documentation;
import dev.pgrunbook.plan.Finding;
import dev.pgrunbook.plan.Finding.Severity;
import dev.pgrunbook.plan.PlannedBlock;
import dev.pgrunbook.plan.PlannedItem;
import dev.pgrunbook.plan.PlannedStatement;
import dev.pgrunbook.plan.PlannedStep;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.plan.Resolution.Skipped;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Steps of a plan as parts of a page; open is what somebody should look at. */
final class PlannedStepHtml {

  private static final int MOST_STATEMENTS = 1_000;

  private final Markup page;
  private final int plan;
  private final String itemHeading;

  /**
   * @param plan the number of the plan on the page
   * @param level the level of the headings of items
   */
  PlannedStepHtml(Markup page, int plan, int level) {
    this.page = page;
    this.plan = plan;
    this.itemHeading = "h" + level;
  }

  /** Returns what a link to a step of the page's plan leads to. */
  static String anchor(int plan, PlannedStep step) {
    return "plan-" + plan + "-step-" + step.number();
  }

  void addAll(List<PlannedStep> steps) {
    steps.forEach(this::add);
  }

  private void add(PlannedStep step) {
    String open = isToLookAt(step) ? "" : null;
    page.open("details", "class", "step", "id", anchor(plan, step), "open", open);
    page.open("summary");
    page.element("span", step.number(), "class", "number");
    page.element("b", step.step().id());
    page.open("span", "class", "title").text(PlanWords.title(step)).close();
    page.open("span", "class", "marks");
    marks(step);
    page.close().closeLine();
    page.open("div", "class", "body");
    Documentation documentation = step.step().header().documentation();
    if (documentation.description() != null) {
      page.element("p", documentation.description().strip(), "class", "dim");
    }
    if (documentation.warning() != null) {
      page.element("p", documentation.warning().strip(), "class", "callout");
    }
    phrase(PlanWords.resolution(step.resolution()), "later");
    for (int i = 0; i < step.items().size(); i++) {
      item(step.items().get(i), i + 1);
    }
    page.close().closeLine();
  }

  private void marks(PlannedStep step) {
    mark(step.step().kind(), "kind");
    String target = step.step().target();
    if (target != null) {
      mark("on " + target, "kind");
    }
    if (step.onlyIf() != null) {
      mark(String.valueOf(PlanWords.onlyIf(step)), "later");
    }
    if (PlanWords.destructive(step) > 0) {
      mark(PlanWords.destructive(step) + " destructive", "error");
    }
    if (step.resolution() instanceof Deferred) {
      mark("known when running", "later");
    } else if (step.resolution() instanceof Skipped) {
      mark("skipped", "kind");
    }
    String sideBySide = PlanWords.sideBySide(step.step());
    if (sideBySide != null) {
      mark(sideBySide, "kind");
    }
    String asks = PlanWords.asks(step.step());
    if (asks != null) {
      mark(asks, "asks");
    }
    for (Severity severity : List.of(Severity.ERROR, Severity.WARNING)) {
      long count = findings(step).stream().filter(f -> f.severity() == severity).count();
      if (count > 0) {
        mark(Quantities.count(count, severity.word()), severity.word());
      }
    }
  }

  private void mark(String text, String kind) {
    page.element("span", text, "class", "mark " + kind).text(" ");
  }

  private static List<Finding> findings(PlannedStep step) {
    return step.items().stream()
        .flatMap(
            item ->
                Stream.concat(
                    item.findings().stream(),
                    item.statements().stream().flatMap(s -> s.findings().stream())))
        .toList();
  }

  private static boolean isToLookAt(PlannedStep step) {
    return PlanWords.destructive(step) > 0
        || findings(step).stream().anyMatch(f -> f.severity() != Severity.NOTE)
        || step.nested().stream().anyMatch(PlannedStepHtml::isToLookAt);
  }

  private void phrase(@Nullable String phrase, String kind) {
    if (phrase != null) {
      page.element("p", PlanWords.sentence(phrase), "class", kind);
    }
  }

  private void item(PlannedItem item, int number) {
    if (item.label() != null) {
      page.open(itemHeading, "class", "item").element("span", "[" + number + "] ", "class", "dim");
      page.text(item.label()).close();
      phrase(PlanWords.resolution(item.resolution()), "later");
    }
    if (item.prompt() != null) {
      page.element("blockquote", item.prompt());
    }
    phrase(PlanWords.observation(item), "seen");
    item.statements().stream().limit(MOST_STATEMENTS).forEach(this::statement);
    int more = item.statements().size() - MOST_STATEMENTS;
    if (more > 0) {
      String rest = Quantities.count(more, "more statement") + " in the plan as JSON";
      page.element("p", "… and " + rest, "class", "dim");
    }
    if (!item.findings().isEmpty()) {
      page.open("ul", "class", "effects");
      item.findings().forEach(this::finding);
      page.closeLine();
    }
    item.blocks().forEach(this::block);
  }

  private void block(PlannedBlock block) {
    page.open("div", "class", "block");
    String title = PlanWords.block(block.kind());
    if (title != null) {
      page.element("p", title, "class", "dim");
    }
    addAll(block.steps());
    page.closeLine();
  }

  private void statement(PlannedStatement statement) {
    boolean executed = statement.purpose().isExecuted();
    String danger = statement.analysis().destructive() && executed ? " danger" : "";
    page.open("figure", "class", (executed ? "executed" : "asked") + danger);
    page.element("figcaption", PlanWords.sentence(PlanWords.purpose(statement)));
    page.open("pre", "tabindex", "0").open("code");
    SqlMarkup.write(statement.display().strip(), page);
    page.close().close();
    List<String> effects = PlanWords.effects(statement);
    if (!effects.isEmpty() || !statement.findings().isEmpty()) {
      page.open("ul", "class", "effects");
      for (String effect : effects) {
        page.element("li", effect, "class", effect.startsWith("destructive") ? "bad" : null);
      }
      statement.findings().forEach(this::finding);
      page.close();
    }
    page.closeLine();
  }

  private void finding(Finding finding) {
    String severity = finding.severity().word();
    page.open("li");
    page.element("span", severity, "class", "mark " + severity).text(" ");
    page.text(PlanWords.finding(finding)).close();
  }
}
