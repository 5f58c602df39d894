package dev.pgrunbook.plan;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.pgrunbook.plan.PlanOutline.Block;
import dev.pgrunbook.plan.PlanOutline.Item;
import dev.pgrunbook.plan.PlanOutline.Statement;
import dev.pgrunbook.plan.PlanOutline.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How what would run differs from a plan, statement by statement.
 *
 * <p>A line that begins with {@code -} is the plan's, one with {@code +} is what would run instead;
 * other lines say where.
 */
public final class PlanDifference {

  private static final String INDENT = "  ";

  private final List<String> lines = new ArrayList<>();

  private PlanDifference() {}

  /** Returns the differences in lines; empty when the same would happen. */
  public static List<String> of(PlanOutline plan, PlanOutline now) {
    PlanDifference difference = new PlanDifference();
    difference.changed("runbook", plan.runbook(), now.runbook());
    difference.changed("version", plan.version(), now.version());
    difference.changed(
        "databases asked", plan.connected() ? "yes" : "no", now.connected() ? "yes" : "no");
    difference.changed("parameter", plan.arguments(), now.arguments());
    difference.changed("target", plan.targets(), now.targets());
    difference.steps(plan.steps(), now.steps());
    difference.steps(plan.onFailure(), now.onFailure());
    difference.steps(plan.finallySteps(), now.finallySteps());
    if (difference.lines.isEmpty()) {
      difference.changed("runbook digest", plan.runbookDigest(), now.runbookDigest());
    }
    return difference.lines;
  }

  /** Returns how statements differ, in lines; empty when they are the same. */
  public static List<String> ofStatements(List<String> plan, List<String> now) {
    PlanDifference difference = new PlanDifference();
    difference.texts(plan, now, "");
    return difference.lines;
  }

  private void changed(String what, @Nullable String plan, @Nullable String now) {
    String before = plan == null ? "none" : plan;
    String after = now == null ? "none" : now;
    if (!before.equals(after)) {
      lines.add(what + ":");
      addAll("-", before, INDENT);
      addAll("+", after, INDENT);
    }
  }

  private void changed(
      String what,
      Map<String, ? extends @Nullable String> plan,
      Map<String, ? extends @Nullable String> now) {
    Set<String> names = new LinkedHashSet<>(plan.keySet());
    names.addAll(now.keySet());
    names.forEach(name -> changed(what + " " + name, plan.get(name), now.get(name)));
  }

  private void steps(List<Step> plan, List<Step> now) {
    Map<String, Step> before = byId(plan);
    Map<String, Step> after = byId(now);
    Set<String> ids = new LinkedHashSet<>(before.keySet());
    ids.addAll(after.keySet());
    for (String id : ids) {
      Step old = before.get(id);
      Step other = after.get(id);
      if (old == null) {
        lines.add("step " + id + " is not in the plan");
      } else if (other == null) {
        lines.add("step " + id + " is in the plan only");
      } else if (!old.equals(other)) {
        step(old, other);
      }
    }
    if (before.keySet().equals(after.keySet())
        && !List.copyOf(before.keySet()).equals(List.copyOf(after.keySet()))) {
      lines.add("order of the steps:");
      addAll("-", String.join(", ", before.keySet()), INDENT);
      addAll("+", String.join(", ", after.keySet()), INDENT);
    }
  }

  private static Map<String, Step> byId(List<Step> steps) {
    Map<String, Step> byId = new LinkedHashMap<>();
    steps.forEach(step -> byId.put(step.id(), step));
    return byId;
  }

  private void step(Step plan, Step now) {
    int shared = Math.min(plan.items().size(), now.items().size());
    for (int i = 0; i < shared; i++) {
      Item before = plan.items().get(i);
      Item after = now.items().get(i);
      if (!before.equals(after)) {
        item(place(now, i, after), before, after);
      }
    }
    for (int i = shared; i < plan.items().size(); i++) {
      lines.add(place(plan, i, plan.items().get(i)) + " is in the plan only");
    }
    for (int i = shared; i < now.items().size(); i++) {
      lines.add(place(now, i, now.items().get(i)) + " is not in the plan:");
      texts(List.of(), now.items().get(i).executed(), INDENT);
    }
    if (shared == 0 && plan.items().size() == now.items().size()) {
      changed("step " + plan.id(), plan.state(), now.state());
    }
  }

  private static String place(Step step, int index, Item item) {
    String number = step.looped() && item.label() != null ? "[" + (index + 1) + "]" : "";
    return "step " + step.id() + number + (item.label() == null ? "" : " (" + item.label() + ")");
  }

  private void item(String place, Item plan, Item now) {
    int start = lines.size();
    changed(INDENT + "item", plan.label(), now.label());
    changed(INDENT + "state", plan.state(), now.state());
    changed(INDENT + "question", plan.prompt(), now.prompt());
    texts(texts(plan.statements()), texts(now.statements()), INDENT);
    if (lines.size() > start) {
      lines.add(start, place + ":");
    }
    steps(inside(plan), inside(now));
  }

  private static List<Step> inside(Item item) {
    List<Step> steps = new ArrayList<>();
    for (Block block : item.blocks()) {
      steps.addAll(block.steps());
    }
    return steps;
  }

  private static List<String> texts(List<Statement> statements) {
    return statements.stream()
        .map(s -> s.executed() ? s.sql() : "-- " + s.purpose() + "\n" + s.sql())
        .toList();
  }

  private void texts(List<String> plan, List<String> now, String indent) {
    for (AbstractDelta<String> delta : DiffUtils.diff(plan, now).getDeltas()) {
      delta.getSource().getLines().forEach(text -> addAll("-", text, indent));
      delta.getTarget().getLines().forEach(text -> addAll("+", text, indent));
    }
  }

  private void addAll(String sign, String text, String indent) {
    text.strip().lines().forEach(line -> lines.add(indent + sign + " " + line));
  }
}
