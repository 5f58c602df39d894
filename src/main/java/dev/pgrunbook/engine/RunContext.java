package dev.pgrunbook.engine;

import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.RunScope;
import dev.pgrunbook.plan.StepExpander;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What every part of the engine shares during one run.
 *
 * <p>Safe for several threads: a run has one journal, and what is appended to it, and told, is so
 * one at a time. Whoever waits for a person to answer keeps nobody from that.
 */
final class RunContext {

  private final Plan plan;
  private final Journal journal;
  private final RunControl control;
  private final Map<String, TargetDatabase> targets;
  private final RunOptions options;
  private final StepExpander expander;
  private final PlanGuard guard;

  RunContext(
      Plan plan,
      Journal journal,
      RunControl control,
      Map<String, TargetDatabase> targets,
      RunOptions options) {
    this.plan = plan;
    this.journal = journal;
    this.control = control;
    this.targets = Map.copyOf(targets);
    this.options = options;
    this.expander = new StepExpander(plan.runbook());
    this.guard = new PlanGuard(options.plan());
  }

  Plan plan() {
    return plan;
  }

  /** Returns what names mean in the outermost steps, with what an operator has set since. */
  RunScope scope() {
    Map<String, Value> arguments = new LinkedHashMap<>(plan.arguments());
    arguments.replaceAll(
        (name, value) -> state().hasVariable(name) ? state().variable(name) : value);
    return RunScope.of(runbook(), arguments, name -> state().variable(name));
  }

  Runbook runbook() {
    return plan.runbook();
  }

  RunState state() {
    return journal.state();
  }

  String run() {
    String run = state().run();
    if (run == null) {
      throw new IllegalStateException("the run has not begun");
    }
    return run;
  }

  /** Returns every secret among the arguments. */
  List<SecretValue> secrets() {
    List<SecretValue> secrets = new ArrayList<>();
    plan.arguments().values().forEach(value -> addSecrets(secrets, value));
    return secrets;
  }

  private static void addSecrets(List<SecretValue> secrets, Value value) {
    if (value instanceof SecretValue secret) {
      secrets.add(secret);
    } else if (value instanceof ListValue list) {
      list.items().forEach(item -> addSecrets(secrets, item));
    }
  }

  StepExpander expander() {
    return expander;
  }

  PlanGuard guard() {
    return guard;
  }

  RunOptions options() {
    return options;
  }

  Cancellation cancellation() {
    return options.cancellation();
  }

  Instant now() {
    return clock().instant();
  }

  Clock clock() {
    return options.clock();
  }

  TargetDatabase target(@Nullable String role) {
    TargetDatabase target = role == null ? null : targets.get(role);
    if (target == null) {
      throw new IllegalStateException("no database plays the role " + role);
    }
    return target;
  }

  /** Appends an event and tells the listeners. */
  void record(RunEvent event) {
    synchronized (journal) {
      JournalRecord entry = journal.append(event);
      tell(listener -> listener.recorded(entry));
    }
  }

  /**
   * Appends an event that must be durable before what follows it, or on which somebody may act, and
   * tells the listeners.
   */
  void recordFinal(RunEvent event) {
    synchronized (journal) {
      JournalRecord entry = journal.append(event);
      journal.flush();
      tell(listener -> listener.recorded(entry));
    }
  }

  String attach(String content) {
    synchronized (journal) {
      return journal.attach(content);
    }
  }

  void keepDraft(String name, String text) {
    synchronized (journal) {
      journal.keepDraft(name, text);
    }
  }

  String draft(String name) {
    synchronized (journal) {
      return journal.draft(name);
    }
  }

  String attachment(String digest) {
    synchronized (journal) {
      return journal.attachment(digest);
    }
  }

  Decision decide(Request request) {
    cancellation().check();
    cancellation().forgetInterrupt();
    synchronized (journal) {
      journal.flush();
    }
    Decision decision = control.decide(request);
    cancellation().forgetInterrupt();
    cancellation().check();
    return decision;
  }

  void tell(Consumer<RunListener> news) {
    synchronized (journal) {
      options.listeners().forEach(news);
    }
  }
}
