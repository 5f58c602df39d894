package dev.pgrunbook.render;

import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.model.ForEach;
import dev.pgrunbook.model.GateStep;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.Finding;
import dev.pgrunbook.plan.Observation;
import dev.pgrunbook.plan.Observation.Checked;
import dev.pgrunbook.plan.Observation.Generated;
import dev.pgrunbook.plan.Observation.Queried;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.PlanSummary;
import dev.pgrunbook.plan.PlannedBlock;
import dev.pgrunbook.plan.PlannedItem;
import dev.pgrunbook.plan.PlannedStatement;
import dev.pgrunbook.plan.PlannedStep;
import dev.pgrunbook.plan.PlannedTarget;
import dev.pgrunbook.plan.Resolution;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.plan.Resolution.Skipped;
import dev.pgrunbook.plan.ResultRows;
import dev.pgrunbook.plan.StatementFacts.RelationFact;
import dev.pgrunbook.sql.RelationEffect;
import dev.pgrunbook.sql.RelationLock;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.sql.TransactionRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What plans say, in one place for every form; phrases without a full stop. */
public final class PlanWords {

  private static final int SHORT_DIGEST = 12;
  private static final int MOST_RELATIONS = 3;

  private PlanWords() {}

  /** Returns how far something is known, or null when everything is. */
  public static @Nullable String resolution(Resolution resolution) {
    if (resolution instanceof Deferred deferred) {
      return "known when running, because " + deferred.reason();
    }
    return resolution instanceof Skipped skipped ? "skipped: " + skipped.reason() : null;
  }

  /** Returns what a statement is for, and where it goes. */
  public static String purpose(PlannedStatement statement) {
    String on = statement.target() == null ? "" : " on " + statement.target();
    return switch (statement.purpose()) {
      case UNLESS -> "skipped when this is true" + on;
      case QUERY -> "asks" + on;
      case CHECK -> "checks" + on;
      case PROBE -> "polls" + on;
      case GENERATOR -> "generates its statements" + on;
      case SQL, GENERATED -> "runs" + on;
      case VERIFY -> "must be true afterwards" + on;
      case UNDO -> "would revert it, if an operator wants that," + on;
    };
  }

  /** Returns a server's version without what its packagers add. */
  static String version(String serverVersion) {
    return serverVersion.replaceFirst(" \\(.*", "");
  }

  /** Returns a phrase as a sentence's beginning. */
  static String sentence(String phrase) {
    return Character.toUpperCase(phrase.charAt(0)) + phrase.substring(1);
  }

  /** Returns when the steps of a block run, or null for those of a group. */
  public static @Nullable String block(PlannedBlock.Kind kind) {
    return switch (kind) {
      case STEPS -> null;
      case STALL -> "Only if nothing moves";
      case ON_TIMEOUT -> "Only if it takes too long";
    };
  }

  /** Returns what has to happen for a step to run, or null when it runs in its turn. */
  public static @Nullable String onlyIf(PlannedStep step) {
    return step.onlyIf() == null ? null : "only if " + step.onlyIf();
  }

  /** Returns what came out when the queries of an item were run, or null when none were. */
  public static @Nullable String observation(PlannedItem item) {
    Observation seen = item.observation();
    if (seen instanceof Checked checked) {
      return checked.passed() ? "holds now" : "fails now: " + checked.message();
    } else if (seen instanceof Queried queried) {
      return "gives " + rows(queried.rows()) + " now";
    } else if (seen instanceof Generated) {
      return "generates " + Quantities.count(item.executed().size(), "statement") + " now";
    }
    return null;
  }

  private static String rows(ResultRows rows) {
    String count = Quantities.count(rows.size(), "row");
    return rows.truncated() ? "more than " + count : count;
  }

  /** Returns what a reviewer should see of a step at a glance. */
  public static List<String> facts(PlannedStep step) {
    List<String> facts = new ArrayList<>();
    if (step.onlyIf() != null) {
      facts.add(String.valueOf(onlyIf(step)));
    }
    if (step.resolution() instanceof Skipped) {
      facts.add(String.valueOf(resolution(step.resolution())));
      return facts;
    }
    int executed = step.items().stream().mapToInt(item -> item.executed().size()).sum();
    if (executed > 0) {
      facts.add(Quantities.count(executed, "statement"));
    }
    if (destructive(step) > 0) {
      facts.add(destructive(step) == executed ? "destructive" : destructive(step) + " destructive");
    }
    if (step.resolution() instanceof Deferred) {
      facts.add("known when running");
    }
    String sideBySide = sideBySide(step.step());
    if (sideBySide != null) {
      facts.add(sideBySide);
    }
    String asks = asks(step.step());
    if (asks != null) {
      facts.add(asks);
    }
    if (step.items().size() == 1) {
      String seen = observation(step.items().get(0));
      facts.addAll(seen == null || seen.startsWith("generates") ? List.of() : List.of(seen));
    }
    return facts;
  }

