package dev.pgrunbook.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TouchedRowsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DELETE FROM t|SELECT FROM t",
        "DELETE FROM ONLY s.\"T\" AS a WHERE a.x = 'where' RETURNING *|SELECT FROM ONLY s.\"T\" AS a WHERE a.x = 'where'",
        "DELETE FROM t USING u, v WHERE t.a = u.a|SELECT FROM t, u, v WHERE t.a = u.a",
        "UPDATE t SET a = (SELECT b FROM c WHERE d) WHERE e|SELECT FROM t WHERE e",
        "UPDATE t AS x SET a = 1 FROM u WHERE x.b = u.b RETURNING 1|SELECT FROM t AS x, u WHERE x.b = u.b",
        "UPDATE t SET a = 1|SELECT FROM t",
        "INSERT INTO t (a) SELECT b FROM u WHERE c ON CONFLICT DO NOTHING|SELECT b FROM u WHERE c",
      })
  void areThoseOfAQuery(String statement, String query) {
    assertThat(TouchedRows.query(statement)).isEqualTo(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "INSERT INTO t VALUES (1)",
        "INSERT INTO t DEFAULT VALUES",
        "INSERT INTO t WITH x AS (SELECT 1) SELECT * FROM x",
        "WITH x AS (SELECT 1) DELETE FROM t",
        "DELETE FROM t WHERE CURRENT OF c",
        "TRUNCATE t",
        "SELECT 1",
        "UPDATE",
        "DELETE FROM t WHERE a = 'open",
      })
  void areNotKnownOfOthers(String statement) {
    assertThat(TouchedRows.query(statement)).isNull();
  }
}
