package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.model.RunbookDigest;
import org.jspecify.annotations.Nullable;

/** Questions with a yes or a no, and their answers in the journal. */
final class Gates {

  private final RunContext context;
  private final Object protection = new Object();

  Gates(RunContext context) {
    this.context = context;
  }

  /**
   * Returns once enough people have said yes to exactly this question.
   *
   * @param type what has to be typed to say yes; null when yes will do
   */
  void pass(StepRun run, GateKind kind, String text, @Nullable String type, int approvals) {
    String digest = digest(kind, text, type);
    passBoundTo(run, kind, text, type, approvals, digest);
  }

  /** Asks for the name of a protected target before the first write to it. */
  void passProtected(StepRun run, TargetDatabase target) {
    if (!target.isProtected() || context.state().isTargetApproved(target.digest())) {
      return;
    }
    // One answer is for all: items that run side by side wait for it, and do not ask, too.
    synchronized (protection) {
      if (!context.state().isTargetApproved(target.digest())) {
        String text = "The target " + target.connection() + " is protected, and this step writes.";
        passBoundTo(run, GateKind.PROTECTED, text, target.connection(), 1, target.digest());
      }
    }
  }

  private void passBoundTo(
      StepRun run,
      GateKind kind,
      String text,
      @Nullable String type,
      int approvals,
      String digest) {
    if (approved(run, kind, digest, approvals) < approvals && !isAsked(run.state(), kind, digest)) {
      Integer needed = approvals == 1 ? null : approvals;
      context.recordFinal(new GateRequested(run.address(), kind, text, digest, needed));
    }
    int approved = approved(run, kind, digest, approvals);
    while (approved < approvals) {
      Request request =
          new Request.Gate(run.address(), run.step(), kind, text, type, approvals, approved);
      answer(run, kind, digest, request, context.decide(request));
      int before = approved;
      approved = approved(run, kind, digest, approvals);
      if (approved == before) {
        throw new RunPause(PauseReason.WAITING, run.address() + " waits for other people");
      }
    }
  }

  private void answer(
      StepRun run, GateKind kind, String digest, Request request, Decision decision) {
    if (decision instanceof Decision.Approve yes) {
      context.recordFinal(
          new GateAnswered(run.address(), kind, yes.by(), Answer.APPROVED, yes.comment(), digest));
    } else if (decision instanceof Decision.Reject no) {
      context.recordFinal(
          new GateAnswered(run.address(), kind, no.by(), Answer.REJECTED, no.comment(), digest));
      throw new RunPause(PauseReason.REJECTED, run.address() + " was rejected by " + no.by());
    } else if (decision instanceof Decision.Pause) {
      throw new RunPause(PauseReason.WAITING, run.address() + " waits for an answer");
    } else {
      throw Decisions.unfit(request, decision);
    }
  }

  static boolean isAsked(StepState state, GateKind kind, String digest) {
    GateRequested asked = state.gateRequested();
    return asked != null && asked.gate() == kind && asked.digest().equals(digest);
  }

  private int approved(StepRun run, GateKind kind, String digest, int approvals) {
    RunStarted started = context.state().started();
    String operator = started == null ? "" : started.by();
    return run.state().approvals(kind, digest, approvals, operator).size();
  }

  private static String digest(GateKind kind, String text, @Nullable String type) {
    return RunbookDigest.sha256(kind.word() + '\n' + text + '\n' + (type == null ? "" : type));
  }
}
