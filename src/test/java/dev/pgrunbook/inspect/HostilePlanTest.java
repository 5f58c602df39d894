package dev.pgrunbook.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.database.DatabaseSettings.Expectation;
import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.loader.LoadedRunbook;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.loader.SourceResolver;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Observation.Queried;
import dev.pgrunbook.plan.PlannedItem;
import dev.pgrunbook.plan.Planner;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.testing.Golden;
import dev.pgrunbook.testing.OwnServer;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value.SecretValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/**
 * Plans of runbooks that mean ill, on a database whose owner does: nothing changes anywhere.
 *
 * <p>Each query stands in a runbook that asks it, where the loader lets it, and in one that has it
 * generated, where nobody can have looked at it before.
 */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostilePlanTest {

  private static final List<String> DATABASES = List.of("hostile", "hijacked", "usurped");

  private Path files;
  private TestPostgres server;
  private final Map<String, TestPostgres> databases = new LinkedHashMap<>();
  private final Map<TestPostgres, Inspector> inspectors = new HashMap<>();
  private final List<Database> opened = new ArrayList<>();
  private final List<String> moved = new ArrayList<>();
  private Connection canary;

  @BeforeAll
  void setUp(
      @OwnServer(
              settings = {
                "wal_level=logical",
                "autovacuum=off",
                "checkpoint_timeout=1h",
                "max_replication_slots=10"
              })
          TestPostgres postgres,
      @TempDir Path directory)
      throws IOException, SQLException {
    files = directory;
    Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxrwxrwx"));
    server = postgres;
    server.execute("CREATE EXTENSION pg_walinspect");
    for (String name : DATABASES) {
      TestPostgres database = server.newDatabase(name);
      String setup = name.equals("hostile") ? "setup.sql" : "setup-" + name + ".sql";
      database.execute(new HostileCases(database, files).setup(setup));
      databases.put(name, database);
    }
    server.queryText("SELECT slot_name FROM pg_create_physical_replication_slot('kept', true)");
    // Pages that a reader would tidy up, and so log, are tidy.
    databases.values().forEach(database -> database.execute("VACUUM (FREEZE)"));
    server.execute("VACUUM (FREEZE)");
    server.execute("CHECKPOINT");
    canary = server.connect();
    canary.createStatement().execute("SET application_name = 'canary'; LISTEN hostile");
  }

  @AfterAll
  void tearDown() throws SQLException {
    canary.close();
  }

  @Test
  void nothingThatMeansIllIsRunAndNothingChanges() throws SQLException {
    Path data = Path.of(server.queryText("SHOW data_directory"));
    // The first look may leave hints behind.
    Fingerprint.of(server, databases.values(), data, files);
    Fingerprint before = Fingerprint.of(server, databases.values(), data, files);
    String next = nextTransaction();
    String position = Fingerprint.position(server);

    List<String> told = new ArrayList<>();
    databases.forEach((name, database) -> told.addAll(planAll(name, database)));
    disconnect();

    String end = Fingerprint.position(server);
    assertThat(nextTransaction()).isEqualTo(next);
    Fingerprint after = Fingerprint.of(server, databases.values(), data, files);
    assertThat(after.differences(before)).as("changed").isEmpty();
    assertThat(Fingerprint.logged(server, position, end))
        .as("written to the log, while planning one of %s", moved)
        .isEmpty();
    assertThat(canary.unwrap(PGConnection.class).getNotifications(1)).isEmpty();
    assertThat(told).hasSizeGreaterThan(200);
    Golden.check("hostile/plan/reasons.txt", told);
  }

  /** Plans every query of a database in both ways and returns what the plans say of each. */
  private List<String> planAll(String name, TestPostgres database) {
    String file = name.equals("hostile") ? "queries.sql" : "queries-" + name + ".sql";
    List<String> told = new ArrayList<>();
    for (Map.Entry<String, String> query :
        new HostileCases(database, files).queries(file).entrySet()) {
      String asked = outcome(database, HostileCases.asking(query.getValue()));
      String generated = outcome(database, HostileCases.generating(query.getValue()));
      told.add(name + " " + query.getKey() + ", asked: " + asked);
      told.add(name + " " + query.getKey() + ", generated: " + generated);
    }
    for (Map.Entry<String, String> statement :
        new HostileCases(database, files)
            .queries(file.replace("queries", "statements"))
            .entrySet()) {
      String yaml = HostileCases.executing(statement.getValue());
      told.add(name + " " + statement.getKey() + ", planned: " + outcome(database, yaml));
    }
    return told;
  }

  private String outcome(TestPostgres database, String yaml) {
    Validated<LoadedRunbook> loaded =
        new RunbookLoader(new YamlFrontEnd())
            .load(new SourceFile("hostile.yaml", yaml), SourceResolver.none());
    LoadedRunbook runbook = loaded.orNull();
    if (runbook == null) {
      return "refused, " + loaded.diagnostics().get(0).message();
    }
    String position = position();
    PlannedItem item = plan(database, runbook.runbook());
    if (!position().equals(position)) {
      moved.add(yaml);
    }
    String found = item.findings().isEmpty() ? "" : "; " + item.findings().get(0).message();
    return (item.resolution() instanceof Deferred deferred
            ? "not run, because " + deferred.reason()
            : item.executed().isEmpty() ? "RUN" : "shown")
        + found;
  }

  @Test
  void whatOnlyReadsIsRun() {
    List<String> notRun = new ArrayList<>();
    TestPostgres database = databases.get("hostile");
    Map<String, String> queries = new HostileCases(database, files).queries("harmless.sql");
    for (Map.Entry<String, String> query : queries.entrySet()) {
      Runbook runbook = load(HostileCases.asking(query.getValue()));
      PlannedItem item = plan(database, runbook);
      if (!(item.observation() instanceof Queried)) {
        notRun.add(query.getKey() + ": " + item.resolution() + item.findings());
      }
    }
    disconnect();
    assertThat(notRun).isEmpty();
    assertThat(queries).hasSizeGreaterThan(20);
  }

  /** Returns where the log stands. */
  private String position() {
    try (Statement statement = canary.createStatement();
        ResultSet result = statement.executeQuery("SELECT pg_current_wal_insert_lsn()::text")) {
      result.next();
      return result.getString(1);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private String nextTransaction() {
    return server.queryText("SELECT pg_snapshot_xmax(pg_current_snapshot())::text");
  }

  private PlannedItem plan(TestPostgres postgres, Runbook runbook) {
    Inspector inspector =
        inspectors.computeIfAbsent(
            postgres,
            key -> {
              Database database = Database.open(settings(postgres), 1);
              opened.add(database);
              return Inspector.open(
                  runbook, Map.of("db", database), List.of(), Limits.USUAL, new PlanStop());
            });
    return Planner.plan(runbook, Map.of(), inspector).steps().get(0).items().get(0);
  }

  private void disconnect() {
    inspectors.values().forEach(Inspector::close);
    inspectors.clear();
    opened.forEach(Database::close);
    opened.clear();
  }

  private static DatabaseSettings settings(TestPostgres postgres) {
    return new DatabaseSettings(
        "hostile",
        postgres.jdbcUrl(),
        postgres.address().user(),
        postgres.database(),
        Map.of(),
        SecretSource.of(new SecretValue(postgres.address().password())),
        false,
        Expectation.nothing());
  }

  private static Runbook load(String yaml) {
    return Objects.requireNonNull(
            new RunbookLoader(new YamlFrontEnd())
                .load(new SourceFile("harmless.yaml", yaml), SourceResolver.none())
                .orNull())
        .runbook();
  }
}
