package dev.pgrunbook.cli;

import dev.pgrunbook.approval.Approval;
import dev.pgrunbook.cli.FollowedPlan.Counting;
import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunControl;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.PlanIndex;
import dev.pgrunbook.plan.PlanOutline.Item;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers what people have approved with a plan, and leaves the rest to somebody else.
 *
 * <p>Only what the plan shows is answered: exactly its statements, exactly its question. A text to
 * be typed, a protected target's name and what only a person can read are never answered; nor is a
 * step of a protected target, or one that takes several people, by an approval that no listed key
 * has signed.
 */
final class ApprovedPlanControl implements RunControl {

  private final FollowedPlan plan;
  private final PlanIndex index;
  private final List<Counting> approvals;
  private final Circumstances circumstances;
  private final Consumer<Request.Review> transcript;
  private final RunControl otherwise;
  private final Set<String> answered = ConcurrentHashMap.newKeySet();

  /**
   * Under which it is run.
   *
   * @param guardedRoles the roles that protected databases play
   * @param rejected what somebody has said no to since
   * @param operator who runs it
   * @param clock tells when an approval expires
   */
  record Circumstances(
      Set<String> guardedRoles, Set<StepAddress> rejected, String operator, Clock clock) {
    Circumstances {
      rejected = Set.copyOf(rejected);
      guardedRoles = Set.copyOf(guardedRoles);
    }
  }

  /**
   * @param transcript shows the statements that are answered for
   * @param otherwise decides what was not approved
   */
  ApprovedPlanControl(
      FollowedPlan plan,
      List<Counting> approvals,
      Circumstances circumstances,
      Consumer<Request.Review> transcript,
      RunControl otherwise) {
    this.plan = plan;
    this.index = new PlanIndex(plan.plan().outline());
    this.approvals = List.copyOf(approvals);
    this.circumstances = circumstances;
    this.transcript = transcript;
    this.otherwise = otherwise;
  }

  @Override
  public Decision decide(Request request) {
    int people = request instanceof Request.Gate gate ? gate.approvals() : 1;
    Counting found = isAsPlanned(request) ? find(request, people) : null;
    if (found == null) {
      return otherwise.decide(request);
    }
    if (request instanceof Request.Review review) {
      transcript.accept(review);
    }
    return new Decision.Approve(found.approval().by(), comment(found), null);
  }

  private boolean isAsPlanned(Request request) {
    Item item = index.find(request.address().step(), request.address().items());
    boolean refused = circumstances.rejected().contains(request.address());
    if (item == null || item.isSkipped() || refused) {
      return false;
    }
    if (request instanceof Request.Review review) {
      List<String> shown = review.statements().statements().stream().map(Generated::sql).toList();
      return !item.isDeferred() && shown.equals(item.executed());
    } else if (request instanceof Request.Gate gate) {
      boolean plain = gate.kind() == GateKind.GATE || gate.kind() == GateKind.CONFIRM;
      return plain && gate.type() == null && gate.text().strip().equals(item.prompt());
    }
    return false;
  }

  private @Nullable Counting find(Request request, int people) {
    Instant now = circumstances.clock().instant();
    boolean strict = people > 1 || isGuarded(request.step());
    for (Counting counting : approvals) {
      Approval approval = counting.approval();
      // Of several people each counts once, and whoever runs it does not.
      boolean other = people == 1 || !approval.by().equals(circumstances.operator());
      if (approval.covers(request.address().step())
          && now.isBefore(approval.expires())
          && (counting.vouched() || !strict)
          && other
          && (people == 1 || answered.add(request.address() + " " + approval.by()))) {
        return counting;
      }
    }
    return null;
  }

  private boolean isGuarded(Step step) {
    String executed = step instanceof GenerateStep generate ? generate.executionTarget() : null;
    Set<String> guarded = circumstances.guardedRoles();
    return guarded.contains(String.valueOf(step.target()))
        || guarded.contains(String.valueOf(executed));
  }

  private String comment(Counting counting) {
    Approval approval = counting.approval();
    String why = approval.comment() == null ? "" : ": " + approval.comment();
    String how =
        counting.vouched()
            ? "signed"
            : approval.isSigned() ? "signed with a key that nobody lists" : "not signed";
    return "by " + plan.name() + ", approved " + approval.at() + ", " + how + why;
  }
}