  /** Returns how many statements of a step, without those of steps inside it, are destructive. */
  public static int destructive(PlannedStep step) {
    int count = 0;
    for (PlannedItem item : step.items()) {
      for (PlannedStatement statement : item.executed()) {
        count += statement.analysis().destructive() ? 1 : 0;
      }
    }
    return count;
  }

  /** Returns what a statement does, locks and demands, the worst first. */
  public static List<String> effects(PlannedStatement statement) {
    StatementAnalysis analysis = statement.analysis();
    List<String> effects = new ArrayList<>();
    if (!statement.purpose().isExecuted()) {
      return effects;
    }
    if (analysis.destructive()) {
      effects.add("destructive: " + String.join(", ", analysis.dangers()));
    } else if (analysis.command().isEmpty()) {
      effects.add("not understood");
    } else if (analysis.readOnly()) {
      effects.add("only reads");
    }
    StatementEffects told = statement.facts().effects();
    if (told == null) {
      analysis.locks().forEach(lock -> effects.add(lock(lock, fact(statement, lock))));
      String transaction = transaction(analysis.transactionRule());
      effects.addAll(transaction == null ? List.of() : List.of(transaction));
    } else {
      // The first part is the command, or what it destroys.
      EffectText.parts(told).stream().skip(1).forEach(part -> effects.add(part.text()));
    }
    statement
        .columns()
        .fields()
        .forEach((name, value) -> effects.add(name + ": " + value.display()));
    return effects;
  }

  private static @Nullable RelationFact fact(PlannedStatement statement, RelationLock lock) {
    for (RelationFact fact : statement.facts().relations()) {
      if (fact.relation().equals(lock.relation())) {
        return fact;
      }
    }
    return null;
  }

  /** Returns what a lock keeps others from, with what is known of the relation. */
  public static String lock(RelationLock lock, @Nullable RelationFact fact) {
    String size = size(fact);
    String on = lock.relation() + (size.isEmpty() ? "" : " (" + size + ")");
    return lock.mode() + " on " + on + ": " + lock.blocks();
  }

  /** Returns how large a relation is, or nothing where that is not known. */
  public static String size(@Nullable RelationFact fact) {
    if (fact == null) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    if (fact.bytes() != null) {
      parts.add(Quantities.bytes(fact.bytes()));
    }
    if (fact.rows() != null) {
      parts.add("about " + Quantities.count(fact.rows(), "row"));
    }
    return String.join(", ", parts);
  }

  private static @Nullable String transaction(TransactionRule rule) {
    return switch (rule) {
      case ALLOWED -> null;
      case BARRED -> "cannot run inside a transaction block";
      case CONTROL -> "controls transactions";
    };
  }

  /** Returns a finding with its hint. */
  public static String finding(Finding finding) {
    String hint = finding.hint();
    return finding.message() + (hint == null ? "" : "; hint: " + hint);
  }

  /** Returns where a target is. */
  public static String target(PlannedTarget target) {
    List<String> parts = new ArrayList<>();
    if (target.display() != null) {
      parts.add(target.display());
    } else if (target.description() != null) {
      parts.add(target.description());
    }
    if (target.serverVersion() != null) {
      parts.add("PostgreSQL " + version(target.serverVersion()));
    }
    if (target.standby()) {
      parts.add("a standby");
    }
    if (target.isProtected()) {
      parts.add("protected");
    }
    if (target.readOnly()) {
      parts.add("only read");
    }
    return String.join(", ", parts);
  }

  /** Returns what asks people about a step when it runs, or null when nothing does. */
  public static @Nullable String asks(Step step) {
    if (step instanceof GateStep gate) {
      String people = gate.approvals() == 1 ? "" : " of " + gate.approvals() + " people";
      return gate.type() == null ? "waits for approval" + people : "asks for a text to be typed";
    }
    if (step instanceof ManualStep) {
      return "waits for a person";
    }
    if (step instanceof GenerateStep generate) {
      return switch (generate.review()) {
        case REQUIRED -> "waits for a review";
        case WHEN_DESTRUCTIVE -> "waits for a review when destructive";
        case NONE -> step.header().confirm() == null ? null : "asks first";
      };
    }
    return step.header().confirm() == null ? null : "asks first";
  }

  /** Returns how many parts of a step run at once, or null when they do one after the other. */
  public static @Nullable String sideBySide(Step step) {
    ForEach loop = step.header().forEach();
    if (loop != null && loop.parallel() != null) {
      return loop.parallel() + " items side by side";
    }
    return step instanceof GroupStep group && group.parallel() != null
        ? group.parallel() + " steps side by side"
        : null;
  }

