package dev.pgrunbook.cli;

import dev.pgrunbook.cli.terminal.Interrupts;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.inspect.Inspector;
import dev.pgrunbook.inspect.Limits;
import dev.pgrunbook.inspect.PlanStop;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.Planner;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A runbook with all that its plan is made from.
 *
 * @param runbook the runbook
 * @param arguments the value of every parameter
 * @param targets the database of each role; none to plan without any
 */
record PlanMaking(
    Runbook runbook, Map<String, Value> arguments, Map<String, DatabaseSettings> targets) {

  /**
   * Makes the plan; null when a database cannot be reached, which was told.
   *
   * @throws PlanStop.Stopped at Ctrl-C, when nothing of it runs on any server any more
   */
  @Nullable Plan make(Messages messages) {
    if (targets.isEmpty()) {
      return Planner.plan(runbook, arguments);
    }
    Map<String, Database> databases = new LinkedHashMap<>();
    targets.forEach((role, target) -> databases.put(role, Database.open(target, 1)));
    PlanStop stop = new PlanStop();
    try (Interrupts interrupts =
            Interrupts.handle(stop::request, () -> Main.halt(ExitCode.INTERRUPTED));
        Inspector inspector = Inspector.open(runbook, databases, secrets(), Limits.USUAL, stop)) {
      Plan plan = Planner.plan(runbook, arguments, inspector);
      stop.check();
      return plan;
    } catch (DatabaseFailure failure) {
      messages.refuse(runbook.name() + ": " + failure.getMessage(), failure.hint());
      return null;
    } finally {
      databases.values().forEach(Database::close);
    }
  }

  private List<SecretValue> secrets() {
    List<SecretValue> secrets = new ArrayList<>();
    arguments.values().forEach(value -> addSecrets(value, secrets));
    return secrets;
  }

  private static void addSecrets(Value value, List<SecretValue> secrets) {
    if (value instanceof SecretValue secret) {
      secrets.add(secret);
    } else if (value instanceof ListValue list) {
      list.items().forEach(item -> addSecrets(item, secrets));
    }
  }
}
