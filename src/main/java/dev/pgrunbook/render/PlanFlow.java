package dev.pgrunbook.render;

import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.PlannedStep;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.plan.Resolution.Skipped;
import java.util.ArrayList;
import java.util.List;

/** The order of a plan's steps as a Mermaid diagram, with what waits for what. */
final class PlanFlow {

  private static final int FEWEST = 3;
  private static final int MOST = 40;

  /** More than these are folded away: the table and the steps come first. */
  private static final int SHORT = 8;

  private PlanFlow() {}

  /** Returns the diagram in its fence; nothing where a list tells as much, or for too many. */
  static String of(Plan plan) {
    List<PlannedStep> steps = plan.steps();
    if (steps.size() < FEWEST || steps.size() > MOST) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    boolean small = steps.size() <= SHORT;
    lines.add(small ? "flowchart LR" : "flowchart TB");
    List<String> ids = steps.stream().map(step -> step.step().id()).toList();
    for (int i = 0; i < steps.size(); i++) {
      lines.add("  " + node(i) + shape(steps.get(i)) + ":::" + style(steps.get(i)));
    }
    List<String> chain = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      chain.add(node(i));
    }
    lines.add("  " + String.join(" --> ", chain));
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).resolution() instanceof Deferred deferred) {
        for (String on : deferred.dependsOn()) {
          int from = ids.indexOf(on);
          // What is next to each other is joined already.
          if (from >= 0 && from < i - 1) {
            lines.add("  " + node(from) + " -.-> " + node(i));
          }
        }
      }
    }
    lines.add("  classDef plain stroke:#8c959f");
    lines.add("  classDef asks stroke:#9a6700,stroke-width:2px");
    lines.add("  classDef destructive stroke:#cf222e,stroke-width:3px");
    lines.add("  classDef later stroke:#8c959f,stroke-dasharray:5 4");
    lines.add("  classDef skipped stroke:#d0d7de,color:#8c959f");
    String diagram = MarkdownText.block("mermaid", String.join("\n", lines)) + "\n";
    return small
        ? diagram
        : "<details><summary>The order of the steps</summary>\n\n" + diagram + "</details>\n\n";
  }

  private static String node(int index) {
    return "s" + (index + 1);
  }

  private static String shape(PlannedStep step) {
    String label = "\"" + label(step.number() + " " + step.step().id()) + "\"";
    return PlanWords.asks(step.step()) == null ? "[" + label + "]" : "{{" + label + "}}";
  }

  private static String style(PlannedStep step) {
    if (step.resolution() instanceof Skipped) {
      return "skipped";
    }
    if (PlanWords.destructive(step) > 0) {
      return "destructive";
    }
    if (step.resolution() instanceof Deferred) {
      return "later";
    }
    return PlanWords.asks(step.step()) == null ? "plain" : "asks";
  }

  /**
   * Everything that could end a label or begin a word of Mermaid's own is written as its number.
   */
  private static String label(String text) {
    StringBuilder label = new StringBuilder();
    DisplayText.line(text)
        .codePoints()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c) || c == ' ' || c == '-' || c == '.') {
                label.appendCodePoint(c);
              } else {
                label.append('#').append(c).append(';');
              }
            });
    return label.toString();
  }
}