  /** Returns what a check demands, or null for another kind of step. */
  public static @Nullable String expectation(Step step) {
    return step instanceof CheckStep check ? "expects " + check.expect().word() : null;
  }

  /** Returns a step's title where it has one, else its kind. */
  public static String title(PlannedStep step) {
    String title = step.step().header().documentation().title();
    return title == null ? step.step().kind() : title;
  }

  /** Returns as much of a digest as people compare. */
  public static String shortDigest(String digest) {
    return digest.substring(0, Math.min(SHORT_DIGEST, digest.length()));
  }

  /** Returns how many statements a plan would execute. */
  public static String statements(Plan plan) {
    int known = PlanSummary.of(plan).statements();
    if (!isOpen(plan)) {
      return Quantities.count(known);
    }
    return known == 0 ? "known when running" : Quantities.count(known) + " and more";
  }

  /** Returns how many of a plan's statements are of steps that may not run, if any are. */
  public static Optional<String> onlyIf(Plan plan) {
    int all = PlanSummary.of(plan).statements();
    int some =
        plan.allSteps().stream()
            .filter(step -> step.onlyIf() != null)
            .flatMap(step -> step.items().stream())
            .filter(item -> !(item.resolution() instanceof Skipped))
            .mapToInt(item -> item.executed().size())
            .sum();
    String which = some == all && !isOpen(plan) ? "" : some + " of them ";
    return some == 0 ? Optional.empty() : Optional.of(which + "only if something goes wrong");
  }

  /** Returns whether statements are generated that are known when running. */
  private static boolean isOpen(Plan plan) {
    return plan.allSteps().stream()
        .anyMatch(
            step -> step.step() instanceof GenerateStep && step.resolution() instanceof Deferred);
  }

  /** Returns the relations under the strongest lock. */
  public static String lockedRelations(PlanSummary summary) {
    List<String> all = summary.lockedRelations();
    int shown = Math.min(MOST_RELATIONS, all.size());
    String more = shown < all.size() ? " and " + (all.size() - shown) + " more" : "";
    return String.join(", ", all.subList(0, shown)) + more;
  }

  /** Returns how many rows the relations have that a plan writes to or locks against writes. */
  public static String rows(Plan plan) {
    Map<String, Long> rows = new HashMap<>();
    for (PlannedStep step : plan.allSteps()) {
      for (PlannedItem item : step.items()) {
        if (!(item.resolution() instanceof Skipped)) {
          item.executed().forEach(statement -> addRows(statement, rows));
        }
      }
    }
    // A relation counts once, however many statements touch it.
    long sum = rows.values().stream().mapToLong(each -> each).sum();
    return rows.isEmpty() ? "not known" : "about " + Quantities.count(sum);
  }

  /** What an index has is its table's. */
  private static void addRows(PlannedStatement statement, Map<String, Long> rows) {
    StatementEffects effects = statement.facts().effects();
    for (RelationEffect one : effects == null ? List.<RelationEffect>of() : effects.relations()) {
      RelationLock lock = one.lock();
      boolean index = one.kind() != null && one.kind().contains("index");
      if (lock != null && !index && !isReading(lock) && one.size() != null) {
        Long count = one.size().rows();
        String name = one.relation().replaceFirst("^public[.]", "");
        if (count != null) {
          rows.put(statement.target() + " " + name, count);
        }
      }
    }
  }

  private static boolean isReading(RelationLock lock) {
    return lock.mode().equals("ACCESS SHARE") || lock.mode().equals("ROW SHARE");
  }

  /** Returns a plan in one line, from the most important on. */
  public static String headline(Plan plan) {
    PlanSummary summary = PlanSummary.of(plan);
    List<String> parts = new ArrayList<>();
    String known = Quantities.count(summary.statements(), "statement");
    parts.add(isOpen(plan) ? known + " and more when running" : known);
    onlyIf(plan).ifPresent(parts::add);
    if (summary.destructive() > 0) {
      parts.add(summary.destructive() + " destructive");
    }
    if (summary.errors() > 0) {
      parts.add(Quantities.count(summary.errors(), "error"));
    }
    if (summary.warnings() > 0) {
      parts.add(Quantities.count(summary.warnings(), "warning"));
    }
    if (summary.deferred() > 0) {
      parts.add(Quantities.count(summary.deferred(), "step") + " known when running");
    }
    if (summary.skipped() > 0) {
      parts.add(Quantities.count(summary.skipped(), "step") + " skipped");
    }
    return String.join(", ", parts);
  }
}
