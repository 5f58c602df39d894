package dev.pgrunbook.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.database.DatabaseSettings.Expectation;
import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.inspect.Inspector;
import dev.pgrunbook.inspect.Limits;
import dev.pgrunbook.inspect.PlanStop;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.loader.SourceResolver;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Observation.Checked;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.PlannedStatement;
import dev.pgrunbook.plan.PlannedStep;
import dev.pgrunbook.plan.Planner;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.testing.PairOf;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.Resources;
import dev.pgrunbook.testing.TestPair;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The plan of the resynchronisation on a real pair: the very statements, and nothing done. */
@ExtendWith(PostgresExtension.class)
class ResyncPlanTest {

  @Test
  void thePlanShowsTheStatementsAndChangesNothing(
      @PairOf(publisher = "pairs/person.publisher.sql", subscriber = "pairs/person.subscriber.sql")
          TestPair pair) {
    PersonPair person = new PersonPair(pair);
    List<String> indexes = person.indexes();

    Plan plan = plan(pair);

    assertThat(plan.findings().stream().filter(found -> found.finding().isError())).isEmpty();
    assertThat(executed(plan, "drop-indexes"))
        .isNotEmpty()
        .allSatisfy(sql -> assertThat(sql).startsWith("DROP INDEX IF EXISTS public."));
    assertThat(executed(plan, "resync"))
        .singleElement()
        .asString()
        .contains("relation := 'public.\"Person\"'::regclass");
    for (String check :
        List.of(
            "subscription-enabled", "right-publisher", "in-replication-set", "no-foreign-keys")) {
      assertThat(step(plan, check).items().get(0).observation())
          .as(check)
          .isInstanceOfSatisfying(Checked.class, checked -> assertThat(checked.passed()).isTrue());
    }
    assertThat(step(plan, "indexes-as-before").resolution().isResolved()).isFalse();
    assertThat(plan(pair).digest()).isEqualTo(plan.digest());
    assertThat(person.indexes()).isEqualTo(indexes);
    assertThat(person.rows()).isEqualTo(1000);
  }

  private static PlannedStep step(Plan plan, String id) {
    return plan.allSteps().stream()
        .filter(step -> step.step().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> executed(Plan plan, String id) {
    return step(plan, id).items().stream()
        .flatMap(item -> item.executed().stream())
        .map(PlannedStatement::display)
        .toList();
  }

  private static Plan plan(TestPair pair) {
    String resource = "runbooks/pglogical/resync-tables.yaml";
    SourceFile file = new SourceFile(resource, Resources.text(resource));
    Runbook runbook =
        Objects.requireNonNull(
                new RunbookLoader(new YamlFrontEnd()).load(file, SourceResolver.none()).orNull())
            .runbook();
    Map<String, Database> databases =
        Map.of("publisher", open(pair.publisher()), "subscriber", open(pair.subscriber()));
    Map<String, Value> arguments =
        Map.of("tables", new ListValue(List.of(Value.text(PersonPair.PERSON))));
    try (Inspector inspector =
        Inspector.open(runbook, databases, List.of(), Limits.USUAL, new PlanStop())) {
      return Planner.plan(runbook, arguments, inspector);
    } finally {
      databases.values().forEach(Database::close);
    }
  }

  private static Database open(TestPostgres postgres) {
    return Database.open(
        new DatabaseSettings(
            postgres.database(),
            postgres.jdbcUrl(),
            postgres.address().user(),
            postgres.database(),
            Map.of(),
            SecretSource.of(new SecretValue(postgres.address().password())),
            false,
            Expectation.nothing()),
        1);
  }
}
