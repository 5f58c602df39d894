package dev.pgrunbook.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.source.SourceText;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementAnalysisTest {

  private static StatementAnalysis of(String sql) {
    return StatementAnalysis.of(sql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "select 1|SELECT",
        "((select 1) union select 2)|SELECT",
        "table t|SELECT",
        "values (1)|SELECT",
        "/* a */ with x as (delete from t returning *) select * from x|SELECT",
        "with x as (select 1) insert into t select * from x|INSERT",
        "with recursive x(a) as (select 1) update t set a = 1|UPDATE",
        "select a into temp x from t|SELECT INTO",
        "truncate t|TRUNCATE TABLE",
        "lock t|LOCK TABLE",
        "end|COMMIT",
        "abort work|ROLLBACK",
        "start transaction|START TRANSACTION",
        "commit prepared 'x'|COMMIT PREPARED",
        "prepare transaction 'x'|PREPARE TRANSACTION",
        "prepare p as select 1|PREPARE",
        "declare c cursor for select 1|DECLARE CURSOR",
        "discard all|DISCARD ALL",
        "drop index if exists a|DROP INDEX",
        "drop index concurrently a|DROP INDEX CONCURRENTLY",
        "create unique index concurrently a on t (b)|CREATE INDEX CONCURRENTLY",
        "create index on t (b)|CREATE INDEX",
        "create temp table a as select 1|CREATE TABLE AS",
        "create table a (b int generated always as (c) stored)|CREATE TABLE",
        "create or replace function f() returns int return 1|CREATE FUNCTION",
        "create materialized view a as select 1|CREATE MATERIALIZED VIEW",
        "create foreign data wrapper x|CREATE FOREIGN DATA WRAPPER",
        "drop text search configuration x|DROP TEXT SEARCH CONFIGURATION",
        "drop user mapping for x server y|DROP USER MAPPING",
        "drop user x|DROP ROLE",
        "drop owned by x|DROP OWNED",
        "alter system set a = 1|ALTER SYSTEM",
        "alter default privileges grant select on tables to x|ALTER DEFAULT PRIVILEGES",
        "refresh materialized view concurrently x|REFRESH MATERIALIZED VIEW",
        "frobnicate x|FROBNICATE",
      })
  void commandIsPostgresqlsTag(String sql, String command) {
    assertThat(of(sql).command()).isEqualTo(command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT count(*), lower(a), coalesce(b, 1) FROM t WHERE c IN (1, 2) AND d = ANY (e)",
        "SELECT format('DROP INDEX %I', x) FROM jsonb_to_recordset('[]') AS i(x text, y varchar(3))",
        "WITH a (x) AS (SELECT 1), b (y) AS (SELECT 2) SELECT * FROM a JOIN b ON (x = y)",
        "SELECT pg_catalog.pg_relation_size('t'), left(a, 2), x::numeric(10, 2), \"count\"(*) FROM t",
        "TABLE t",
        "VALUES (1), (2)",
        "SHOW work_mem",
        "EXPLAIN DELETE FROM t",
        "EXPLAIN ANALYZE SELECT 1",
        "EXPLAIN (ANALYZE off) TRUNCATE t",
        "DECLARE c CURSOR FOR SELECT 1",
      })
  void reads(String sql) {
    assertThat(of(sql).readOnly()).isTrue();
    assertThat(of(sql).destructive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a INTO b FROM c",
        "SELECT a FROM b FOR UPDATE",
        "SELECT a FROM b FOR NO KEY UPDATE SKIP LOCKED",
        "WITH x AS (DELETE FROM t WHERE a RETURNING *) SELECT * FROM x",
        "WITH x AS MATERIALIZED (INSERT INTO t VALUES (1) RETURNING *) SELECT * FROM x",
        "SELECT nextval('s')",
        "SELECT setval('s', 1)",
        "SELECT pg_notify('a', 'b')",
        "SELECT pg_logical_emit_message(true, 'pgrunbook', 'nudge')",
        "SELECT archive.old_rows()",
        "SELECT old_rows ()",
        "SELECT * FROM t, \"Odd\" ('x')",
        "EXPLAIN ANALYZE INSERT INTO t VALUES (1)",
        "EXPLAIN (COSTS off, ANALYZE) UPDATE t SET a = 1 WHERE b",
        "INSERT INTO t VALUES (1)",
        "CALL p(1)",
        "DO 'x'",
        "SET a = 1",
        "FROBNICATE",
      })
  void isNotKnownToBeReadOnly(String sql) {
    assertThat(of(sql).readOnly()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DROP INDEX IF EXISTS public.\"a;b\"|drops index public.\"a;b\"",
        "DROP TABLE a, b CASCADE|drops table a, b CASCADE",
        "TRUNCATE TABLE a, b|removes every row of a, b",
        "DELETE FROM ONLY a|deletes every row of a: there is no WHERE",
        "WITH x AS (DELETE FROM a RETURNING *) SELECT * FROM x WHERE b|deletes every row of a: there is no WHERE",
        "WITH x AS (SELECT 1 WHERE true) UPDATE a SET b = (SELECT 1 WHERE c)|changes every row of a: there is no WHERE",
        "ALTER TABLE IF EXISTS ONLY a ADD b int, DROP COLUMN c CASCADE|drops COLUMN c CASCADE of table a",
        "ALTER TYPE a DROP ATTRIBUTE b|drops ATTRIBUTE b of type a",
        "ALTER PUBLICATION a DROP TABLE b|drops TABLE b of publication a",
        "DO $$ BEGIN EXECUTE 'drop table a'; END $$|its body says DROP",
        "EXPLAIN ANALYZE DELETE FROM a|deletes every row of a: there is no WHERE",
        "SELECT pg_drop_replication_slot('a')|pg_drop_replication_slot drops the replication slot",
      })
  void saysWhatIsDestroyed(String sql, String danger) {
    assertThat(of(sql).dangers()).containsExactly(danger);
    assertThat(of(sql).destructive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM a WHERE b",
        "UPDATE a SET b = 1 WHERE c",
        "INSERT INTO a VALUES (1) ON CONFLICT (b) DO UPDATE SET c = 1",
        "ALTER TABLE a ALTER COLUMN b DROP NOT NULL, ALTER c DROP DEFAULT",
        "CREATE INDEX a ON b (c)",
        "COMMENT ON TABLE a IS 'DROP'",
        "DO $$ BEGIN PERFORM dropped FROM deleted; END $$",
        "SELECT 'DELETE FROM a'",
        "EXPLAIN DELETE FROM a",
        "SELECT pglogical.alter_subscription_synchronize('s', truncate := false)",
        "SELECT pglogical.alter_subscription_synchronize('s')",
        "SELECT a FROM b FOR UPDATE",
      })
  void isNotDestructive(String sql) {
    assertThat(of(sql).dangers()).isEmpty();
    assertThat(of(sql).destructive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX CONCURRENTLY ON t (v)",
        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS x ON t (v)",
        "DROP INDEX CONCURRENTLY IF EXISTS nosuch",
        "REINDEX TABLE CONCURRENTLY t",
        "REINDEX (CONCURRENTLY) TABLE t",
        "REINDEX (VERBOSE, CONCURRENTLY on) INDEX t",
        "REINDEX SCHEMA public",
        "REINDEX DATABASE postgres",
        "REINDEX (VERBOSE) SYSTEM postgres",
        "VACUUM",
        "VACUUM (ANALYZE) t",
        "CREATE DATABASE d",
        "DROP DATABASE IF EXISTS d",
        "ALTER DATABASE postgres SET TABLESPACE pg_default",
        "CREATE TABLESPACE ts LOCATION '/x'",
        "DROP TABLESPACE ts",
        "ALTER SYSTEM RESET ALL",
        "ALTER TABLE part DETACH PARTITION s.part1 CONCURRENTLY",
        "CLUSTER",
        "CLUSTER VERBOSE",
        "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
        "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (create_slot = true)",
        "ALTER SUBSCRIPTION s REFRESH PUBLICATION",
        "ALTER SUBSCRIPTION s SET PUBLICATION p",
        "ALTER SUBSCRIPTION s ADD PUBLICATION p WITH (copy_data = false)",
        "ALTER SUBSCRIPTION s DROP PUBLICATION p",
        "ALTER SUBSCRIPTION s SET (failover = true)",
        "DROP SUBSCRIPTION s",
        "COMMIT PREPARED 'x'",
        "ROLLBACK PREPARED 'x'",
        "DISCARD ALL",
      })
  void isBarredFromTransactionBlocks(String sql) {
    assertThat(of(sql).transactionRule()).isEqualTo(TransactionRule.BARRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REINDEX (CONCURRENTLY false) TABLE t",
        "REINDEX TABLE t",
        "REINDEX TABLE concurrently_named",
        "ANALYZE",
        "ALTER DATABASE postgres SET work_mem = '4MB'",
        "ALTER TABLE part DETACH PARTITION part1",
        "ALTER TABLE part DETACH PARTITION part1 FINALIZE",
        "CLUSTER t",
        "CLUSTER VERBOSE t USING i",
        "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = false)",
        "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (slot_name = NONE, create_slot=off)",
        "ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)",
        "ALTER SUBSCRIPTION s DISABLE",
        "ALTER SUBSCRIPTION s SET (slot_name = NONE)",
        "DISCARD TEMP",
        "ALTER TYPE e ADD VALUE 'b'",
        "CHECKPOINT",
        "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
        "SET LOCAL work_mem = '4MB'",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        "CREATE INDEX concurrently_named ON t (v)",
      })
  void isAllowedInTransactionBlocks(String sql) {
    assertThat(of(sql).transactionRule()).isEqualTo(TransactionRule.ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN",
        "begin isolation level serializable",
        "START TRANSACTION",
        "COMMIT AND CHAIN",
        "END",
        "ROLLBACK TO SAVEPOINT a",
        "ABORT",
        "SAVEPOINT a",
        "RELEASE a",
        "PREPARE TRANSACTION 'x'",
        "SET TRANSACTION READ WRITE",
        "SET LOCAL TRANSACTION ISOLATION LEVEL SERIALIZABLE",
        "SET transaction_read_only = off",
      })
  void controlsTransactions(String sql) {
    assertThat(of(sql).transactionRule()).isEqualTo(TransactionRule.CONTROL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ?",
        "(SELECT ?)",
        "TABLE t LIMIT ?",
        "VALUES (?)",
        "WITH x AS (SELECT ?) SELECT 1",
        "INSERT INTO t VALUES (?)",
        "UPDATE t SET a = ?",
        "DELETE FROM t WHERE a = ?",
        "MERGE INTO t USING u ON a = ? WHEN MATCHED THEN DO NOTHING",
        "CALL p(?)",
        "EXPLAIN SELECT ?",
        "EXPLAIN ANALYZE CREATE TABLE x AS SELECT ?",
        "EXPLAIN DECLARE c CURSOR FOR SELECT ?",
        "CREATE TEMP TABLE x AS SELECT ?",
        "SELECT ? INTO x",
        "DECLARE c CURSOR WITH HOLD FOR SELECT ?",
        "FROBNICATE ?",
      })
  void takesParameters(String sql) {
    assertThat(of(sql).takesParameters()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE MATERIALIZED VIEW x AS SELECT ?",
        "EXPLAIN CREATE MATERIALIZED VIEW x AS SELECT ?",
        "CREATE VIEW x AS SELECT ?",
        "CREATE TABLE x AS EXECUTE p(?)",
        "EXPLAIN EXECUTE p(?)",
        "EXECUTE p(?)",
        "PREPARE p AS SELECT ?",
        "SET work_mem = ?",
        "ALTER TABLE t ADD CHECK (a > ?)",
        "CREATE TABLE t (a int DEFAULT ?)",
        "CREATE INDEX ON t (a) WHERE a > ?",
        "COPY (SELECT ?) TO '/x'",
        "DO ?",
        "COMMENT ON TABLE t IS ?",
        "NOTIFY x, ?",
        "ALTER ROLE r PASSWORD ?",
        "CREATE FUNCTION f() RETURNS int RETURN ?",
        "VACUUM ?",
      })
  void takesNoParameters(String sql) {
    assertThat(of(sql).takesParameters()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DROP TABLE IF EXISTS a, s.\"B\"|a ACCESS EXCLUSIVE, s.\"B\" ACCESS EXCLUSIVE",
        "DROP INDEX CONCURRENTLY a|a SHARE UPDATE EXCLUSIVE",
        "TRUNCATE TABLE ONLY a, b * RESTART IDENTITY|a ACCESS EXCLUSIVE, b ACCESS EXCLUSIVE",
        "CREATE INDEX i ON ONLY a (b)|a SHARE",
        "CREATE INDEX CONCURRENTLY ON a (b)|a SHARE UPDATE EXCLUSIVE",
        "INSERT INTO a SELECT * FROM b, c|a ROW EXCLUSIVE, b ACCESS SHARE, c ACCESS SHARE",
        "DELETE FROM ONLY a WHERE b|a ROW EXCLUSIVE",
        "UPDATE a SET x = 1 FROM b WHERE y|a ROW EXCLUSIVE, b ACCESS SHARE",
        "MERGE INTO a USING b ON c WHEN MATCHED THEN DELETE|a ROW EXCLUSIVE, b ACCESS SHARE",
        "WITH x AS (SELECT * FROM a) SELECT * FROM x JOIN s.b USING (c)|a ACCESS SHARE, s.b ACCESS SHARE",
        "SELECT extract(epoch FROM x) FROM a WHERE b IS DISTINCT FROM c|a ACCESS SHARE",
        "SELECT * FROM f(1), LATERAL g(2), (SELECT * FROM a) b FOR UPDATE|a ROW SHARE",
        "TABLE a|a ACCESS SHARE",
        "DELETE FROM a USING b, c JOIN d USING (x) WHERE y|a ROW EXCLUSIVE, b ACCESS SHARE, c ACCESS SHARE, d ACCESS SHARE",
        "CREATE TABLE a (x int REFERENCES b, y int REFERENCES a, FOREIGN KEY (y) REFERENCES s.c (y), LIKE d)|b SHARE ROW EXCLUSIVE, s.c SHARE ROW EXCLUSIVE, d ACCESS SHARE",
        "CREATE TABLE a () INHERITS (b, c)|b SHARE UPDATE EXCLUSIVE, c SHARE UPDATE EXCLUSIVE",
        "CREATE TABLE a PARTITION OF b DEFAULT|b ACCESS EXCLUSIVE",
        "CREATE TABLE a AS SELECT * FROM b|b ACCESS SHARE",
        "CREATE OR REPLACE VIEW a AS SELECT * FROM b|a ACCESS EXCLUSIVE, b ACCESS SHARE",
        "CREATE RULE r AS ON UPDATE TO a DO INSTEAD NOTHING|a ACCESS EXCLUSIVE",
        "ALTER SEQUENCE a INCREMENT 2|a SHARE ROW EXCLUSIVE",
        "ALTER VIEW a RENAME TO b|a ACCESS EXCLUSIVE",
        "CREATE PUBLICATION p FOR TABLE a, b|a SHARE UPDATE EXCLUSIVE, b SHARE UPDATE EXCLUSIVE",
        "ALTER TABLE a ADD COLUMN b int|a ACCESS EXCLUSIVE",
        "ALTER TABLE IF EXISTS ONLY a VALIDATE CONSTRAINT b|a SHARE UPDATE EXCLUSIVE",
        "ALTER TABLE a VALIDATE CONSTRAINT b, DROP c|a ACCESS EXCLUSIVE",
        "ALTER TABLE a ALTER b SET STATISTICS 100|a SHARE UPDATE EXCLUSIVE",
        "ALTER TABLE a SET (fillfactor = 70, autovacuum_enabled = off)|a SHARE UPDATE EXCLUSIVE",
        "ALTER TABLE a DISABLE TRIGGER ALL|a SHARE ROW EXCLUSIVE",
        "ALTER TABLE a ADD CONSTRAINT c FOREIGN KEY (x) REFERENCES b (y)|a SHARE ROW EXCLUSIVE, b SHARE ROW EXCLUSIVE",
        "ALTER TABLE a ATTACH PARTITION b DEFAULT|a SHARE UPDATE EXCLUSIVE, b ACCESS EXCLUSIVE",
        "ALTER TABLE a DETACH PARTITION b CONCURRENTLY|a SHARE UPDATE EXCLUSIVE, b ACCESS EXCLUSIVE",
        "ALTER INDEX a RENAME TO b|a SHARE UPDATE EXCLUSIVE",
        "REINDEX TABLE a|a SHARE",
        "REINDEX INDEX CONCURRENTLY a|a SHARE UPDATE EXCLUSIVE",
        "CLUSTER a USING b|a ACCESS EXCLUSIVE",
        "VACUUM (ANALYZE) a (x), b|a SHARE UPDATE EXCLUSIVE, b SHARE UPDATE EXCLUSIVE",
        "VACUUM FULL VERBOSE a|a ACCESS EXCLUSIVE",
        "VACUUM (FULL) a|a ACCESS EXCLUSIVE",
        "REFRESH MATERIALIZED VIEW CONCURRENTLY a|a EXCLUSIVE",
        "LOCK TABLE a, b IN SHARE ROW EXCLUSIVE MODE NOWAIT|a SHARE ROW EXCLUSIVE, b SHARE ROW EXCLUSIVE",
        "LOCK a|a ACCESS EXCLUSIVE",
        "CREATE TRIGGER t AFTER INSERT ON a EXECUTE FUNCTION f()|a SHARE ROW EXCLUSIVE",
        "SELECT pglogical.alter_subscription_resynchronize_table('s', 'public.\"Person\"'::regclass)|public.\"Person\" ACCESS EXCLUSIVE",
        "SELECT pglogical.alter_subscription_resynchronize_table(relation := x, subscription_name := 's')|x ACCESS EXCLUSIVE",
      })
  void takesPostgresqlsLocks(String sql, String locks) {
    assertThat(of(sql).locks())
        .extracting(lock -> lock.relation() + " " + lock.mode())
        .containsExactly(locks.split(", "));
  }

  @Test
  void saysWhatALockBlocks() {
    assertThat(of("TRUNCATE a").locks())
        .containsExactly(new RelationLock("a", "ACCESS EXCLUSIVE", "blocks reads and writes"));
  }

  @Test
  void unknownStatementsAreLeftToTheServer() {
    assertThat(of("FROBNICATE a"))
        .satisfies(
            analysis -> {
              assertThat(analysis.locks()).isEmpty();
              assertThat(analysis.transactionRule()).isEqualTo(TransactionRule.ALLOWED);
            });
    assertThat(of("").command()).isEmpty();
    assertThat(of(") ( . , 'x'").readOnly()).isFalse();
  }

  @Test
  void templatesAreAnalysedWithTheirPlaceholders() {
    SqlTemplate template =
        Objects.requireNonNull(
            SqlTemplate.parse(
                    SourceText.of(
                        "t",
                        "TRUNCATE :\"table\"; SELECT"
                            + " pglogical.alter_subscription_resynchronize_table(:s,"
                            + " :table::regclass)"))
                .orNull());
    StatementAnalysis truncate = template.statements().get(0).analysis();
    assertThat(truncate.dangers()).containsExactly("removes every row of :\"table\"");
    StatementAnalysis resync = template.statements().get(1).analysis();
    assertThat(resync.calls()).containsExactly("pglogical.alter_subscription_resynchronize_table");
    assertThat(resync.destructive()).isTrue();
    assertThat(resync.locks())
        .extracting(RelationLock::relation, RelationLock::mode)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(":table", "ACCESS EXCLUSIVE"));
  }
}
