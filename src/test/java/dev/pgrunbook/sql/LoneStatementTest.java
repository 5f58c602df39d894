package dev.pgrunbook.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.sql.LoneStatement.CreatesIndex;
import dev.pgrunbook.sql.LoneStatement.Detaches;
import dev.pgrunbook.sql.LoneStatement.DropsIndex;
import dev.pgrunbook.sql.LoneStatement.EndsPrepared;
import dev.pgrunbook.sql.LoneStatement.Exists;
import dev.pgrunbook.sql.LoneStatement.MovesDatabase;
import dev.pgrunbook.sql.LoneStatement.Reindexes;
import dev.pgrunbook.sql.LoneStatement.Repeatable;
import dev.pgrunbook.sql.LoneStatement.Subscribes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoneStatementTest {

  private static Map<String, @Nullable LoneStatement> read() {
    Map<String, @Nullable LoneStatement> read = new LinkedHashMap<>();
    read.put("VACUUM", new Repeatable());
    read.put("ALTER SYSTEM SET a = 1", new Repeatable());
    read.put(
        "create /* c */ unique index concurrently if not exists \"A b\" on only s.\"T\" (x)",
        new CreatesIndex("A b", "s.\"T\""));
    read.put("CREATE INDEX CONCURRENTLY ON t (x)", new CreatesIndex(null, "t"));
    read.put("CREATE INDEX i ON t (x)", null);
    read.put("DROP INDEX CONCURRENTLY IF EXISTS s.I", new DropsIndex("s.I"));
    read.put("REINDEX (VERBOSE, CONCURRENTLY) TABLE s.t", new Reindexes("TABLE", "s.t"));
    read.put("REINDEX SCHEMA CONCURRENTLY s", new Reindexes("SCHEMA", "s"));
    read.put("REINDEX DATABASE CONCURRENTLY", new Reindexes("DATABASE", null));
    read.put("REINDEX SYSTEM d", new Repeatable());
    read.put("CREATE DATABASE \"D\" TEMPLATE t", new Exists("DATABASE", "D", true));
    read.put("DROP DATABASE IF EXISTS D (FORCE)", new Exists("DATABASE", "d", false));
    read.put("CREATE TABLESPACE x LOCATION '/y'", new Exists("TABLESPACE", "x", true));
    read.put("DROP SUBSCRIPTION s", new Exists("SUBSCRIPTION", "s", false));
    read.put("ALTER SUBSCRIPTION s REFRESH PUBLICATION", new Repeatable());
    read.put("ALTER SUBSCRIPTION s SET PUBLICATION p", new Repeatable());
    read.put("ALTER SUBSCRIPTION S ADD PUBLICATION \"P\", q", new Subscribes("s", "P", true));
    read.put("ALTER SUBSCRIPTION s DROP PUBLICATION p", new Subscribes("s", "p", false));
    read.put("ALTER SUBSCRIPTION s RENAME TO q", null);
    read.put("ALTER TABLE a.t DETACH PARTITION b.p CONCURRENTLY", new Detaches("a.t", "b.p"));
    read.put("ALTER TABLE t DETACH PARTITION p", null);
    read.put("ROLLBACK PREPARED 'it''s'", new EndsPrepared("'it''s'"));
    read.put("ALTER DATABASE d SET TABLESPACE \"X\"", new MovesDatabase("d", "X"));
    read.put("ALTER DATABASE d SET work_mem = 1", null);
    read.put("INSERT INTO t VALUES (1)", null);
    read.put("", null);
    return read;
  }

  @Test
  void whatIsLeftInTheCatalogsIsReadFromTheText() {
    read()
        .forEach((sql, expected) -> assertThat(LoneStatement.of(sql)).as(sql).isEqualTo(expected));
  }
}
