package dev.pgrunbook.inspect;

import dev.pgrunbook.database.ApplicationName;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.SessionSettings;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.TargetRole;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.plan.Facts;
import dev.pgrunbook.plan.PlannedTarget;
import dev.pgrunbook.plan.RunScope;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a plan, from the databases that play the runbook's roles.
 *
 * <p>It sees one moment of each, through a session that cannot write, and runs what {@link Judge}
 * lets pass. It leaves nothing behind.
 */
public final class Inspector implements Facts, AutoCloseable {

  private final Map<String, TargetInspection> inspections;
  private final List<PlannedTarget> targets;

  private Inspector(Map<String, TargetInspection> inspections) {
    this.inspections = inspections;
    this.targets = inspections.values().stream().map(TargetInspection::target).toList();
  }

  /**
   * Connects to every database.
   *
   * @param databases the database of each role
   * @param secrets texts to mask in everything the servers say
   * @param stop ends everything with {@link PlanStop.Stopped} when it is asked to
   * @throws dev.pgrunbook.database.DatabaseFailure when one cannot be reached
   */
  public static Inspector open(
      Runbook runbook,
      Map<String, Database> databases,
      List<SecretValue> secrets,
      Limits limits,
      PlanStop stop) {
    SessionSettings settings =
        new SessionSettings(
            ApplicationName.of("plan"),
            limits.statement(),
            limits.lock(),
            limits.idle(),
            Map.of(),
            secrets);
    Map<String, TargetInspection> open = new LinkedHashMap<>();
    try {
      for (TargetRole role : runbook.targets()) {
        Database database = databases.get(role.role());
        if (database != null) {
          open.put(role.role(), TargetInspection.open(role, database, settings, limits, stop));
        }
      }
      return new Inspector(open);
    } catch (RuntimeException unreachable) {
      open.values().forEach(TargetInspection::close);
      throw unreachable;
    }
  }

  @Override
  public boolean connected() {
    return true;
  }

  @Override
  public List<PlannedTarget> targets() {
    return targets;
  }

  @Override
  public Reading read(String role, ExpandedStatement statement, RunScope scope, int maxRows) {
    return of(role).read(statement, scope, maxRows);
  }

  @Override
  public Examination examine(String role, ExpandedStatement statement) {
    return of(role).examine(statement);
  }

  @Override
  public void expect(String role, List<StatementEffects> effects) {
    of(role).expect(effects);
  }

  @Override
  public StatementEffects refine(
      String role, ExpandedStatement statement, StatementEffects effects) {
    return of(role).refine(statement, effects);
  }

  /** Returns why a database has not told all of what was asked last of it, or null. */
  public @Nullable String unread(String role) {
    return of(role).unread();
  }

  private TargetInspection of(String role) {
    TargetInspection inspection = inspections.get(role);
    if (inspection == null) {
      throw new IllegalStateException("no database plays the role " + role);
    }
    return inspection;
  }

  @Override
  public void close() {
    new ArrayList<>(inspections.values()).forEach(TargetInspection::close);
  }
}
