package dev.pgrunbook.inspect.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.database.ApplicationName;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.ReadOnlySession;
import dev.pgrunbook.database.SessionSettings;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.sql.LockMode;
import dev.pgrunbook.sql.QualifiedName;
import dev.pgrunbook.sql.RelationEffect;
import dev.pgrunbook.sql.RelationLock;
import dev.pgrunbook.sql.SqlScript;
import dev.pgrunbook.sql.StatementContext;
import dev.pgrunbook.sql.StatementContext.Block;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.Resources;
import dev.pgrunbook.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs each statement of {@code analysis-on-server.sql} and compares what a real server locks and
 * rewrites with what is said beforehand.
 */
@ExtendWith(PostgresExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class ServerProofTest {

  private static final List<String> OUTSIDE =
      List.of(
          "CREATE INDEX CONCURRENTLY ON loose (id)",
          "DROP INDEX CONCURRENTLY person_by_name",
          "REINDEX TABLE CONCURRENTLY person",
          "REINDEX INDEX CONCURRENTLY person_by_name",
          "VACUUM loose",
          "VACUUM FULL loose",
          "ALTER TABLE parts DETACH PARTITION parts_2025 CONCURRENTLY");

  private final TestPostgres postgres;
  private final Database database;
  private final ReadOnlySession session;
  private final Connection connection;
  private CatalogFacts facts = new CatalogFacts(0, false, Map.of(), Map.of(), Map.of());

  ServerProofTest(TestPostgres postgres) throws SQLException {
    this.postgres = postgres;
    this.database = CatalogReaderTest.open(postgres);
    this.session = database.readOnlySession(SessionSettings.of(ApplicationName.of("r1", "plan")));
    this.connection = postgres.connect();
  }

  @BeforeAll
  void createObjects() throws SQLException {
    postgres.execute(Resources.text("analysis-on-server-setup.sql"));
    connection.setAutoCommit(false);
    List<String> all = new ArrayList<>(statements());
    all.addAll(OUTSIDE);
    facts = CatalogReader.read(session, all.stream().map(ServerProofTest::offline).toList());
  }

  @AfterAll
  void close() throws SQLException {
    connection.close();
    session.close();
    database.close();
  }

  static List<String> statements() {
    List<String> all =
        Objects.requireNonNull(
            SqlScript.split(SourceText.of("statements", Resources.text("analysis-on-server.sql")))
                .orNull());
    return all.stream().map(one -> one.substring(commentEnd(one))).toList();
  }

  private static int commentEnd(String statement) {
    int at = 0;
    while (statement.startsWith("--", at)) {
      at = statement.indexOf('\n', at) + 1;
    }
    return at;
  }

  /** What is found or said of one table or index. */
  private record Finding(String mode, boolean rewritten) {}

  @ParameterizedTest
  @MethodSource("statements")
  void locksAndRewritesAreThoseOfTheServer(String sql) throws SQLException {
    StatementEffects effects = connected(sql);
    Map<String, Finding> found = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE before ON COMMIT DROP AS " + FILES);
      statement.execute(sql);
      try (ResultSet rows = statement.executeQuery(FOUND)) {
        while (rows.next()) {
          boolean rewritten = rows.getBoolean(3) && !sql.startsWith("TRUNCATE");
          Finding one = new Finding(mode(rows.getString(2)), rewritten);
          found.merge(rows.getString(1), one, ServerProofTest::stronger);
        }
      }
    } finally {
      connection.rollback();
    }
    assertThat(said(effects, found)).as(sql).isEqualTo(found);
  }

  private static final String FILES =
      "SELECT c.oid, c.oid::regclass::text AS name, c.relfilenode, c.relkind,"
          + " c.reltoastrelid FROM pg_class AS c"
          + " WHERE c.relnamespace = 'public'::regnamespace";

  /**
   * TRUNCATE gives a new file that nobody has to write; indexes and sequences are locked along with
   * their tables; their names are not of interest.
   */
  private static final String FOUND =
      """
      SELECT b.name, l.mode, coalesce(c.relfilenode <> b.relfilenode, false)
      FROM pg_locks AS l
        JOIN before AS b ON b.oid = l.relation
        LEFT JOIN pg_class AS c ON c.oid = b.oid
      WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation'
        AND b.relkind IN ('r', 'p', 'v', 'm')""";

  private static Finding stronger(Finding one, Finding other) {
    LockMode first = LockMode.valueOf(one.mode().replace(' ', '_'));
    LockMode second = LockMode.valueOf(other.mode().replace(' ', '_'));
    return second.compareTo(first) > 0 ? other : one;
  }

  private static String mode(String name) {
    for (LockMode mode : LockMode.values()) {
      if ((mode.spelling().replace(" ", "") + "Lock").equalsIgnoreCase(name)) {
        return mode.spelling();
      }
    }
    throw new AssertionError(name);
  }

  private Map<String, Finding> said(StatementEffects effects, Map<String, Finding> found) {
    Map<String, Finding> said = new TreeMap<>();
    for (RelationEffect relation : effects.relations()) {
      List<String> parts = QualifiedName.parts(relation.relation());
      RelationLock lock = relation.lock();
      boolean index = isIndex(parts.get(parts.size() - 1));
      if (lock != null && !index) {
        assertThat(relation.work()).as("no open question").allMatch(w -> w.condition() == null);
        addSaid(said, parts.get(parts.size() - 1), relation, lock.mode(), found);
      }
    }
    return said;
  }

  /** A partitioned table has no file; its partitions are locked and rewritten where it is said. */
  private static void addSaid(
      Map<String, Finding> said,
      String name,
      RelationEffect relation,
      String mode,
      Map<String, Finding> found) {
    Finding own = new Finding(mode, relation.mayBeRewritten());
    String partitions = String.join(" ", relation.facts());
    if (!partitions.contains("2 partitions")) {
      said.putIfAbsent(name, own);
      return;
    }
    said.put(name, new Finding(mode, false));
    for (String partition : List.of("parts_2025", "parts_rest")) {
      if (partitions.endsWith("locked SHARE")) {
        said.put(partition, new Finding("SHARE", false));
      } else if (partitions.endsWith("locked alike")
          || partitions.endsWith("where touched") && found.containsKey(partition)) {
        said.put(partition, own);
      }
    }
  }

  private boolean isIndex(String name) {
    return name.startsWith("person_by_");
  }

  private static StatementEffects offline(String sql) {
    return StatementEffects.of(sql, StatementContext.in(Block.OWN));
  }

  private StatementEffects connected(String sql) {
    return ConnectedEffects.of(offline(sql), facts, null);
  }

  /**
   * What cannot run in a transaction shows its first lock while another session keeps it waiting.
   */
  @ParameterizedTest
  @FieldSource("OUTSIDE")
  void locksOutsideOfTransactionsAreThoseOfTheServer(String sql) throws Exception {
    StatementEffects effects = connected(sql);
    List<String> tables = new ArrayList<>();
    for (RelationEffect relation : effects.relations()) {
      String name = relation.relation().replace("public.", "");
      if (!isIndex(name) && !name.equals("parts_2025")) {
        tables.add(name + " " + Objects.requireNonNull(relation.lock()).mode());
      }
    }
    try (Connection holder = postgres.connect();
        Connection waiter = postgres.connect()) {
      holder.setAutoCommit(false);
      holder.createStatement().execute("LOCK TABLE loose, person, parts IN EXCLUSIVE MODE");
      int pid = pid(waiter);
      Thread waits =
          new Thread(
              () -> {
                try (Statement statement = waiter.createStatement()) {
                  statement.execute(sql);
                } catch (SQLException cancelled) {
                  // It is cancelled below, when it has shown what it waits for.
                }
              });
      waits.start();
      assertThat(awaited(pid)).isEqualTo(tables);
      postgres.execute("SELECT pg_cancel_backend(" + pid + ")");
      waits.join();
      holder.rollback();
    }
  }

  private static int pid(Connection connection) throws SQLException {
    try (ResultSet row = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }

  private List<String> awaited(int pid) throws SQLException {
    String waiting =
        "SELECT relation::regclass::text, mode FROM pg_locks"
            + " WHERE NOT granted AND locktype = 'relation' AND pid = "
            + pid;
    while (true) {
      List<List<String>> rows = new ArrayList<>();
      postgres
          .queryRows(waiting)
          .forEach(row -> rows.add(List.of(row.get(0) + "", row.get(1) + "")));
      if (!rows.isEmpty()) {
        return rows.stream().map(row -> row.get(0) + " " + mode(row.get(1))).toList();
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void volatileFunctionsAreTheServersOwn() {
    List<String> wrong = new ArrayList<>();
    String names =
        "SELECT proname, bool_or(provolatile = 'v') FROM pg_proc"
            + " WHERE pronamespace = 'pg_catalog'::regnamespace GROUP BY proname";
    for (List<String> row : postgres.queryRows(names)) {
      StatementEffects effects =
          StatementEffects.of(
              "ALTER TABLE t ADD a int DEFAULT " + row.get(0) + "()",
              StatementContext.in(Block.OWN));
      List<String> work =
          effects.relations().get(0).work().stream().map(one -> one.words()).toList();
      boolean said = work.contains("rewritten");
      boolean open = work.stream().anyMatch(words -> words.contains("is volatile"));
      if (!open && said != "t".equals(row.get(1))) {
        wrong.add(row.get(0));
      }
    }
    assertThat(wrong).isEmpty();
  }
}
