package dev.pgrunbook.plan;

import dev.pgrunbook.plan.Finding.Severity;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.plan.Resolution.Skipped;
import dev.pgrunbook.sql.RelationLock;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A plan in numbers.
 *
 * @param steps how many steps there are, nested ones too
 * @param deferred how many of them are known when running
 * @param skipped how many of them do nothing
 * @param statements how many statements would be executed, of those that are known
 * @param destructive how many of those destroy data or objects
 * @param strongestLock the strongest lock mode that a known statement takes, or null
 * @param lockedRelations the relations that it is taken on, in order of their names
 * @param errors how many findings say that the run would fail
 * @param warnings how many say that it may do harm
 */
public record PlanSummary(
    int steps,
    int deferred,
    int skipped,
    int statements,
    int destructive,
    @Nullable String strongestLock,
    List<String> lockedRelations,
    int errors,
    int warnings) {

  /** PostgreSQL's lock modes, weakest first. */
  private static final List<String> MODES =
      List.of(
          "ACCESS SHARE",
          "ROW SHARE",
          "ROW EXCLUSIVE",
          "SHARE UPDATE EXCLUSIVE",
          "SHARE",
          "SHARE ROW EXCLUSIVE",
          "EXCLUSIVE",
          "ACCESS EXCLUSIVE");

  public PlanSummary {
    lockedRelations = List.copyOf(lockedRelations);
  }

  /** Returns the numbers of a plan. */
  public static PlanSummary of(Plan plan) {
    List<PlannedStep> steps = plan.allSteps();
    List<PlannedStatement> executed =
        steps.stream()
            .flatMap(step -> step.items().stream())
            .filter(item -> !(item.resolution() instanceof Skipped))
            .flatMap(item -> item.executed().stream())
            .toList();
    int strongest = -1;
    TreeSet<String> relations = new TreeSet<>();
    for (PlannedStatement statement : executed) {
      for (RelationLock lock : statement.analysis().locks()) {
        int mode = MODES.indexOf(lock.mode());
        if (mode > strongest) {
          strongest = mode;
          relations.clear();
        }
        if (mode == strongest) {
          relations.add(lock.relation());
        }
      }
    }
    return new PlanSummary(
        steps.size(),
        (int) steps.stream().filter(s -> s.resolution() instanceof Deferred).count(),
        (int) steps.stream().filter(s -> s.resolution() instanceof Skipped).count(),
        executed.size(),
        (int) executed.stream().filter(s -> s.analysis().destructive()).count(),
        strongest < 0 ? null : MODES.get(strongest),
        List.copyOf(relations),
        count(plan, Severity.ERROR),
        count(plan, Severity.WARNING));
  }

  private static int count(Plan plan, Severity severity) {
    return (int) plan.findings().stream().filter(f -> f.finding().severity() == severity).count();
  }
}
