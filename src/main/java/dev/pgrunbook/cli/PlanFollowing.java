package dev.pgrunbook.cli;

import dev.pgrunbook.cli.FollowedPlan.Counting;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunControl;
import dev.pgrunbook.inspect.PlanStop;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.PlanDifference;
import dev.pgrunbook.plan.PlanOutline;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run that follows a plan: what it is held to, and what has been approved of it. */
final class PlanFollowing {

  private final FollowedPlan plan;
  private final List<Counting> approvals;
  private final RunSetup setup;
  private final Clock clock = Clock.systemUTC();

  private PlanFollowing(FollowedPlan plan, List<Counting> approvals, RunSetup setup) {
    this.plan = plan;
    this.approvals = approvals;
    this.setup = setup;
  }

  /** Returns a plan with the approvals that count; null when one is forged, which was told. */
  static @Nullable PlanFollowing of(FollowedPlan plan, RunSetup setup) {
    Clock clock = Clock.systemUTC();
    List<Counting> counting = plan.counting(setup.approvers(), clock.instant(), setup.messages());
    return counting == null ? null : new PlanFollowing(plan, counting, setup);
  }

  PlanOutline outline() {
    return plan.plan().outline();
  }

  /** Returns what is kept of it beside a run's journal. */
  String toJson() {
    return plan.toJson();
  }

  /**
   * Makes the plan anew, and compares: {@link ExitCode#DONE} when the same would run.
   *
   * @param making what the run is given; asks the databases only when the plan did
   */
  ExitCode compare(PlanMaking making) {
    boolean connected = outline().connected();
    Map<String, DatabaseSettings> targets = connected ? making.targets() : Map.of();
    Plan now;
    try {
      now = new PlanMaking(making.runbook(), making.arguments(), targets).make(setup.messages());
    } catch (PlanStop.Stopped stopped) {
      setup.messages().complain("stopped before the plan was compared; nothing was run");
      return ExitCode.INTERRUPTED;
    }
    if (now == null) {
      return ExitCode.ENVIRONMENT;
    }
    List<String> difference = PlanDifference.of(outline(), PlanOutline.of(now));
    if (difference.isEmpty()) {
      return ExitCode.DONE;
    }
    setup
        .messages()
        .refuse(
            "what would run differs from the plan; nothing was run",
            "make the plan again, and have it approved again");
    difference.forEach(setup.messages()::tell);
    return ExitCode.DIFFERS;
  }

  /**
   * The plan that a resumed run is held to.
   *
   * @param following the plan, or null when the run follows none
   * @param refused why the run must not go on, which was told; null when it may
   */
  record Kept(@Nullable PlanFollowing following, @Nullable ExitCode refused) {}

  /**
   * Returns the plan that was kept with a run.
   *
   * @param json what was kept, or null for a run that follows none
   */
  static Kept kept(@Nullable String json, Runbook runbook, RunSetup setup) {
    if (json == null) {
      return new Kept(null, null);
    }
    FollowedPlan plan = FollowedPlan.kept(json, runbook.name(), setup);
    PlanFollowing following = plan == null ? null : of(plan, setup);
    if (following == null) {
      return new Kept(null, ExitCode.INVALID);
    }
    if (following.outline().runbookDigest().equals(RunbookDigest.of(runbook))) {
      return new Kept(following, null);
    }
    setup
        .messages()
        .refuse(
            "this run follows a plan of the runbook as it was",
            "put it back as it was, or abort this run and begin another");
    return new Kept(null, ExitCode.DIFFERS);
  }

  /** Returns what answers as people have approved, and leaves the rest to somebody else. */
  RunControl control(
      Map<String, DatabaseSettings> targets,
      Set<StepAddress> rejected,
      Consumer<Request.Review> transcript,
      RunControl otherwise) {
    Set<String> guarded = new HashSet<>();
    targets.forEach(
        (role, target) -> {
          if (target.isProtected()) {
            guarded.add(role);
          }
        });
    return new ApprovedPlanControl(
        plan,
        approvals,
        new ApprovedPlanControl.Circumstances(guarded, rejected, setup.operator().user(), clock),
        transcript,
        otherwise);
  }
}
