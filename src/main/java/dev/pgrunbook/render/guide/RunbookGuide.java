package dev.pgrunbook.render.guide;

import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.model.Documentation;
import dev.pgrunbook.model.ForEach;
import dev.pgrunbook.model.ForEach.LiteralItems;
import dev.pgrunbook.model.ForEach.NamedItems;
import dev.pgrunbook.model.GateStep;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.ParameterType.Base;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.ProbeStep.Stall;
import dev.pgrunbook.model.QueryStep;
import dev.pgrunbook.model.ReviewMode;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.StepHeader;
import dev.pgrunbook.model.TargetRole;
import dev.pgrunbook.model.WaitStep;
import dev.pgrunbook.render.PlanWords;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.guide.GuideBlock.Callout;
import dev.pgrunbook.render.guide.GuideBlock.Code;
import dev.pgrunbook.render.guide.GuideBlock.Fact;
import dev.pgrunbook.render.guide.GuideBlock.Facts;
import dev.pgrunbook.render.guide.GuideBlock.Flow;
import dev.pgrunbook.render.guide.GuideBlock.Heading;
import dev.pgrunbook.render.guide.GuideBlock.Links;
import dev.pgrunbook.render.guide.GuideBlock.Node;
import dev.pgrunbook.render.guide.GuideBlock.Prose;
import dev.pgrunbook.render.guide.GuideBlock.Shape;
import dev.pgrunbook.render.guide.GuideBlock.Table;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a runbook is and does, for people who are to run it, or to do it by hand. */
final class RunbookGuide {

  private static final int DEEPEST = 6;

  private final Runbook runbook;
  private final List<GuideBlock> blocks = new ArrayList<>();

  private RunbookGuide(Runbook runbook) {
    this.runbook = runbook;
  }

  static List<GuideBlock> of(Runbook runbook) {
    return new RunbookGuide(runbook).guide();
  }

  private List<GuideBlock> guide() {
    heading(1, runbook.title());
    prose(runbook.description());
    blocks.add(new Code("sh", command()));
    targets();
    parameters();
    if (!runbook.steps().isEmpty()) {
      heading(2, "Overview");
      blocks.add(new Flow(flow()));
    }
    block("Steps", "", runbook.steps());
    block("When a step fails", "F", runbook.onFailure());
    block("In the end, whatever happens", "E", runbook.finallySteps());
    if (!runbook.links().isEmpty()) {
      heading(2, "Related documentation");
      blocks.add(new Links(runbook.links()));
    }
    return blocks;
  }

  private void heading(int level, String text) {
    blocks.add(new Heading(Math.min(DEEPEST, level), text));
  }

  private void prose(@Nullable String text) {
    if (text != null && !text.isBlank()) {
      blocks.add(new Prose(text.strip()));
    }
  }

