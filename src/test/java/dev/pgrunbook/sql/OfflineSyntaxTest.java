package dev.pgrunbook.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.testing.Resources;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineSyntaxTest {

  /** Those that a real server is shown to take, in another test. */
  static List<String> accepted() {
    return Objects.requireNonNull(
        SqlScript.split(SourceText.of("statements", Resources.text("analysis-on-server.sql")))
            .orNull());
  }

  @ParameterizedTest
  @MethodSource("accepted")
  @ValueSource(
      strings = {
        "ALTER SYSTEM SET work_mem = '1GB'",
        "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY",
        "SELECT E'it\\'s', U&'d\\0061t', B'101', $$it's$$, $a$ ' $a$ || 'x' /* ' */ -- '\n",
        "SELECT j ? 'a', j ?| array['b'], j @> '{}' FROM t",
        "DO $$ BEGIN PERFORM 'x'; END $$",
        "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $f$ BEGIN RETURN '1'; END $f$",
        "SELECT '😀', a FROM \"é\" WHERE b = '😀'",
        "SELECT pglogical.alter_subscription_resynchronize_table('s', 'public.\"Person\"')",
        "",
        "-- nothing",
      })
  void isUnderstood(String sql) {
    assertThat(OfflineSyntax.check(sql)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CREATE INDX i ON t (a)|INDX",
        "ALTER TABLE t ADD CONSTRAINT c FOREIGN (a) REFERENCES b|(",
        "DROP INDEX CONCURENTLY a|a",
        "UPDATE t SET a = WHERE b = 1|WHERE",
        "SELECT * FORM t|t",
        "INSERT INTO t (a, b) VALUE (1, 2)|VALUE",
        "SELECT '😀' FORM t|t",
        "SELECT E'\\'' FORM t WHERE|t",
        "DELETE FROM t WHERE|``",
        "FROBNICATE t|FROBNICATE",
      })
  void isNotUnderstoodFromAWordOn(String sql, String word) {
    OfflineSyntax.NotUnderstood found = Objects.requireNonNull(OfflineSyntax.check(sql));
    assertThat(found.sentence()).startsWith("not understood offline").endsWith("is the judge");
    assertThat(found.text()).isEqualTo(word);
    assertThat(sql.substring(found.offset())).startsWith(word);
  }

  @Test
  void nestingIsNoOverflow() {
    String deep = "SELECT " + "(".repeat(50_000) + "1" + ")".repeat(50_000);
    assertThat(OfflineSyntax.check(deep)).isNull();
    String wide = "SELECT 1" + " + 1".repeat(9_000);
    assertThat(OfflineSyntax.check(wide)).isNull();
  }
}
