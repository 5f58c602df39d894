package dev.pgrunbook.cli;

import com.google.gson.JsonObject;
import dev.pgrunbook.approval.Approval;
import dev.pgrunbook.approval.ApprovalLines;
import dev.pgrunbook.approval.Approvers;
import dev.pgrunbook.approval.Approvers.Verdict;
import dev.pgrunbook.render.PlanFile;
import dev.pgrunbook.render.PlanFile.Written;
import dev.pgrunbook.render.PlanWords;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.value.ValueJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan that a run is told to follow, with what people have approved of it.
 *
 * @param text the file of plans
 * @param lines the file of approvals; empty when there is none
 * @param plan the plan of the runbook
 * @param approvals the approvals
 */
record FollowedPlan(String text, String lines, Written plan, List<Approval> approvals) {

  private static final String JSON = ".json";
  private static final String APPROVALS = ".approvals.jsonl";

  /** Larger files are no plans of ours, and would not fit beside a journal. */
  private static final long LARGEST = 64L * 1024 * 1024;

  FollowedPlan {
    approvals = List.copyOf(approvals);
  }

  /** Returns where the approvals of a file of plans are kept: beside it. */
  static String approvalsOf(String file) {
    String base = file.endsWith(JSON) ? file.substring(0, file.length() - JSON.length()) : file;
    return base + APPROVALS;
  }

  /** Reads the plan that a file has of a runbook, and its approvals; null when that was refused. */
  static @Nullable FollowedPlan read(String file, String runbook, RunSetup setup) {
    Path path = setup.surroundings().directory().resolve(file);
    String text = readFile(path, file, false, setup.messages());
    String beside = approvalsOf(file);
    Path approvals = setup.surroundings().directory().resolve(beside);
    String lines = text == null ? null : readFile(approvals, beside, true, setup.messages());
    return text == null || lines == null ? null : of(text, lines, file, beside, runbook, setup);
  }

  private static @Nullable FollowedPlan of(
      String text, String lines, String file, String beside, String runbook, RunSetup setup) {
    PlanFile plans = setup.told(PlanFile.read(text, file));
    List<Approval> approvals = plans == null ? null : setup.told(ApprovalLines.read(lines, beside));
    if (plans == null || approvals == null) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (Written plan : plans.plans()) {
      names.add(plan.outline().runbook());
      if (plan.outline().runbook().equals(runbook)) {
        return new FollowedPlan(text, lines, plan, approvals);
      }
    }
    String has = names.isEmpty() ? "it holds none" : "it holds: " + String.join(", ", names);
    setup.messages().refuse(file + " holds no plan of " + runbook, has);
    return null;
  }

  static @Nullable String readFile(Path path, String name, boolean optional, Messages messages) {
    try {
      if (Files.size(path) > LARGEST) {
        messages.refuse(name + " is larger than a plan can be", null);
        return null;
      }
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (NoSuchFileException absent) {
      if (!optional) {
        messages.refuse("there is no file " + name, "`pgrunbook plan … --out " + name + "`");
      }
      return optional ? "" : null;
    } catch (IOException unreadable) {
      messages.refuse("cannot read " + name + ": " + unreadable, null);
      return null;
    }
  }

  /**
   * Returns the approvals that count now; null when one is forged, which was told. Those that do
   * not count are told, too.
   */
  @Nullable List<Counting> counting(Approvers approvers, Instant now, Messages messages) {
    List<Counting> counting = new ArrayList<>();
    for (Approval approval : approvals) {
      Verdict verdict = approvers.judge(approval, plan.outline().digest(), now);
      String what = "the approval of " + approval.by() + " of " + approval.at();
      if (verdict instanceof Verdict.Forged) {
        messages.print(
            List.of(
                Diagnostic.error("forged-approval", null, what + " does not say what was signed")
                    .withHint("somebody has changed it or made it up; find out who")));
        return null;
      } else if (verdict instanceof Verdict.DoesNotCount no) {
        messages.tell(what + " does not count: it " + no.reason() + ".");
      } else if (verdict instanceof Verdict.Counts yes) {
        counting.add(new Counting(approval, yes.vouched()));
      }
    }
    return counting;
  }

  /**
   * An approval that counts.
   *
   * @param vouched whether a key of the workspace's list has signed it
   */
  record Counting(Approval approval, boolean vouched) {}

  /** Returns what is kept of it beside a run's journal. */
  String toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("plans", text);
    json.addProperty("approvals", lines);
    return json.toString();
  }

  /** Returns what was kept beside a journal; null when it cannot be read, which was told. */
  static @Nullable FollowedPlan kept(String json, String runbook, RunSetup setup) {
    JsonObject kept = ValueJson.parseTree(json).getAsJsonObject();
    String text = kept.get("plans").getAsString();
    String lines = kept.get("approvals").getAsString();
    return of(text, lines, "the kept plan", "the kept approvals", runbook, setup);
  }

  /** Returns what the records of a run call it. */
  String name() {
    return "plan " + PlanWords.shortDigest(plan.outline().digest());
  }
}
