package dev.pgrunbook.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.database.DatabaseSettings.Expectation;
import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.loader.SourceResolver;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.PlannedItem;
import dev.pgrunbook.plan.Planner;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value.SecretValue;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a plan makes of servers that are slow, closed or busy. */
@ExtendWith(PostgresExtension.class)
class InspectorTest {

  private static final Limits SHORT =
      new Limits(Duration.ofMillis(1500), Duration.ofMillis(100), Duration.ofMinutes(1));

  private static PlannedItem plan(TestPostgres postgres, String user, String step) {
    String yaml =
        "runbook: example\nversion: \"1.0.0\"\ntitle: Example\ntargets: {db: {}}\nsteps:\n"
            + "  - id: step\n    target: db\n    "
            + step.strip().replace("\n", "\n    ")
            + "\n";
    Runbook runbook =
        Objects.requireNonNull(
                new RunbookLoader(new YamlFrontEnd())
                    .load(new SourceFile("example.yaml", yaml), SourceResolver.none())
                    .orNull())
            .runbook();
    Database database = Database.open(settings(postgres, user), 1);
    try (Inspector inspector =
        Inspector.open(runbook, Map.of("db", database), List.of(), SHORT, new PlanStop())) {
      Plan plan = Planner.plan(runbook, Map.of(), inspector);
      return plan.steps().get(0).items().get(0);
    } finally {
      database.close();
    }
  }

  private static DatabaseSettings settings(TestPostgres postgres, String user) {
    return new DatabaseSettings(
        "db",
        postgres.jdbcUrl(),
        user,
        postgres.database(),
        Map.of(),
        SecretSource.of(new SecretValue(postgres.address().password())),
        false,
        Expectation.nothing());
  }

  private static String reason(PlannedItem item) {
    return ((Deferred) item.resolution()).reason();
  }

  private static List<String> findings(PlannedItem item) {
    return item.statements().stream()
        .flatMap(statement -> statement.findings().stream())
        .map(finding -> finding.severity().word() + " " + finding.message())
        .toList();
  }

  @Test
  void aQueryThatTakesForEverIsGivenUpWithAWarning(TestPostgres postgres) {
    PlannedItem item =
        plan(
            postgres,
            postgres.address().user(),
            "generate: SELECT 'SELECT 1' FROM generate_series(1, 100000000000) AS i WHERE i < 0");
    assertThat(reason(item)).contains("it takes longer than the 1 seconds that planning waits");
    assertThat(findings(item)).singleElement().asString().startsWith("warning it takes longer");
    assertThat(item.executed()).isEmpty();
  }

  @Test
  void aMissingPrivilegeIsAnError(TestPostgres postgres) {
    String role = "plain_" + postgres.database();
    postgres.execute(
        "CREATE TABLE closed (a int); CREATE ROLE %s LOGIN PASSWORD '%s'"
            .formatted(role, postgres.address().password()));
    try {
      PlannedItem item = plan(postgres, role, "query: SELECT a FROM closed");
      assertThat(findings(item)).containsExactly("error permission denied for table closed");
    } finally {
      postgres.execute("DROP ROLE " + role);
    }
  }

  @Test
  void aLockedTableKeepsNobodyWaiting(TestPostgres postgres) throws SQLException {
    postgres.execute("CREATE TABLE busy (a int)");
    try (Connection other = postgres.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("LOCK TABLE busy IN ACCESS EXCLUSIVE MODE");
      PlannedItem item =
          plan(postgres, postgres.address().user(), "sql: UPDATE busy SET a = 1 WHERE a = 2");
      assertThat(findings(item))
          .anyMatch(found -> found.startsWith("note the server could not check it while"));
    }
  }

  @Test
  void thePlaceOfAMistakeIsOneOfTheShownStatement(TestPostgres postgres) {
    PlannedItem item =
        plan(
            postgres,
            postgres.address().user(),
            "forEach: {n: [a, bcd]}\nsql: UPDATE pg_class SET relname = :n WHRE true");
    String display = item.statements().get(0).display();
    Integer position = item.statements().get(0).findings().get(0).position();
    assertThat(display.substring(Objects.requireNonNull(position) - 1)).startsWith("WHRE true");
  }
}
