package dev.pgrunbook.cli;

import dev.pgrunbook.approval.Approval;
import dev.pgrunbook.approval.ApprovalLines;
import dev.pgrunbook.approval.Approvers;
import dev.pgrunbook.approval.SigningKey;
import dev.pgrunbook.model.DurationText;
import dev.pgrunbook.render.PlanFile;
import dev.pgrunbook.render.PlanFile.Written;
import dev.pgrunbook.render.PlanFile.WrittenStep;
import dev.pgrunbook.render.PlanWords;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** Approves plans before they are run; what is approved is kept beside them. */
final class PlanApproving {

  private static final Duration WEEK = Duration.ofDays(7);

  /** Nobody remembers after a year what they have looked at. */
  private static final Duration LONGEST = Duration.ofDays(366);

  private final Surroundings surroundings;
  private final Messages messages;

  PlanApproving(Surroundings surroundings, Messages messages) {
    this.surroundings = surroundings;
    this.messages = messages;
  }

  ExitCode approve(ParseResult arguments) {
    String expires = arguments.matchedOptionValue(ApproveCommand.EXPIRES, (String) null);
    Duration holds = expires == null ? WEEK : DurationText.parse(expires);
    if (holds == null || holds.isZero() || holds.compareTo(LONGEST) > 0) {
      messages.refuse(
          "--expires takes a duration such as 12h or 7d, up to 366d, not \"" + expires + "\"",
          null);
      return ExitCode.INVALID;
    }
    Workspace workspace =
        told(Workspace.find(surroundings.directory(), surroundings.environment()));
    String file = arguments.matchedOptionValue(ApproveCommand.PLAN, "");
    Path path = surroundings.directory().resolve(file);
    String text = workspace == null ? null : FollowedPlan.readFile(path, file, false, messages);
    PlanFile plans = text == null ? null : told(PlanFile.read(text, file));
    if (workspace == null || plans == null) {
      return ExitCode.INVALID;
    }
    String step = arguments.matchedOptionValue(ApproveCommand.STEP, (String) null);
    List<Written> chosen = chosen(plans, step, file);
    Signer signer = chosen.isEmpty() ? null : signer(new Approvers(workspace.approvers()));
    if (signer == null) {
      return ExitCode.INVALID;
    }
    String comment = arguments.matchedOptionValue("--comment", (String) null);
    Instant now = Instant.now();
    List<Approval> approvals = new ArrayList<>();
    for (Written plan : chosen) {
      Approval approval =
          Approval.unsigned(
              plan.outline().digest(),
              plan.outline().runbook(),
              step,
              signer.name(),
              now,
              now.plus(holds),
              comment);
      approvals.add(signer.key() == null ? approval : signer.key().sign(approval));
    }
    return keep(approvals, chosen, file, path);
  }

  private <T> @Nullable T told(Validated<T> validated) {
    messages.print(validated.diagnostics());
    return validated.orNull();
  }

  private List<Written> chosen(PlanFile plans, @Nullable String step, String file) {
    List<Written> chosen = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (Written plan : plans.plans()) {
      List<String> own = plan.steps().stream().map(WrittenStep::id).toList();
      ids.addAll(own);
      if (step == null || own.contains(step)) {
        chosen.add(plan);
      }
    }
    if (chosen.isEmpty()) {
      boolean none = step == null;
      messages.refuse(
          none ? file + " holds no plan" : "no plan in " + file + " has a step \"" + step + "\"",
          none ? null : Spelling.didYouMean(String.valueOf(step), ids));
    }
    return chosen;
  }

  /** Who approves, and with which key; without one where none is made. */
  private record Signer(String name, @Nullable SigningKey key) {}

  private @Nullable Signer signer(Approvers approvers) {
    OperatorKey.Found found = new OperatorKey(surroundings, messages).find();
    String user = Operator.current().user();
    SigningKey key = found.key();
    if (!found.usable()) {
      return null;
    }
    Map<String, String> listed = approvers.keys();
    if (key == null) {
      if (!listed.isEmpty()) {
        messages.refuse(
            "pgrunbook.yaml lists who approves, and you have no key to sign with",
            "`pgrunbook approve --new-key` makes one");
        return null;
      }
      messages.tell("Not signed: `pgrunbook approve --new-key` makes a key for that.");
      return new Signer(user, null);
    }
    return listed.isEmpty() ? new Signer(user, key) : listedSigner(key, approvers);
  }

  /** Approvers are known by the name of their key, whatever they are called on this machine. */
  private @Nullable Signer listedSigner(SigningKey key, Approvers approvers) {
    for (Map.Entry<String, String> entry : approvers.keys().entrySet()) {
      if (entry.getValue().strip().equals(key.publicKey())) {
        return new Signer(entry.getKey(), key);
      }
    }
    messages.refuse(
        "your key is not among the approvers of pgrunbook.yaml",
        "its public part is \"" + key.publicKey() + "\"");
    return null;
  }

  private ExitCode keep(List<Approval> approvals, List<Written> plans, String file, Path path) {
    String beside = FollowedPlan.approvalsOf(file);
    Path target = path.resolveSibling(FollowedPlan.approvalsOf(path.getFileName().toString()));
    StringBuilder lines = new StringBuilder();
    approvals.forEach(approval -> lines.append(ApprovalLines.write(approval)).append('\n'));
    try {
      // What is there may end without a line break, after a merge by hand.
      String before = Files.exists(target) ? Files.readString(target) : "";
      String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
      Files.writeString(target, gap + lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException unwritable) {
      messages.refuse("cannot write " + beside + ": " + unwritable.getMessage(), null);
      return ExitCode.ENVIRONMENT;
    }
    for (int i = 0; i < approvals.size(); i++) {
      tell(approvals.get(i), plans.get(i));
    }
    surroundings.out().println("Kept in " + beside + "; `run --plan " + file + "` reads it.");
    return ExitCode.DONE;
  }

  private void tell(Approval approval, Written plan) {
    String signed = approval.isSigned() ? "signed" : "not signed";
    surroundings
        .out()
        .println(
            "Approved by "
                + approval.by()
                + " until "
                + approval.expires()
                + ", "
                + signed
                + ": "
                + approval.runbook()
                + ", plan "
                + PlanWords.shortDigest(approval.plan()));
    for (WrittenStep step : plan.steps()) {
      if (step.asks() != null && approval.covers(step.id())) {
        String later = step.deferred() ? "; not known yet, so it may ask all the same" : "";
        surroundings.out().println("  " + step.id() + ": " + step.asks() + later);
      }
    }
  }
}
