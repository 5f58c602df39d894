package dev.pgrunbook.plan;

import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.value.ValueJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a plan does, without what databases say about it: what its digest covers, what people
 * approve, and what a run that follows the plan is held to.
 *
 * <p>It can be read back from a plan that was written down, which the {@link Plan} itself cannot.
 *
 * @param connected whether databases were asked
 * @param runbook the runbook's name
 * @param version the runbook's version
 * @param runbookDigest the runbook's digest
 * @param arguments every parameter with its value as JSON, secrets masked
 * @param targets each role with where its database is; null when the plan was made without any
 * @param steps what its steps do
 * @param onFailure what it does after a failed step
 * @param finallySteps what it does whenever it ends
 */
public record PlanOutline(
    boolean connected,
    String runbook,
    String version,
    String runbookDigest,
    Map<String, String> arguments,
    Map<String, @Nullable String> targets,
    List<Step> steps,
    List<Step> onFailure,
    List<Step> finallySteps) {

  /** The version of the form that the digest is taken of. */
  private static final String FORM = "plan 1";

  public PlanOutline {
    Objects.requireNonNull(runbook);
    Objects.requireNonNull(version);
    Objects.requireNonNull(runbookDigest);
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    steps = List.copyOf(steps);
    onFailure = List.copyOf(onFailure);
    finallySteps = List.copyOf(finallySteps);
  }

  /**
   * What a step does.
   *
   * @param id the step's id
   * @param looped whether it has a loop, so that its items have addresses of their own
   * @param state how far it is known: {@code resolved}, {@code deferred}, {@code skipped}
   * @param items what it does for each item, once for a step without a loop
   */
  public record Step(String id, boolean looped, String state, List<Item> items) {
    public Step {
      Objects.requireNonNull(id);
      Objects.requireNonNull(state);
      items = List.copyOf(items);
    }
  }

  /**
   * What a step does for one item.
   *
   * @param label what the item is called; null for a step without a loop
   * @param state as a step's
   * @param prompt what a person is asked or told, or null
   * @param statements its SQL, in order; what an item that is known when running would generate as
   *     of now is shown by plans, and is nothing that a run is held to
   * @param blocks the steps inside it
   */
  public record Item(
      @Nullable String label,
      String state,
      @Nullable String prompt,
      List<Statement> statements,
      List<Block> blocks) {
    public Item {
      Objects.requireNonNull(state);
      statements =
          statements.stream()
              .filter(statement -> !(state.equals(DEFERRED) && statement.isGenerated()))
              .toList();
      blocks = List.copyOf(blocks);
    }

    /** Returns the statements that a run executes in sessions that may write. */
    public List<String> executed() {
      return statements.stream().filter(Statement::executed).map(Statement::sql).toList();
    }

    /** Returns whether it is known when running. */
    public boolean isDeferred() {
      return state.equals(DEFERRED);
    }

    /** Returns whether it does nothing. */
    public boolean isSkipped() {
      return state.equals(SKIPPED);
    }
  }

  private static final String DEFERRED = "deferred";
  private static final String SKIPPED = "skipped";

  /**
   * A statement.
   *
   * @param purpose what it is for, as {@link PlannedStatement.Purpose#word} says
   * @param target the role it is sent to, or null
   * @param sql an executed one with its values in place; what only reads as the runbook writes it,
   *     for the values that it is sent with come from rows
   * @param executed whether a run executes it in sessions that may write
   */
  public record Statement(String purpose, @Nullable String target, String sql, boolean executed) {
    public Statement {
      Objects.requireNonNull(purpose);
      Objects.requireNonNull(sql);
    }

    private boolean isGenerated() {
      return purpose.equals(PlannedStatement.Purpose.GENERATED.word());
    }
  }

  /**
   * Steps inside a step.
   *
   * @param kind the key that holds them
   * @param steps the steps
   */
  public record Block(String kind, List<Step> steps) {
    public Block {
      Objects.requireNonNull(kind);
      steps = List.copyOf(steps);
    }
  }

  /** Returns what a plan does. */
  public static PlanOutline of(Plan plan) {
    Map<String, String> arguments = new LinkedHashMap<>();
    plan.arguments().forEach((name, value) -> arguments.put(name, ValueJson.write(value)));
    Map<String, @Nullable String> targets = new LinkedHashMap<>();
    plan.targets().forEach(target -> targets.put(target.role(), target.display()));
    return new PlanOutline(
        plan.connected(),
        plan.runbook().name(),
        plan.runbook().version(),
        RunbookDigest.of(plan.runbook()),
        arguments,
        targets,
        all(plan.steps()),
        all(plan.onFailure()),
        all(plan.finallySteps()));
  }

  /** Returns what one planned step does, with all that it holds. */
  static Step of(PlannedStep step) {
    List<Item> items = new ArrayList<>();
    for (PlannedItem item : step.items()) {
      List<Block> blocks = new ArrayList<>();
      item.blocks().forEach(b -> blocks.add(new Block(b.kind().key(), all(b.steps()))));
      items.add(
          new Item(
              item.label(),
              item.resolution().word(),
              item.prompt(),
              item.statements().stream().map(PlanOutline::of).toList(),
              blocks));
    }
    boolean looped = step.step().header().forEach() != null;
    return new Step(step.step().id(), looped, step.resolution().word(), items);
  }

  private static List<Step> all(List<PlannedStep> steps) {
    return steps.stream().map(PlanOutline::of).toList();
  }

  private static Statement of(PlannedStatement statement) {
    boolean executed = statement.purpose().isExecuted();
    String sql = executed ? statement.display() : statement.template();
    return new Statement(statement.purpose().word(), statement.target(), sql, executed);
  }

  /** Returns the SHA-256 of all of it, in hexadecimal. */
  public String digest() {
    Form form = new Form();
    form.add(FORM, connected ? "connected" : "offline", runbookDigest);
    arguments.forEach((name, value) -> form.add(name, value));
    targets.forEach((role, display) -> form.add(role, display));
    form.addAll("steps", steps);
    form.addAll("onFailure", onFailure);
    form.addAll("finally", finallySteps);
    return form.digest();
  }

  /** Returns the SHA-256 of one step, with all that it holds. */
  static String digest(Step step) {
    Form form = new Form();
    form.add(step);
    return form.digest();
  }

  /** The text that a digest is taken of. */
  private static final class Form {

    private final StringBuilder text = new StringBuilder();

    private void addAll(String block, List<Step> steps) {
      add(block, String.valueOf(steps.size()));
      steps.forEach(this::add);
    }

    private void add(Step step) {
      add(step.id(), step.state());
      add(String.valueOf(step.items().size()));
      for (Item item : step.items()) {
        add(item.label(), item.state());
        add(item.prompt());
        add(String.valueOf(item.statements().size()));
        item.statements().forEach(s -> add(s.purpose(), s.target(), s.sql()));
        add(String.valueOf(item.blocks().size()));
        item.blocks().forEach(block -> addAll(block.kind(), block.steps()));
      }
    }

    /** Lengths before texts: no text can pass for the structure around it. */
    private void add(@Nullable String... texts) {
      for (String one : texts) {
        text.append(one == null ? "-" : one.length() + ":" + one);
      }
      text.append('\n');
    }

    private String digest() {
      return RunbookDigest.sha256(text.toString());
    }
  }
}
