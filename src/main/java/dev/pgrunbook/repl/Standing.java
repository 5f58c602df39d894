package dev.pgrunbook.repl;

import dev.pgrunbook.engine.GeneratedStatements;
import dev.pgrunbook.engine.OperatorActs;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.TargetDatabase;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.TargetRole;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.RunScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a session is: what is asked, what names mean there, and what the operator has chosen. */
final class Standing {

  private final Plan plan;
  private final OperatorActs acts;
  private final Places places;
  private final Breakpoints breakpoints;
  private @Nullable Request request;
  private @Nullable RunScope scope;
  private @Nullable GeneratedStatements chosen;
  private @Nullable String pinnedTarget;
  private volatile @Nullable StepAddress retried;

  /** Whether it stops before every step; otherwise only where something says so. */
  volatile boolean stepping = true;

  /** Whether it stops before the next step whatever comes: what was asked for is not yet a go. */
  volatile boolean holding;

  /** Before which step it stops, once; null for none. */
  volatile @Nullable String until;

  /** Whether other people can answer from elsewhere while this session asks. */
  boolean shared;

  /** Whether rows are shown one value a line even where a table would fit. */
  boolean expanded;

  /** Whether it is told how long statements take. */
  boolean timing;

  /** Which probe is looked at beside every prompt; null for none. */
  @Nullable String watched;

  Standing(Plan plan, OperatorActs acts) {
    this.plan = plan;
    this.acts = acts;
    this.places = new Places(plan.runbook());
    this.breakpoints = new Breakpoints(places);
  }

  /** What has failed and is tried again is not asked about before, once. */
  void retry() {
    retried = request().address();
  }

  /** Returns whether the operator has just said that this is to run. */
  boolean isToldAlready(Request.BeforeStep before) {
    boolean told = before.address().equals(retried);
    retried = null;
    return told;
  }

  /** Returns whether every step begins by itself; may be asked from any thread. */
  boolean passesSteps() {
    return !stepping && !holding && until == null && retried == null && breakpoints.isEmpty();
  }

  /** Takes in what is asked now. */
  void take(Request asked) {
    request = asked;
    chosen = asked instanceof Request.Review review ? review.statements() : null;
    if (asked instanceof Request.BeforeStep before) {
      scope = before.scope();
    } else if (asked instanceof Request.AfterFailure failure) {
      scope = failure.scope();
    } else {
      scope = acts.scope(asked.address());
    }
  }

  Plan plan() {
    return plan;
  }

  OperatorActs acts() {
    return acts;
  }

  RunState state() {
    return acts.state();
  }

  Places places() {
    return places;
  }

  Breakpoints breakpoints() {
    return breakpoints;
  }

  /** Returns what is asked; a session is used only while something is. */
  Request request() {
    if (request == null) {
      throw new IllegalStateException("nothing is asked");
    }
    return request;
  }

  Step step() {
    return request().step();
  }

  /** Returns what names mean where the run stands. */
  RunScope scope() {
    return scope == null
        ? RunScope.of(plan.runbook(), plan.arguments(), name -> state().variable(name))
        : scope;
  }

  /** Returns the statements under review as they were picked and edited, or null. */
  @Nullable GeneratedStatements chosen() {
    return chosen;
  }

  void choose(GeneratedStatements statements) {
    chosen = statements;
  }

  /** Returns the role that SQL is sent to: the chosen one, or the step's; null without any. */
  @Nullable String role() {
    if (pinnedTarget != null) {
      return pinnedTarget;
    }
    String own = executionTarget(step());
    List<TargetRole> roles = plan.runbook().targets();
    return own != null || roles.isEmpty() ? own : roles.get(0).role();
  }

  void use(String role) {
    pinnedTarget = role;
  }

  /** Returns the database that SQL is sent to, or null. */
  @Nullable TargetDatabase target() {
    String role = role();
    return role == null ? null : acts.target(role);
  }

  /** Returns the role that a step's effects are on, or null. */
  static @Nullable String executionTarget(Step step) {
    return step instanceof GenerateStep generate ? generate.executionTarget() : step.target();
  }
}
