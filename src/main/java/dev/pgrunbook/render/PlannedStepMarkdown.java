package dev.pgrunbook.render;

import static dev.pgrunbook.render.MarkdownText.code;
import static dev.pgrunbook.render.MarkdownText.plain;

import dev.pgrunbook.model.Documentation;
import dev.pgrunbook.plan.Finding;
import dev.pgrunbook.plan.PlannedBlock;
import dev.pgrunbook.plan.PlannedItem;
import dev.pgrunbook.plan.PlannedStatement;
import dev.pgrunbook.plan.PlannedStep;
import dev.pgrunbook.plan.Resolution.Skipped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps of a plan as Markdown, each folded away. */
final class PlannedStepMarkdown {

  private final Limits limits;
  private final StringBuilder out;

  PlannedStepMarkdown(Limits limits, StringBuilder out) {
    this.limits = limits;
    this.out = out;
  }

  /**
   * How much is told of a step.
   *
   * @param items how many items of a loop
   * @param statements how many statements of an item
   * @param sql how many characters of a statement
   */
  record Limits(int items, int statements, int sql) {}

  void addAll(List<PlannedStep> steps) {
    steps.forEach(this::add);
  }

  private void add(PlannedStep step) {
    if (!hasBody(step)) {
      out.append("<p>").append(PlanMarkdown.summary(step)).append("</p>\n\n");
      return;
    }
    out.append("<details><summary>").append(PlanMarkdown.summary(step));
    out.append("</summary>\n\n");
    documentation(step);
    sentence(PlanWords.resolution(step.resolution()));
    List<PlannedItem> items = step.items();
    for (int i = 0; i < Math.min(limits.items(), items.size()); i++) {
      item(step, i);
    }
    more(items.size() - limits.items(), "item");
    out.append("</details>\n\n");
  }

  private boolean hasBody(PlannedStep step) {
    if (step.resolution() instanceof Skipped) {
      return false;
    }
    return step.items().stream()
        .anyMatch(
            item ->
                !item.statements().isEmpty() && limits.statements() > 0
                    || item.prompt() != null
                    || !item.findings().isEmpty()
                    || !item.blocks().isEmpty());
  }

  private void documentation(PlannedStep step) {
    Documentation documentation = step.step().header().documentation();
    if (documentation.warning() != null) {
      out.append("⚠️ ").append(plain(documentation.warning())).append("\n\n");
    }
  }

  private void sentence(@Nullable String phrase) {
    if (phrase != null) {
      out.append('*').append(plain(phrase)).append("*\n\n");
    }
  }

  private void item(PlannedStep step, int index) {
    PlannedItem item = step.items().get(index);
    if (item.label() != null) {
      out.append("**[").append(index + 1).append("]** ").append(code(item.label())).append("\n\n");
      sentence(PlanWords.resolution(item.resolution()));
    }
    if (item.prompt() != null) {
      out.append("> ").append(plain(item.prompt())).append("\n\n");
    }
    String seen = PlanWords.observation(item);
    if (seen != null) {
      out.append(plain(PlanWords.sentence(seen))).append("\n\n");
    }
    List<PlannedStatement> statements = item.statements();
    statements.stream().limit(limits.statements()).forEach(this::statement);
    more(statements.size() - limits.statements(), "statement");
    item.findings().forEach(finding -> bullet(finding(finding)));
    out.append(item.findings().isEmpty() ? "" : "\n");
    item.blocks().forEach(this::block);
  }

  private void block(PlannedBlock block) {
    String title = PlanWords.block(block.kind());
    out.append("<blockquote>\n\n");
    out.append(title == null ? "" : "**" + title + "**\n\n");
    addAll(block.steps());
    out.append("</blockquote>\n\n");
  }

  private void statement(PlannedStatement statement) {
    out.append(plain(PlanWords.sentence(PlanWords.purpose(statement)))).append("\n\n");
    String sql = statement.display().strip();
    boolean whole = sql.length() <= limits.sql();
    out.append(MarkdownText.block("sql", whole ? sql : sql.substring(0, limits.sql())));
    if (!whole) {
      String rest = Quantities.count(sql.length() - limits.sql(), "further character");
      out.append("\n… ").append(rest).append('\n');
    }
    out.append('\n');
    List<String> effects = PlanWords.effects(statement);
    effects.forEach(effect -> bullet(plain(effect)));
    statement.findings().forEach(finding -> bullet(finding(finding)));
    out.append(effects.isEmpty() && statement.findings().isEmpty() ? "" : "\n");
  }

  private void bullet(String text) {
    out.append("- ").append(text).append('\n');
  }

  private static String finding(Finding finding) {
    String mark =
        switch (finding.severity()) {
          case ERROR -> "❌ ";
          case WARNING -> "⚠️ ";
          case NOTE -> "";
        };
    return mark + plain(PlanWords.finding(finding));
  }

  private void more(int count, String noun) {
    if (count > 0) {
      out.append("… and ").append(Quantities.count(count, "more " + noun));
      out.append(" in the plan as HTML or JSON.\n\n");
    }
  }
}