  private void callout(String kind, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      blocks.add(new Callout(kind, text.strip()));
    }
  }

  private String command() {
    StringBuilder command = new StringBuilder("pgrunbook run " + runbook.name());
    for (Parameter parameter : runbook.parameters()) {
      if (parameter.required()) {
        command
            .append(" \\\n    -p ")
            .append(parameter.name())
            .append('=')
            .append(given(parameter));
      }
    }
    for (TargetRole role : runbook.targets()) {
      command.append(" \\\n    --target ").append(role.role()).append("=CONNECTION");
    }
    return command.toString();
  }

  private static String given(Parameter parameter) {
    Value example = parameter.example();
    if (example == null || parameter.type().base() == Base.SECRET) {
      return "…";
    }
    boolean several = example instanceof ListValue;
    Value one =
        example instanceof ListValue list && !list.items().isEmpty()
            ? list.items().get(0)
            : example;
    String text = several && one == example ? "…" : one.display();
    return text.matches("[A-Za-z0-9_./:=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private void targets() {
    if (runbook.targets().isEmpty()) {
      return;
    }
    heading(2, "Targets");
    List<List<String>> rows = new ArrayList<>();
    for (TargetRole role : runbook.targets()) {
      String description = role.description() == null ? "" : role.description().strip();
      rows.add(List.of(role.role(), description, role.readOnly() ? "only read" : ""));
    }
    blocks.add(new Table(List.of("target", "database", ""), rows));
  }

  private void parameters() {
    if (runbook.parameters().isEmpty()) {
      return;
    }
    heading(2, "Parameters");
    List<List<String>> rows = new ArrayList<>();
    for (Parameter parameter : runbook.parameters()) {
      rows.add(
          List.of(parameter.name(), parameter.type().word(), without(parameter), about(parameter)));
    }
    blocks.add(new Table(List.of("parameter", "type", "without it", "what"), rows));
  }

  private static String without(Parameter parameter) {
    Value value = parameter.defaultValue();
    if (parameter.required()) {
      return "required";
    }
    return value == null || value.isNull() ? "" : value.display();
  }

  private static String about(Parameter parameter) {
    List<String> parts = new ArrayList<>();
    if (parameter.description() != null) {
      parts.add(parameter.description().strip());
    }
    if (!parameter.choices().isEmpty()) {
      parts.add("One of " + String.join(", ", displays(parameter.choices())));
    }
    if (parameter.minimum() != null) {
      parts.add("At least " + parameter.minimum().display());
    }
    if (parameter.maximum() != null) {
      parts.add("At most " + parameter.maximum().display());
    }
    Value example = parameter.example();
    if (example != null && parameter.type().base() != Base.SECRET) {
      List<Value> given = example instanceof ListValue list ? list.items() : List.of(example);
      parts.add("For example " + String.join(", ", displays(given)));
    }
    return String.join(". ", parts);
  }

  private static List<String> displays(List<Value> values) {
    return values.stream().map(Value::display).toList();
  }

  private List<Node> flow() {
    List<Node> nodes = new ArrayList<>();
    int number = 0;
    for (Step step : runbook.steps()) {
      number++;
      String when = step.header().when() == null ? "" : step.header().when().text();
      nodes.add(new Node(String.valueOf(number), title(step), shape(step), when));
    }
    return nodes;
  }

  private static Shape shape(Step step) {
    boolean asks =
        step instanceof GateStep
            || step instanceof ManualStep
            || step.header().confirm() != null
            || (step instanceof GenerateStep generate && generate.review() == ReviewMode.REQUIRED);
    if (asks) {
      return Shape.ASKS;
    } else if (step instanceof CheckStep) {
      return Shape.CHECK;
    }
    return step instanceof ProbeStep || step instanceof WaitStep ? Shape.WAITS : Shape.PLAIN;
  }

  private static String title(Step step) {
    String title = step.header().documentation().title();
    return title == null ? step.id() : title;
  }

  private void block(String title, String prefix, List<Step> steps) {
    if (!steps.isEmpty()) {
      heading(2, title);
      steps(prefix, steps, 3);
    }
  }

  private void steps(String prefix, List<Step> steps, int level) {
    steps(prefix, 0, steps, level);
  }

  /** Returns the number of the last step. */
  private int steps(String prefix, int before, List<Step> steps, int level) {
    int number = before;
    for (Step step : steps) {
      number++;
      step(prefix + number, step, level);
    }
    return number;
  }

  private void step(String number, Step step, int level) {
    heading(level, number + ". " + title(step));
    Documentation says = step.header().documentation();
    prose(says.description());
    prose(StepWords.does(step));
    callout("Warning", says.warning());
    asked(step);
    facts(step);
    sql(step);
    callout("Note", says.note());
    callout("Tip", says.tip());
    if (!says.links().isEmpty()) {
      blocks.add(new Links(says.links()));
    }
    nested(number, step, level);
  }

  private void asked(Step step) {
    if (step instanceof GateStep gate) {
      prose(gate.gate().text());
    } else if (step instanceof ManualStep manual) {
      prose(manual.manual().text());
    }
  }

  private void facts(Step step) {
    StepHeader header = step.header();
    FactList facts = new FactList();
    facts.code("Step", header.id());
    ForEach loop = header.forEach();
    if (loop != null) {
      facts.text("For each", loop.name() + " of " + items(loop));
    }
    facts.text("At once", PlanWords.sideBySide(step), words -> words);
    facts.code("Only when", header.when(), when -> when.text());
    facts.text("Asks before", header.confirm(), confirm -> confirm.text());
    if (step instanceof ProbeStep probe) {
      facts.code("Until", probe.until().text());
      facts.code("Fails when", probe.fail(), fail -> fail.text());
    }
    if (step instanceof CheckStep check) {
      facts.text("Says otherwise", check.message(), message -> message.text());
    }
    if (step instanceof GateStep gate) {
      facts.text("To be typed", gate.type(), type -> type.text());
    }
    if (step instanceof ManualStep manual && !manual.ask().isEmpty()) {
      facts.text("Asks for", String.join(", ", manual.ask().keySet()));
    }
    facts.text("Keeps", step.save(), save -> String.join(", ", save.variables()));
    facts.text("Gives up after", header.timeout(), Quantities::roughDuration);
    facts.text(
        "Waits for locks",
        header.lockTimeout(),
        wait -> "at most " + Quantities.roughDuration(wait));
    facts.text("Tries again", header.retry(), StepWords::retry);
    if (!facts.all.isEmpty()) {
      blocks.add(new Facts(facts.all));
    }
  }

  private static String items(ForEach loop) {
    if (loop.items() instanceof LiteralItems literal) {
      return String.join(", ", displays(literal.values()));
    }
    return loop.items() instanceof NamedItems named ? named.variable() : "";
  }

  private void sql(Step step) {
    String sql = "";
    if (step instanceof QueryStep query) {
      sql = query.query().text();
    } else if (step instanceof SqlStep statement) {
      sql = statement.sql().text();
    } else if (step instanceof GenerateStep generate) {
      sql = generate.generate().text();
    } else if (step instanceof CheckStep check) {
      sql = check.check().text();
    }
    code("", sql);
    if (step instanceof ProbeStep probe) {
      probe.sources().forEach((role, source) -> code("On " + role + ":", source.text()));
    }
    if (step.header().unless() != null) {
      code("Left out as done already when this is true:", step.header().unless().text());
    }
    if (step.header().verify() != null) {
      code("Must be true afterwards:", step.header().verify().text());
    }
  }

  private void code(String introduction, String sql) {
    if (!sql.isBlank()) {
      prose(introduction);
      blocks.add(new Code("sql", sql.strip()));
    }
  }

  private void nested(String number, Step step, int level) {
    String prefix = number + ".";
    int last = 0;
    if (step instanceof GroupStep group) {
      last = steps(prefix, last, group.steps(), level + 1);
    }
    Stall stall = step instanceof ProbeStep probe ? probe.stall() : null;
    if (stall != null) {
      prose("When nothing moves for " + Quantities.roughDuration(stall.after()) + ":");
      last = steps(prefix, last, stall.steps(), level + 1);
    }
    if (!step.header().onTimeout().isEmpty()) {
      prose("When it takes too long:");
      steps(prefix, last, step.header().onTimeout(), level + 1);
    }
  }

  /** Gathers the facts that there are. */
  private static final class FactList {

    private final List<Fact> all = new ArrayList<>();

    void text(String label, String text) {
      all.add(new Fact(label, text, false));
    }

    void code(String label, String text) {
      all.add(new Fact(label, text, true));
    }

    <T> void text(String label, @Nullable T value, Function<T, String> text) {
      if (value != null) {
        text(label, text.apply(value));
      }
    }

    <T> void code(String label, @Nullable T value, Function<T, String> text) {
      if (value != null) {
        code(label, text.apply(value));
      }
    }
  }
}
