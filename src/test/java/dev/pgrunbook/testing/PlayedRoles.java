package dev.pgrunbook.testing;

import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.database.DatabaseSettings.Expectation;
import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.engine.TargetDatabase;
import dev.pgrunbook.inspect.Inspector;
import dev.pgrunbook.inspect.Limits;
import dev.pgrunbook.inspect.PlanStop;
import dev.pgrunbook.journal.RunEvent.Target;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.Planner;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which database plays which role of a runbook. */
final class PlayedRoles {

  private final Map<String, DatabaseSettings> databases = new LinkedHashMap<>();
  private final Set<String> guarded = new HashSet<>();

  void put(String role, DatabaseSettings settings) {
    databases.put(role, settings);
  }

  /** Plays a role by a database behind a port, as its superuser. */
  void put(String role, TestPostgres database, int port) {
    String host = database.address().host();
    put(
        role,
        new DatabaseSettings(
            role,
            "jdbc:postgresql://" + host + ":" + port + "/" + database.database(),
            database.address().user(),
            database.database(),
            Map.of(),
            SecretSource.of(new SecretValue(database.address().password())),
            false,
            Expectation.nothing()));
  }

  void protect(String role) {
    guarded.add(role);
  }

  /** Returns the databases for a run; whoever asks closes them. */
  Map<String, TargetDatabase> open(int sessions) {
    Map<String, TargetDatabase> targets = new HashMap<>();
    databases.forEach(
        (role, settings) ->
            targets.put(
                role,
                new TargetDatabase(
                    role,
                    settings.name(),
                    guarded.contains(role),
                    Database.open(settings, sessions))));
    return targets;
  }

  /** Returns the roles as a journal begins with them. */
  Map<String, Target> recorded() {
    Map<String, Target> targets = new LinkedHashMap<>();
    databases.forEach(
        (role, settings) -> targets.put(role, new Target(settings.name(), settings.display())));
    return targets;
  }

  /** Returns what a run would do, as the databases are now; without any, offline. */
  Plan plan(Runbook runbook, Map<String, Value> arguments) {
    if (databases.isEmpty()) {
      return Planner.plan(runbook, arguments);
    }
    Map<String, Database> open = new LinkedHashMap<>();
    databases.forEach((role, settings) -> open.put(role, Database.open(settings, 1)));
    List<SecretValue> secrets =
        arguments.values().stream()
            .filter(SecretValue.class::isInstance)
            .map(SecretValue.class::cast)
            .toList();
    try (Inspector inspector =
        Inspector.open(runbook, open, secrets, Limits.USUAL, new PlanStop())) {
      return Planner.plan(runbook, arguments, inspector);
    } finally {
      open.values().forEach(Database::close);
    }
  }
}
