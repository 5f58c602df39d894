package dev.pgrunbook.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks PostgreSQL, through pgjdbc, whether what is said about statements is so. */
@ExtendWith(PostgresExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class ServerAgreementTest {

  private final TestPostgres postgres;

  ServerAgreementTest(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @BeforeAll
  void createObjects() {
    postgres.execute(
        """
        CREATE TABLE t (id int PRIMARY KEY, v text, j jsonb);
        CREATE TABLE u (id int PRIMARY KEY, v text);
        CREATE INDEX i ON t (v);
        CREATE TABLE parent (id int) PARTITION BY RANGE (id);
        CREATE TABLE child PARTITION OF parent FOR VALUES FROM (0) TO (9);
        CREATE TABLE loose (id int);
        CREATE MATERIALIZED VIEW m AS SELECT 1 AS x;
        CREATE UNIQUE INDEX ON m (x);
        CREATE TABLE clustered (id int PRIMARY KEY);
        CLUSTER clustered USING clustered_pkey;
        ALTER TABLE u ADD CONSTRAINT pending CHECK (id > 0) NOT VALID;
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE PROCEDURE p(int) LANGUAGE sql AS 'SELECT 1';
        """);
  }

  /** Every lock said to be taken is taken, and no stronger one, on each relation named. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t JOIN u USING (id)",
        "WITH c AS (SELECT 1 AS id) SELECT extract(epoch FROM now()) FROM c, u",
        "SELECT * FROM t, (SELECT id FROM u) AS s",
        "SELECT * FROM t FOR UPDATE",
        "TABLE t",
        "INSERT INTO t SELECT id FROM u",
        "UPDATE t SET v = u.v FROM u WHERE t.id = u.id",
        "DELETE FROM ONLY t",
        "MERGE INTO t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE",
        "WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d",
        "TRUNCATE TABLE ONLY t, u RESTART IDENTITY",
        "CREATE INDEX ON t (v)",
        "CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE POLICY y ON t",
        "CREATE STATISTICS s ON id, v FROM t",
        "COMMENT ON TABLE t IS 'x'",
        "ALTER TABLE t ADD COLUMN c int",
        "ALTER TABLE u VALIDATE CONSTRAINT pending",
        "ALTER TABLE u VALIDATE CONSTRAINT pending, ADD c int",
        "ALTER TABLE t ALTER v SET STATISTICS 100",
        "ALTER TABLE t ALTER v SET (n_distinct = 5)",
        "ALTER TABLE t SET (fillfactor = 70, autovacuum_enabled = off)",
        "ALTER TABLE t SET (user_catalog_table = true)",
        "ALTER TABLE t RESET (fillfactor)",
        "ALTER TABLE t CLUSTER ON t_pkey",
        "ALTER TABLE t SET WITHOUT CLUSTER",
        "ALTER TABLE t DISABLE TRIGGER ALL",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES u (id)",
        "ALTER TABLE t ADD COLUMN c int REFERENCES u",
        "ALTER TABLE t RENAME TO tt",
        "ALTER TABLE t REPLICA IDENTITY FULL",
        "ALTER TABLE parent ATTACH PARTITION loose FOR VALUES FROM (10) TO (20)",
        "ALTER TABLE parent DETACH PARTITION child",
        "ALTER INDEX i RENAME TO ii",
        "REINDEX TABLE t",
        "REINDEX INDEX i",
        "CLUSTER clustered",
        "ANALYZE t (id), u",
        "REFRESH MATERIALIZED VIEW m",
        "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
        "LOCK TABLE t, u IN SHARE ROW EXCLUSIVE MODE NOWAIT",
        "LOCK t",
        "DROP INDEX i",
        "DROP TABLE t",
        "DROP MATERIALIZED VIEW IF EXISTS m",
      })
  void locksAreThoseOfTheServer(String sql) throws SQLException {
    Set<String> said = new LinkedHashSet<>();
    StatementAnalysis.of(sql).locks().forEach(l -> said.add(l.relation() + " " + l.mode()));
    assertThat(said).isNotEmpty();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (RelationLock lock : StatementAnalysis.of(sql).locks()) {
        statement.execute(
            "SELECT set_config('names."
                + lock.relation()
                + "', '"
                + oid(statement, lock.relation())
                + "', true)");
      }
      statement.execute(sql);
      for (RelationLock lock : StatementAnalysis.of(sql).locks()) {
        assertThat(strongest(statement, lock.relation()))
            .as(lock.relation())
            .isEqualTo(lock.mode());
      }
      connection.rollback();
    }
  }

  private static String oid(Statement statement, String relation) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT '" + relation + "'::regclass::oid")) {
      row.next();
      return row.getString(1);
    }
  }

  /** The relation may be renamed or dropped by now, so its oid was noted before. */
  private static String strongest(Statement statement, String relation) throws SQLException {
    String locks =
        "SELECT mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation'"
            + " AND relation = current_setting('names."
            + relation
            + "')::oid";
    LockMode strongest = LockMode.ACCESS_SHARE;
    try (ResultSet rows = statement.executeQuery(locks)) {
      while (rows.next()) {
        String mode = rows.getString(1).replace("Lock", "");
        for (LockMode candidate : LockMode.values()) {
          boolean same = candidate.spelling().replace(" ", "").equalsIgnoreCase(mode);
          strongest = same && candidate.compareTo(strongest) > 0 ? candidate : strongest;
        }
      }
    }
    return strongest.spelling();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX CONCURRENTLY ON t (v)",
        "DROP INDEX CONCURRENTLY IF EXISTS nosuch",
        "REINDEX TABLE CONCURRENTLY t",
        "REINDEX (VERBOSE, CONCURRENTLY on) TABLE t",
        "REINDEX (CONCURRENTLY false) TABLE t",
        "REINDEX SCHEMA public",
        "REINDEX SYSTEM postgres",
        "VACUUM t",
        "ANALYZE t",
        "CREATE DATABASE d",
        "DROP DATABASE IF EXISTS d",
        "ALTER DATABASE postgres SET TABLESPACE pg_default",
        "ALTER DATABASE postgres SET work_mem = '4MB'",
        "CREATE TABLESPACE ts LOCATION '/nosuch'",
        "DROP TABLESPACE IF EXISTS ts",
        "ALTER SYSTEM RESET ALL",
        "ALTER TABLE parent DETACH PARTITION child CONCURRENTLY",
        "ALTER TABLE parent DETACH PARTITION child",
        "CLUSTER",
        "CLUSTER VERBOSE",
        "CLUSTER clustered",
        "CREATE SUBSCRIPTION s CONNECTION 'host=nosuch' PUBLICATION p",
        "CREATE SUBSCRIPTION s CONNECTION 'host=nosuch' PUBLICATION p WITH (connect = false)",
        "COMMIT PREPARED 'x'",
        "ROLLBACK PREPARED 'x'",
        "DISCARD ALL",
        "DISCARD TEMP",
        "LISTEN x",
        "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
      })
  void transactionBlocksAreBarredAsTheServerDoes(String sql) throws SQLException {
    boolean barred = false;
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT 1");
      try {
        statement.execute(sql);
      } catch (SQLException refused) {
        assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("25001");
        barred = true;
      }
      connection.rollback();
    }
    assertThat(StatementAnalysis.of(sql).transactionRule() == TransactionRule.BARRED)
        .isEqualTo(barred);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT :n",
        "((SELECT :n))",
        "TABLE t LIMIT :n",
        "WITH x AS (SELECT :n) SELECT 1",
        "INSERT INTO t VALUES (:n)",
        "MERGE INTO t USING u ON t.id = :n WHEN MATCHED THEN DO NOTHING",
        "CALL p(:n)",
        "EXPLAIN ANALYZE CREATE TABLE x AS SELECT :n AS a",
        "EXPLAIN CREATE MATERIALIZED VIEW x AS SELECT :n AS a",
        "EXPLAIN DECLARE c CURSOR FOR SELECT :n",
        "CREATE TABLE x AS SELECT :n AS a",
        "SELECT :n AS a INTO x",
        "DECLARE c CURSOR WITH HOLD FOR SELECT :n",
        "CREATE MATERIALIZED VIEW x AS SELECT :n AS a",
        "CREATE VIEW x AS SELECT :n AS a",
        "EXECUTE x(:n)",
        "SET work_mem = :n",
        "ALTER TABLE t ADD CHECK (id > :n)",
        "CREATE TABLE x (a int DEFAULT :n)",
        "CREATE INDEX ON t (id) WHERE id > :n",
        "NOTIFY x, :n",
        "CREATE FUNCTION g() RETURNS int RETURN :n",
      })
  void parametersAreTakenWhereTheServerTakesThem(String sql) throws SQLException {
    SqlStatement template = only(sql);
    BoundSql bound = template.bind(p -> new BoundValue("int4", Value.integer(1)));
    boolean taken = true;
    try (Connection connection = postgres.connect()) {
      connection.setAutoCommit(false);
      connection.createStatement().execute("PREPARE x (int) AS SELECT $1");
      try (PreparedStatement statement = connection.prepareStatement(bound.text())) {
        statement.setInt(1, 1);
        statement.execute();
      } catch (SQLException refused) {
        assertThat(refused.getSQLState()).as(refused.getMessage()).isIn("42P02", "42601", "0A000");
        taken = false;
      }
      connection.rollback();
    }
    assertThat(template.analysis().takesParameters()).isEqualTo(taken);
  }

  @Test
  void operatorsWithQuestionMarksSurvivePgjdbc() throws SQLException {
    BoundSql bound =
        only("SELECT j ? 'a', j ?| :keys, j ?& array['a', '?'], j @? '$.a', E'\\'?' /* ? */,"
                + " j ?:key -- ?\n FROM (SELECT '{\"a\": 1}'::jsonb AS j) AS s")
            .bind(p -> new BoundValue("text", Value.none()));
    try (Connection connection = postgres.connect();
        PreparedStatement statement = connection.prepareStatement(bound.text())) {
      statement.setArray(1, connection.createArrayOf("text", new String[] {"b", "a"}));
      statement.setString(2, "b");
      ResultSet row = statement.executeQuery();
      row.next();
      assertThat(row.getBoolean(1)).isTrue();
      assertThat(row.getBoolean(2)).isTrue();
      assertThat(row.getBoolean(3)).isFalse();
      assertThat(row.getBoolean(4)).isTrue();
      assertThat(row.getString(5)).isEqualTo("'?");
      assertThat(row.getBoolean(6)).isFalse();
    }
  }

  /** Each becomes one statement of ours, and has to reach the server as one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE FUNCTION a() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END;"
            + " SELECT 3 AS end; END",
        "CREATE OR REPLACE PROCEDURE b() BEGIN ATOMIC INSERT INTO u VALUES (1);"
            + " DELETE FROM u WHERE id = CASE 1 WHEN 1 THEN 1 ELSE (CASE 2 WHEN 2 THEN 3 END) END;"
            + " END",
        "CREATE FUNCTION begin() RETURNS int RETURN 1",
        "CREATE RULE r AS ON DELETE TO u DO ALSO (SELECT 1; SELECT ';')",
        "DO $do$ BEGIN PERFORM $$;$$; END; $do$",
        "SELECT a[1:n], a[1 : n], a[n:2] FROM (SELECT array[1,2] AS a, 2 AS n) s",
        "SELECT U&'\\0061;', U&\"d\\0061\", 1 /* /* ; */ ; */ FROM (SELECT 1 AS da) s -- ;\n",
      })
  void whatIsOneStatementReachesTheServerAsOne(String sql) throws SQLException {
    SqlTemplate template =
        SqlTemplate.parse(SourceText.of("t", sql + ";\nSELECT 'second'")).orNull();
    List<SqlStatement> statements = Objects.requireNonNull(template).statements();
    assertThat(statements).hasSize(2);
    BoundSql bound = statements.get(0).bind(p -> fail("no placeholder"));
    try (Connection connection = postgres.connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(bound.text())) {
        statement.execute();
        assertThat(statement.getMoreResults()).isFalse();
      }
      connection.rollback();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "'",
        "\\",
        "it's \\'; --",
        "\"",
        "{a,b}",
        "NULL",
        "a\nb",
        "é😀",
        "$$",
        "?",
        ":x"
      })
  void literalsAndIdentifiersComeBackAsTheyWere(String text) {
    Value value = Value.text(text);
    assertThat(postgres.queryText("SELECT " + SqlLiterals.literal(value, "text"))).isEqualTo(text);
    ListValue list = new ListValue(List.of(value, Value.none(), Value.text("x")));
    String array = SqlLiterals.literal(list, "text[]");
    assertThat(postgres.queryText("SELECT (" + array + ")[1]")).isEqualTo(text);
    String input = SqlLiterals.quote(SqlLiterals.input(list, "text[]"));
    assertThat(postgres.queryText("SELECT " + input + "::text[] = " + array)).isEqualTo("t");
    String json = SqlLiterals.literal(list, "jsonb");
    assertThat(postgres.queryText("SELECT " + json + " ->> 0")).isEqualTo(text);
    if (!text.isEmpty()) {
      String name = SqlLiterals.identifier(text);
      assertThat(
              postgres.queryText(
                  "SELECT row_to_json(s) ->> "
                      + SqlLiterals.quote(text)
                      + " FROM (SELECT 'found' AS "
                      + name
                      + ") AS s"))
          .isEqualTo("found");
    }
  }

  @Test
  void theSmallestIntegerStaysAnInteger() {
    String smallest = SqlLiterals.literal(Value.integer(Long.MIN_VALUE), "int8");
    assertThat(postgres.queryText("SELECT pg_typeof(" + smallest + ")::text")).isEqualTo("bigint");
    assertThat(postgres.queryLong("SELECT -1 -" + smallest)).isEqualTo(Long.MAX_VALUE);
  }

  private static SqlStatement only(String sql) {
    SqlTemplate template = SqlTemplate.parse(SourceText.of("t", sql)).orNull();
    return Objects.requireNonNull(template).statements().get(0);
  }
}
